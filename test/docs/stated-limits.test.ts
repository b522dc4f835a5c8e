import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jsonLimits } from '../../server/common/json-limits.ts';
import { queryParametersMax } from '../../server/contract/request-validation.ts';
import { httpLimits } from '../../server/http/limits.ts';
import { multipartLimits } from '../../server/http/multipart-parser.ts';
import { jsonBytesMax } from '../../server/http/request-body.ts';
import { readConfig } from '../../server/process/config.ts';
import { connectionsAllowed } from '../../server/process/descriptors.ts';
import { operations } from '../support/contract.ts';

const seconds = (ms: number) => ms / 1000;
const minutes = (ms: number) => ms / 60_000;
const kib = (bytes: number) => bytes / 1024;
const mib = (bytes: number) => bytes / 1024 ** 2;
const whole = (number: number) => number.toLocaleString('en-US');

const stated = new Set<string>();
/** The limits, which notes those that the tables below use. */
const limits = new Proxy(httpLimits, {
  get: (all, name: keyof typeof httpLimits) => {
    stated.add(name);
    return all[name];
  },
});
const bytesOfBodies = [
  limits.bodyBytesWithoutTokenMax,
  limits.bodyBytesPerCallerMax,
  limits.bodyBytesPerOrganizationMax,
  limits.bodyBytesMax,
].map(mib);
const withoutTokenMax = Math.max(...operations.map((operation) => (operation as { 'x-body-bytes-max'?: number })['x-body-bytes-max'] ?? 0));
const reservedDescriptors = 10_000 - connectionsAllowed(10_000, 10_000);
const config = readConfig({});
const { parts, files, fields } = multipartLimits;

/** The first cell of each row that states limits of the code, and how its second cell begins. */
const security: Record<string, string> = {
  'connections that are accepted in one iteration of the event loop': `${limits.acceptsPerIteration}`,
  'requests that start in one iteration of the event loop': `${limits.startsPerIteration}, and ${limits.unknownStartsPerIteration} on connections without a valid credential`,
  'JSON bodies over 16 KiB that are worked on': `1 in an iteration, and then none for ${limits.largeBodyPauseFactor} times its duration, at most ${limits.largeBodyPauseMsMax} ms`,
  'refused calls of unknown callers of one address that are answered at once in a minute': `\`FAILED_AUTHENTICATIONS_PER_MINUTE\`; the responses to others, and to calls over a rate limit, wait about ${seconds(limits.slowDownMs)} s`,
  'connections of one address that replace others': `${limits.replacementsAtOnce} at once, ${limits.replacementsPerSecond} a second`,
  'descriptors kept for the database and files': `${reservedDescriptors}, or half of all`,
  'unanswered requests of one connection': `1 and ${limits.waitingRequestsMax} that wait`,
  'time without any bytes while a request runs': `${seconds(limits.silentConnectionMs)} s`,
  'time for headers': `${seconds(limits.headersMs)} s`,
  'time for a JSON body': `${seconds(limits.bodyMs)} s, without a token ${seconds(limits.bodyWithoutTokenMs)} s, or ${kib(limits.bytesPerSecondMin)} KiB/s`,
  'time for an upload': `${minutes(limits.uploadMs)} min, and ${kib(limits.bytesPerSecondMin)} KiB/s in each ${seconds(limits.uploadIdleMs)} s`,
  'time to receive a response; a file': `${seconds(limits.responseMs)} s, or ${kib(limits.bytesPerSecondMin)} KiB/s; ${kib(limits.bytesPerSecondMin)} KiB/s in each ${seconds(limits.responseMs)} s`,
  'bytes of JSON bodies in memory': `${bytesOfBodies[0]} MiB without tokens; ${bytesOfBodies[1]} MiB of one credential, ${bytesOfBodies[2]} MiB of one organization, ${bytesOfBodies[3]} MiB of all`,
  'uploads at the same time': `${limits.uploadsPerCallerMax} of one credential, ${limits.uploadsPerOrganizationMax} of one organization, ${limits.uploadsMax} in all`,
  'downloads of files at the same time': `${limits.downloadsPerCallerMax} of one credential, ${limits.downloadsPerOrganizationMax} of one organization, ${limits.downloadsMax} in all`,
  'bytes read of a body that is refused; such bodies at the same time': `${kib(limits.unreadBytesMax)} KiB, ${seconds(limits.unreadMs)} s; ${limits.unreadBodiesMax}, a further one replaces the oldest`,
  'multipart: parts, files, fields, bytes outside of files': `${parts}, ${files}, ${fields}, 1 MiB`,
  'imports of one environment that have not ended': `\`OPEN_IMPORTS_MAX\`, ${whole(config.openImportsMax)}`,
  'tokens and access keys of one organization': `\`TOKENS_MAX\`, ${whole(config.tokensMax)}`,
  'projects of one organization; environments of one project': `\`PROJECTS_MAX\`, ${whole(config.projectsMax)}; \`ENVIRONMENTS_MAX\`, ${whole(config.environmentsMax)}`,
  'file in a shared folder': `\`SHARED_FILE_BYTES_MAX\`, ${config.sharedFileBytesMax / 1024 ** 3} GiB`,
  'JSON body': `${mib(jsonBytesMax)} MiB; ${kib(withoutTokenMax)} KiB where no token is needed`,
  'levels, members and items, name length of a JSON body': `${jsonLimits.levelsMax}, ${whole(jsonLimits.entriesMax)}, ${jsonLimits.nameLengthMax} characters`,
  'parameters of a query string': `${queryParametersMax}`,
};
const operating: Record<string, string> = {
  'time for the headers of a request': `${seconds(limits.headersMs)} seconds`,
  'time for a JSON body': `${seconds(limits.bodyMs)} seconds, without a token ${seconds(limits.bodyWithoutTokenMs)}; a longer body must arrive at ${kib(limits.bytesPerSecondMin)} KiB a second`,
  'time for an upload': `${minutes(limits.uploadMs)} minutes; at least ${kib(limits.bytesPerSecondMin)} KiB a second in each ${seconds(limits.uploadIdleMs)} seconds`,
  'time for a response to be received': `${seconds(limits.responseMs)} seconds; a longer response must be received at ${kib(limits.bytesPerSecondMin)} KiB a second, and a file at this rate in each ${seconds(limits.responseMs)} seconds`,
  'bytes of the JSON bodies of all running requests': `${bytesOfBodies[0]} MiB without a token, ${bytesOfBodies[1]} MiB of one credential, ${bytesOfBodies[2]} MiB of one organization, ${bytesOfBodies[3]} MiB of all credentials`,
  'uploads, and downloads of files, at the same time': `${limits.uploadsPerCallerMax} each of one credential, ${limits.uploadsPerOrganizationMax} each of one organization, ${limits.uploadsMax} each in all`,
  'requests of one connection': `one at a time; ${limits.waitingRequestsMax} may wait`,
  'connections of one address that replace others': `${limits.replacementsAtOnce} at once, then ${limits.replacementsPerSecond} a second`,
  '`CONNECTIONS_MAX`': `${config.connectionsMax}`,
  '`CONNECTIONS_PER_ADDRESS_MAX`': `${config.connectionsPerAddressMax}`,
  '`UNKNOWN_CALLS_PER_ADDRESS_PER_MINUTE`': `${config.unknownCallsPerAddressPerMinute}`,
  '`UNKNOWN_CALLS_PER_MINUTE`': `${config.unknownCallsPerMinute}`,
  '`OPEN_IMPORTS_MAX`': `${config.openImportsMax}`,
  '`TOKENS_MAX`': `${config.tokensMax}`,
  '`PROJECTS_MAX`': `${config.projectsMax}`,
  '`ENVIRONMENTS_MAX`': `${config.environmentsMax}`,
};

/** Returns the second cell of each row of the tables of a document, by the first. */
function cellsOf(file: string): Map<string, string> {
  const rows = [...readFileSync(file, 'utf8').matchAll(/^\| (.*?) \| (.*?) \|/gm)];
  return new Map(rows.map(([, first, second]) => [first as string, second as string]));
}

describe.each([
  ['SECURITY.md', security],
  ['docs/guides/operating.md', operating],
] as const)('%s', (file, expected) => {
  it.each(Object.entries(expected))('states the limit that the code has: %s', (first, value) => {
    const cell = cellsOf(file).get(first);
    expect(cell?.slice(0, value.length)).toBe(value);
    // A further digit would make another number.
    expect(cell?.slice(value.length)).not.toMatch(/^,?\d/);
  });
});

it('every limit of connections and bodies is stated', () => {
  expect(Object.keys(httpLimits).filter((name) => !stated.has(name))).toEqual([]);
});
