import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { Refusal } from './responses.ts';

/**
 * Tells whether a page of the internet cannot have this host: an address, or a name without a dot, such as `localhost` or the name of a container.
 *
 * A name with a dot may belong to a page whose owner lets it point to this machine (DNS rebinding). Such a page counts as the same origin.
 */
function isLocalHost(host: string): boolean {
  const name = host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');
  return isIP(name) !== 0 || /^[\w-]+$/.test(name) || /^[\w-]+(\.[\w-]+)*\.localhost$/i.test(name);
}

/** Throws 403 if a page in a browser asks for the journal. The journal is for tests and for people, and pages have no use for it. */
export function checkJournalAccess({ origin, host = '', 'sec-fetch-site': fetchSite }: IncomingHttpHeaders): void {
  if (origin === undefined && (fetchSite === undefined || fetchSite === 'none') && isLocalHost(host)) return;
  throw new Refusal(403, 'forbidden', 'Pages of a browser may not read the received requests; send no Origin, and use an address as host');
}
