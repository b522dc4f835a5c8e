import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import type { LoadOrder } from './load.ts';

/**
 * Loads servers as it is told, a line of JSON on standard input for each load, and answers each with a line of autocannon's JSON. A process of its own, on
 * other cores than the server; the same one for all loads, because one that has just begun is slow, and the more so the faster the server is.
 */
// It has no types.
const autocannon = createRequire(import.meta.url)('autocannon');

for await (const line of createInterface(process.stdin)) {
  const { url, requests, connections, seconds } = JSON.parse(line) as LoadOrder;
  let begun = 0;
  // Each connection begins elsewhere, so that they don't ask for the same thing at the same time.
  const setupClient = (client: { setRequests: (requests: unknown[]) => void }) => {
    const first = (begun++ * 7) % requests.length;
    client.setRequests([...requests.slice(first), ...requests.slice(0, first)]);
  };
  process.stdout.write(`${JSON.stringify(await autocannon({ url, connections, duration: seconds, setupClient }))}\n`);
}
