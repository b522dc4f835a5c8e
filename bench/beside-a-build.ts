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
beside one, in milliseconds, and, for each build, how many times that is the median of those without one.
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
      // The probe tells of its answers once a second, and the last ones may be slow.
      await wait(3_000);
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

const report = (name: string, cells: string[]) => out(`${name.padEnd(28)}${cells.map((cell) => cell.padStart(10)).join('')}`);
const milliseconds = (latencies: number[]) => [String(latencies.length), ...quantilesOf(latencies).map((value) => value.toFixed(2))];

async function measure(kind: DatabaseKind): Promise<void> {
  const databaseUrl = await kind.create('build');
  const { call, url, stop } = await startServer(databaseUrl, folder);
  const { importIds } = await fillImports(databaseUrl, 200);
  const probe = startProbe(`${url}/api/application-imports/${importIds[100]}`);
  const idle = async () => {
    await wait(1_000);
    return (await probe.during(() => wait(seconds * 1000))).latencies;
  };
  const without: number[][] = [];
  const beside: number[][] = [];
  try {
    out('');
    report(kind.name, ['answers', ...shares.map((share) => `p${share * 100}`)]);
    // One for each build, so that no records of the build before are deleted meanwhile.
    const applicationIds: string[] = [];
    for (let round = 1; round <= rounds; round++) applicationIds.push(await createApplication(call, `Bench ${round}`));
    const rest = async () => {
      const latencies = await idle();
      report('without a build', milliseconds(latencies));
      without.push(quantilesOf(latencies));
    };
    await rest();
    for (const applicationId of applicationIds) {
      const { latencies, result } = await probe.during(() => importUsers(call, applicationId, rows, 'added'));
      report(`beside a build of ${result.toFixed(1)} s`, milliseconds(latencies));
      beside.push(quantilesOf(latencies));
      await rest();
    }
    const usual = shares.map((_, index) => median(without.map((quantiles) => quantiles[index] as number)));
    const ratios = beside.map((quantiles) => quantiles.map((value, index) => value / (usual[index] as number)));
    const medians = shares.map((_, index) => median(ratios.map((each) => each[index] as number)));
    const times = (values: number[]) => ['', ...values.map((value) => value.toFixed(2))];
    report('median without', times(usual));
    for (const [index, each] of ratios.entries()) report(`build ${index + 1}, times that`, times(each));
    report('median of the builds', times(medians));
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
