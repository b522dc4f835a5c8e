import { Agent, request } from 'node:http';
import { setPriority } from 'node:os';

/**
 * Asks `url` so many times a second until it is told to end, however long answers take, and writes to standard output, each second, a line of JSON:
 * of each answer when it was asked for, in milliseconds since 1970, and how many milliseconds it took. A process of its own, so that nothing but the server is measured.
 */
try {
  setPriority(-10);
} catch {
  // Without the right to it, waits of the probe's own for a core are measured, too.
}
const [url, perSecond] = process.argv.slice(2) as [string, string];
const authorization = `Bearer ${process.env.BENCH_TOKEN}`;
const agent = new Agent({ keepAlive: true });
let answers: [asked: number, took: number][] = [];

function ask(): void {
  const asked = Date.now();
  const begun = performance.now();
  request(url, { agent, headers: { authorization } }, (answer) => {
    if (answer.statusCode !== 200) throw new Error(`The answer was ${answer.statusCode}`);
    answer.resume().once('end', () => answers.push([asked, performance.now() - begun]));
  }).end();
}

const begun = performance.now();
let count = 0;
setInterval(() => {
  for (const due = ((performance.now() - begun) / 1000) * Number(perSecond); count < due; count++) ask();
}, 1);
setInterval(() => {
  process.stdout.write(`${JSON.stringify(answers)}\n`);
  answers = [];
}, 1000);
