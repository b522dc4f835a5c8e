import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import type { LoadRequest } from './load.ts';

// The program that sends the load. Reads a `LoadRequest` from standard input and prints autocannon's result as JSON. It is a separate process, so that it can
// run on other cores than the server.

// autocannon has no type declarations.
const autocannon = createRequire(import.meta.url)('autocannon');
const { url, requests, connections, seconds } = JSON.parse(await text(process.stdin)) as LoadRequest;
let clientCount = 0;
// Each connection starts at another request, so that the connections do not request the same row at the same time.
const setupClient = (client: { setRequests: (requests: unknown[]) => void }) => {
  const first = (clientCount++ * 7) % requests.length;
  client.setRequests([...requests.slice(first), ...requests.slice(0, first)]);
};
process.stdout.write(JSON.stringify(await autocannon({ url, connections, duration: seconds, setupClient })), () => process.exit());
