import { Agent, request } from 'node:http';
import { setPriority } from 'node:os';

/**
 * Asks `url` so many times a second until it is told to end, however long answers take, and writes the latencies of each second to standard output as
 * a line of JSON, in milliseconds. A process of its own, so that nothing but the server is measured.
 */
try {
  setPriority(-10);
} catch {
  // Without the right to it, waits of the probe's own for a core are measured, too.
}
const [url, perSecond] = process.argv.slice(2) as [string, string];
const authorization = `Bearer ${process.env.BENCH_TOKEN}`;
const agent = new Agent({ keepAlive: true });
let latencies: number[] = [];

function ask(): void {
  const begun = performance.now();
  request(url, { agent, headers: { authorization } }, (answer) => {
    if (answer.statusCode !== 200) throw new Error(`The answer was ${answer.statusCode}`);
    answer.resume().once('end', () => latencies.push(performance.now() - begun));
  }).end();
}

const begun = performance.now();
let asked = 0;
setInterval(() => {
  for (const due = ((performance.now() - begun) / 1000) * Number(perSecond); asked < due; asked++) ask();
}, 1);
setInterval(() => {
  process.stdout.write(`${JSON.stringify(latencies)}\n`);
  latencies = [];
}, 1000);
