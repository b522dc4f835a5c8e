import { Agent, request } from 'node:http';
import { setPriority } from 'node:os';

// The program of the normal caller. Requests a URL at a constant rate until it is stopped, however long responses take; every second request opens a new connection.
// Each second, it prints a line of JSON: `ended` has `[time of the request in ms since 1970, latency in ms, whether it failed]` of each request that has ended since
// the last line, and all requests before `endedUntil` have ended.

try {
  setPriority(-10);
} catch {
  // Without the permission to raise its priority, the caller also measures its own waiting for a core.
}
const [url, perSecond] = process.argv.slice(2) as [string, string];
const authorization = `Bearer ${process.env.BENCH_TOKEN}`;
const timeoutMs = 10_000;
const keepAlive = new Agent({ keepAlive: true });
let ended: [sentAt: number, latencyMs: number, isFailed: boolean][] = [];
/** The times of the running requests, in the order in which they were sent. */
const running = new Map<number, number>();

function call(count: number): void {
  const sentAt = Date.now();
  const startedAt = performance.now();
  running.set(count, sentAt);
  let isEnded = false;
  const end = (isFailed: boolean) => {
    running.delete(count);
    if (!isEnded) ended.push([sentAt, performance.now() - startedAt, isFailed]);
    isEnded = true;
  };
  const options = { agent: count % 2 === 0 ? keepAlive : false, headers: { authorization }, timeout: timeoutMs } as const;
  const sent = request(url, options, (response) => {
    response.resume().once('end', () => end(response.statusCode !== 200));
  });
  sent.once('error', () => end(true));
  sent.once('timeout', () => sent.destroy());
  sent.end();
}

const begun = performance.now();
let count = 0;
setInterval(() => {
  for (const due = ((performance.now() - begun) / 1000) * Number(perSecond); count < due; count++) call(count);
}, 1);
setInterval(() => {
  const [endedUntil = Date.now()] = running.values();
  process.stdout.write(`${JSON.stringify({ ended, endedUntil })}\n`);
  ended = [];
}, 1000);
