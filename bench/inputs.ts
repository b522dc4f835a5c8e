import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createImportFiles } from '../server/applications/import-files.ts';
import { createLog } from '../server/common/process-log.ts';
import { readConfig } from '../server/process/config.ts';
import { startServer } from '../server/process/start-server.ts';
import { seed } from '../server/sandbox/seed.ts';
import { secretKey, secrets } from '../server/sandbox/seed-tokens.ts';
import { type LargestInput, largestInputs } from '../test/support/largest-inputs.ts';
import { median } from './load.ts';
import type { SendOrder } from './send-inputs.ts';

const help = `Usage: npm run bench:inputs -- [OPTIONS]

Sends, for every operation and every place of its input, the largest requests
that the size limits let through. Prints the CPU time of the server for one
request, of the most expensive ones, as it would be on an ordinary machine: a
fixed loop, measured in the same run, tells how fast this machine is. Exit
status 1 if a request needs more than 25 ms without a token or 100 ms with one,
or if a status is 5xx.

Options:

  --top N           requests to measure again and to print (40)
  --times N         times that each of these is sent (20)
  --operation ID    only this operation
  --help            shows this text
`;

const { values } = parseArgs({
  options: {
    top: { type: 'string', default: '40' },
    times: { type: 'string', default: '20' },
    operation: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const out = (text: string) => process.stdout.write(`${text}\n`);

const cpuMs = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;

/** CPU time of `runLoop` on the machine of docs/performance.md while nothing else runs. */
const ordinaryLoopMs = 100;
const loopText = JSON.stringify(Array.from({ length: 10_000 }, (_, id) => ({ id, name: `name ${id}`, tags: [id, String(id)] })));
function runLoop(): number {
  const before = process.cpuUsage();
  for (let round = 0; round < 8; round++) JSON.stringify(JSON.parse(loopText));
  return cpuMs(process.cpuUsage(before));
}
const measureLoop = () => median(Array.from({ length: 9 }, runLoop));

interface Measured {
  input: LargestInput;
  index: number;
  ms: number;
  status: number;
}

async function startSender(url: string) {
  const child = fork(join(import.meta.dirname, 'send-inputs.ts'));
  await once(child, 'message');
  return {
    /** Sends a request and returns the CPU time that this process, the server, needed for it. */
    measure: async (index: number, times: number) => {
      const before = process.cpuUsage();
      child.send({ url, secret: secrets.administrator, index, times } satisfies SendOrder);
      const [status] = (await once(child, 'message')) as [number];
      return { ms: cpuMs(process.cpuUsage(before)) / times, status };
    },
    stop: () => void child.kill(),
  };
}

async function measureAll(folder: string): Promise<boolean> {
  mkdirSync(join(folder, 'uploads'));
  cpSync(new URL('../server/sandbox/files', import.meta.url).pathname, join(folder, 'shared'), { recursive: true });
  const limits = { RATE_LIMIT_PER_MINUTE: '0', FAILED_AUTHENTICATIONS_PER_MINUTE: '0' };
  const settings = { DATABASE_URL: `sqlite:${join(folder, 'inputs.db')}`, PORT: '0', ...limits };
  const config = {
    ...readConfig(settings),
    secretKey,
    sharedDirectory: join(folder, 'shared'),
    uploadDirectory: join(folder, 'uploads'),
  };
  const log = createLog('info', new Writable({ write: (_chunk, _encoding, done) => done() }));
  const prepare: Parameters<typeof startServer>[2] = (db, logDb) => seed(db, logDb, createImportFiles(config), log);
  const server = await startServer(config, log, prepare, { withWorker: false });
  const sender = await startSender(server.url);
  const inputs = (await largestInputs()).map((input, index) => ({ input, index }));
  const chosen = inputs.filter(({ input }) => values.operation === undefined || input.operationId === values.operation);
  const loopBefore = measureLoop();
  const measure = async (some: typeof chosen, times: number) => {
    const measured: Measured[] = [];
    for (const { input, index } of some) measured.push({ input, index, ...(await sender.measure(index, times)) });
    return measured.toSorted((one, other) => other.ms - one.ms);
  };
  await measure(chosen, 1);
  const first = await measure(chosen, 2);
  const failed = first.filter(({ status }) => status >= 500);
  const worst = first.slice(0, Number(values.top));
  const worstOpen = first.filter(({ input }) => !input.needsToken).slice(0, Number(values.top));
  const again = await measure([...new Set([...worst, ...worstOpen])], Number(values.times));
  const speed = ordinaryLoopMs / ((loopBefore + measureLoop()) / 2);
  sender.stop();
  await server.stop();

  out(
    `${chosen.length} requests; the loop takes ${ordinaryLoopMs} ms on an ordinary machine and ${(ordinaryLoopMs / speed).toFixed(0)} ms here`,
  );
  const limitOf = ({ input }: Measured) => (input.needsToken ? 100 : 25);
  for (const needsToken of [false, true]) {
    out(`\n${needsToken ? 'With a token' : 'Without a token'}\n${'CPU ms'.padStart(8)}  status  operation, place`);
    for (const { input, ms, status } of again.filter((one) => one.input.needsToken === needsToken).slice(0, Number(values.top)))
      out(`${(ms * speed).toFixed(1).padStart(8)}  ${String(status || '-').padStart(6)}  ${input.operationId}, ${input.title}`);
  }
  const slow = again.filter((one) => one.ms * speed > limitOf(one));
  for (const { input, status } of failed) out(`status ${status}: ${input.operationId}, ${input.title}`);
  out(`\n${slow.length} over the limit, ${failed.length} with a 5xx status`);
  return slow.length === 0 && failed.length === 0;
}

if (values.help) process.stdout.write(help);
else {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  try {
    if (!(await measureAll(folder))) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
