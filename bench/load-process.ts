import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import type { LoadRequest } from './load.ts';

/** Loads a server as standard input says, and ends with autocannon's JSON on standard output. A process of its own, on other cores than the server. */
// It has no types.
const autocannon = createRequire(import.meta.url)('autocannon');
const { url, requests, connections, seconds } = JSON.parse(await text(process.stdin)) as LoadRequest;
let begun = 0;
// Each connection begins elsewhere, so that they don't ask for the same thing at the same time.
const setupClient = (client: { setRequests: (requests: unknown[]) => void }) => {
  const first = (begun++ * 7) % requests.length;
  client.setRequests([...requests.slice(first), ...requests.slice(0, first)]);
};
process.stdout.write(JSON.stringify(await autocannon({ url, connections, duration: seconds, setupClient })), () => process.exit());
