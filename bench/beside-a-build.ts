import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type DatabaseKind, onEachDatabase } from './databases.ts';
import { fillImports } from './fill-imports.ts';
import { median } from './load.ts';
import { secret, startServer } from './server-process.ts';
import { createApplication, importUsers, writeUsersFile } from './users-import.ts';

const help = `Usage: npm run bench:build -- [--rows 1000000] [--rate 200] [--rounds 3] [--seconds 10] [--database embedded,mysql]

Asks a server for one import so many times a second, and builds an import of many rows now and then. Prints how long answers take without a build and
beside one, in milliseconds, and, for each build, how many times that is the mean of before and after it.
`;

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    rate: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    database: { type: 'string', default: 'embedded,mysql' },
    help: { type: 'boolean' },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const out = (text: string) => process.stdout.write(`${text}\n`);

/** Asks a server all the time; how long answers took that were asked for while something was done. */
function startProbe(url: string): {
  during: <Result>(work: () => Promise<Result>) => Promise<{ latencies: number[]; result: Result }>;
  stop: () => void;
} {
  const env = { PATH: process.env.PATH, BENCH_TOKEN: secret };
  const probe = spawn(process.execPath, [join(import.meta.dirname, 'probe.ts'), url, values.rate], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let answers: [asked: number, took: number][] = [];
  createInterface(probe.stdout).on('line', (line) => answers.push(...JSON.parse(line)));
  return {
    during: async (work) => {
      answers = [];
      const begun = Date.now();
      const result = await work();
      const ended = Date.now();
      // The probe tells of its answers once a second.
      await wait(1_500);
      const latencies = answers.filter(([asked]) => asked >= begun && asked <= ended).map(([, took]) => took);
      return { latencies, result };
    },
    stop: () => void probe.kill(),
  };
}

const shares = [0.5, 0.99];
const quantilesOf = (latencies: number[]): number[] => {
  const sorted = latencies.toSorted((one, other) => one - other);
  return shares.map((share) => sorted[Math.floor(sorted.length * share)] as number);
};

function report(name: string, latencies: number[], ratios?: number[]): void {
  const cells = quantilesOf(latencies).map((value, index) => {
    const ratio = ratios ? `(${ratios[index]?.toFixed(2)})` : '';
    return `${value.toFixed(2).padStart(10)} ${ratio.padEnd(8)}`;
  });
  out(`${name.padEnd(28)}${String(latencies.length).padStart(8)}${cells.join('')}`);
}

async function measure(kind: DatabaseKind): Promise<void> {
  const databaseUrl = await kind.create('build');
  const { call, url, stop } = await startServer(databaseUrl, folder);
  const { importId } = await fillImports(databaseUrl, 200);
  const probe = startProbe(`${url}/api/application-imports/${importId}`);
  const idle = async () => {
    await wait(2_000);
    return (await probe.during(() => wait(seconds * 1000))).latencies;
  };
  const perRound: number[][] = [];
  try {
    out(
      `\n${kind.name.padEnd(28)}${'answers'.padStart(8)}${shares.map((share) => `p${share * 100}`.padStart(10) + ' '.repeat(9)).join('')}`,
    );
    // One for each build, so that no records of the build before are deleted meanwhile.
    const applicationIds: string[] = [];
    for (let round = 1; round <= rounds; round++) applicationIds.push(await createApplication(call, `Bench ${round}`));
    let before = await idle();
    report('without a build', before);
    for (const applicationId of applicationIds) {
      const { latencies, result } = await probe.during(() => importUsers(call, applicationId, rows, 'added'));
      const after = await idle();
      const [first, last] = [quantilesOf(before), quantilesOf(after)];
      const ratios = quantilesOf(latencies).map((value, index) => (2 * value) / ((first[index] as number) + (last[index] as number)));
      report(`beside a build of ${result.toFixed(1)} s`, latencies, ratios);
      report('without a build', after);
      perRound.push(ratios);
      before = after;
    }
    const medians = shares.map((_, index) => median(perRound.map((ratios) => ratios[index] as number)));
    out(`${'median of the rounds'.padEnd(36)}${medians.map((ratio) => `(${ratio.toFixed(2)})`.padStart(17).padEnd(19)).join('')}`);
  } finally {
    probe.stop();
    await stop();
  }
}

async function main() {
  mkdirSync(join(folder, 'shared'));
  await writeUsersFile(join(folder, 'shared', 'users.csv'), rows);
  out(`${values.rate} reads a second; milliseconds, and how many times those without a build`);
  await onEachDatabase(values.database, folder, measure);
}

if (values.help) process.stdout.write(help);
else
  try {
    await main();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
