import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { fillImports } from './fill-imports.ts';
import { attacks } from './hostile/attacks.ts';
import { diskMb, type Latencies, startNormalCaller, stateOf, watchServer } from './hostile/observe.ts';
import { coreLists, type Program, pinnedCommand, pinToCores, secret, startServer, startSubject } from './server-process.ts';

const help = `Usage: npm run bench:hostile -- [OPTIONS]

Attacks a server while a normal caller reads one import at a constant rate, every second time over a new connection. Each attack runs on a server of its own, with the
default limits, on the embedded database. Prints the normal caller's p99 and errors, and the server's memory, descriptors and files before, during and after.

The server has one core. The attack and the normal caller share the others.

Attacks:

${Object.entries(attacks)
  .map(([name, { title }]) => `  ${name.padEnd(14)}${title}`)
  .join('\n')}

Options:

  --attack NAMES     attacks (all)
  --subject NAMES    servers: ours, fastify (ours,fastify)
  --seconds N        duration of each attack, and of the measurement before it (30)
  --rate N           requests a second of the normal caller (50)
  --help             shows this text

Status 1 means that Gatehouse missed the target: a p99 of at most 3 times the p99 before, no error, less than 600 MB, and nothing left after the attack.
`;

const { values } = parseArgs({
  options: {
    attack: { type: 'string', default: Object.keys(attacks).join(',') },
    subject: { type: 'string', default: 'ours,fastify' },
    seconds: { type: 'string', default: '30' },
    rate: { type: 'string', default: '50' },
    help: { type: 'boolean' },
  },
});
const seconds = Number(values.seconds);
const target = { ratio: 3, memoryMb: 600 };
const warmUpSeconds = 5;
/** The longest deadline of what an attack leaves unfinished, except idle connections of the keep-alive time. */
const endingSeconds = 15;
const run = promisify(execFile);
const root = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const out = (text: string) => process.stdout.write(`${text}\n`);
const subjects: Record<string, string> = { ours: 'Gatehouse', fastify: 'Fastify' };
/** The limits that an operator gets without any setting; other benchmarks raise them. */
const defaultLimits = { RATE_LIMIT_PER_MINUTE: '', FAILED_AUTHENTICATIONS_PER_MINUTE: '' };

interface Result {
  before: Latencies;
  during: Latencies;
  memoryMb: [before: number, most: number, after: number];
  descriptors: [before: number, most: number, after: number];
  diskMb: number;
  statuses: Record<string, number>;
}

async function attack(name: string, url: string): Promise<Record<string, number>> {
  const program = join(import.meta.dirname, 'hostile', 'attacker.ts');
  const [command, args] = pinnedCommand(coreLists.load, [process.execPath, program, name, url, secret, String(seconds)]);
  const { stdout } = await run(command, args, { timeout: (seconds + 60) * 1000, killSignal: 'SIGKILL' });
  return JSON.parse(stdout);
}

async function measure(name: string, subject: string): Promise<Result> {
  const folder = join(root, `${name}-${subject}`);
  mkdirSync(folder);
  const databaseUrl = `sqlite:${join(folder, 'gatehouse.db')}`;
  await (await startServer(databaseUrl, folder)).stop();
  const { importIds, tokens } = await fillImports(databaseUrl, 200);
  const options = { isPinned: true, descriptors: attacks[name]?.descriptors };
  const program: Program =
    subject === 'ours'
      ? await startServer(databaseUrl, folder, { ...options, env: defaultLimits })
      : await startSubject(subject, databaseUrl, options);
  const caller = startNormalCaller(`${program.url}/api/application-imports/${importIds[0]}`, tokens[0] as string, Number(values.rate));
  try {
    await wait(warmUpSeconds * 1000);
    const before = await caller.during(() => wait(seconds * 1000));
    const [stateBefore, diskBefore] = [stateOf(program), diskMb(folder)];
    const watch = watchServer(program);
    let statuses: Record<string, number> = {};
    const during = await caller.during(async () => {
      statuses = await attack(name, program.url);
    });
    const most = watch.stop();
    await wait(endingSeconds * 1000);
    const after = stateOf(program);
    return {
      before,
      during,
      memoryMb: [stateBefore.memoryMb, most.memoryMb, after.memoryMb],
      descriptors: [stateBefore.descriptors, most.descriptors, after.descriptors],
      diskMb: diskMb(folder) - diskBefore,
      statuses,
    };
  } finally {
    caller.stop();
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const cell = (text: string, width: number) => text.padStart(width);
const whole = (value: number) => Math.round(value).toLocaleString('en-US');
const ratioOf = ({ before, during }: Result) => during.p99 / before.p99;
const triple = (numbers: number[], width: number) => cell(numbers.map(whole).join(' / '), width);

function report(name: string, subject: string, result: Result): void {
  const { before, during, memoryMb, descriptors, statuses } = result;
  const responses = Object.entries(statuses)
    .map(([status, count]) => `${whole(count)} × ${status}`)
    .join(', ');
  out(
    [
      name.padEnd(13) + (subjects[subject] as string).padEnd(11),
      cell(before.p99.toFixed(1), 9) + cell(during.p99.toFixed(1), 10) + cell(ratioOf(result).toFixed(1), 8),
      cell(`${during.errors} of ${during.calls}`, 14),
      triple(memoryMb, 20) + triple(descriptors, 18) + cell(whole(result.diskMb), 7),
      `   ${responses || 'no response'}`,
    ].join(''),
  );
}

/** True if the server has released the resources that the attack took. Its heap may keep a part for later use. */
const isFree = ({ memoryMb, descriptors }: Result) => descriptors[2] <= descriptors[0] + 20 && memoryMb[2] < target.memoryMb;
const meetsTarget = (result: Result) =>
  ratioOf(result) <= target.ratio && result.during.errors === 0 && result.memoryMb[1] < target.memoryMb && isFree(result);

async function main(): Promise<void> {
  out(`${values.rate} requests a second of a normal caller; p99 in ms; each attack takes ${seconds} s`);
  out(
    [
      'attack'.padEnd(13) + 'server'.padEnd(11),
      cell('before', 9) + cell('during', 10) + cell('ratio', 8),
      cell('errors', 14),
      cell('MB bef./most/after', 20) + cell('descriptors', 18) + cell('disk', 7),
      '   responses to the attack',
    ].join(''),
  );
  const missed: string[] = [];
  for (const name of values.attack.split(','))
    for (const subject of values.subject.split(',')) {
      if (!attacks[name] || !subjects[subject]) throw new Error(`Unknown attack or server: ${name}, ${subject}`);
      const result = await measure(name, subject);
      report(name, subject, result);
      if (subject === 'ours' && !meetsTarget(result)) missed.push(name);
    }
  if (missed.length > 0) {
    out(`\nGatehouse missed the target: ${missed.join(', ')}`);
    process.exitCode = 1;
  }
}

if (values.help) process.stdout.write(help);
else
  try {
    pinToCores(process.pid, coreLists.load);
    await main();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
