import { Agent, request } from 'node:http';
import { setPriority } from 'node:os';

// The program that measures latencies. Requests `url` at a constant rate until it is stopped, however long responses take. Each second, it prints a line of JSON
// with `[time of the request in ms since 1970, latency in ms]` of each response. It is a separate process, so that other work does not delay it.

try {
  setPriority(-10);
} catch {
  // Without the permission to raise its priority, the probe also measures its own waiting for a core.
}
const [url, perSecond] = process.argv.slice(2) as [string, string];
const authorization = `Bearer ${process.env.BENCH_TOKEN}`;
const agent = new Agent({ keepAlive: true });
let reads: [sentAt: number, latencyMs: number][] = [];

function sendRead(): void {
  const sentAt = Date.now();
  const startedAt = performance.now();
  request(url, { agent, headers: { authorization } }, (response) => {
    if (response.statusCode !== 200) throw new Error(`The response was ${response.statusCode}`);
    response.resume().once('end', () => reads.push([sentAt, performance.now() - startedAt]));
  }).end();
}

const begun = performance.now();
let count = 0;
setInterval(() => {
  for (const due = ((performance.now() - begun) / 1000) * Number(perSecond); count < due; count++) sendRead();
}, 1);
setInterval(() => {
  process.stdout.write(`${JSON.stringify(reads)}\n`);
  reads = [];
}, 1000);
