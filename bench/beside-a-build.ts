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

const help = `Usage: npm run bench:build -- [OPTIONS]

Measures how much a build slows reads. Reads one import at a constant rate,
without a build and during builds of a large import. Prints latencies in
milliseconds, and for each build the ratio to the median without a build.

Options:

  --rows N            rows of each import (1000000)
  --rate N            reads a second (200)
  --rounds N          builds for each database (3)
  --seconds N         duration of each measurement without a build (10)
  --database NAMES    embedded, mysql or both (embedded,mysql)
  --help              shows this text
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

/** Starts a process that reads `url` continuously. `during` returns the latencies of the reads that were sent while `work` ran. */
function startProbe(url: string): {
  during: <Result>(work: () => Promise<Result>) => Promise<{ latencies: number[]; result: Result }>;
  stop: () => void;
} {
  const env = { PATH: process.env.PATH, BENCH_TOKEN: secret };
  const probe = spawn(process.execPath, [join(import.meta.dirname, 'probe.ts'), url, values.rate], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let reads: [sentAt: number, latencyMs: number][] = [];
  createInterface(probe.stdout).on('line', (line) => reads.push(...JSON.parse(line)));
  return {
    during: async (work) => {
      reads = [];
      const startedAt = Date.now();
      const result = await work();
      const endedAt = Date.now();
      // The probe reports once a second, and the last responses may be slow.
      await wait(3_000);
      const latencies = reads.filter(([sentAt]) => sentAt >= startedAt && sentAt <= endedAt).map(([, latencyMs]) => latencyMs);
      return { latencies, result };
    },
    stop: () => void probe.kill(),
  };
}

const quantiles = [0.5, 0.99];
const quantilesOf = (latencies: number[]): number[] => {
  const sorted = latencies.toSorted((one, other) => one - other);
  return quantiles.map((quantile) => sorted[Math.floor(sorted.length * quantile)] as number);
};

const report = (name: string, cells: string[]) => out(`${name.padEnd(28)}${cells.map((cell) => cell.padStart(10)).join('')}`);
const milliseconds = (latencies: number[]) => [String(latencies.length), ...quantilesOf(latencies).map((value) => value.toFixed(2))];

async function measure(kind: DatabaseKind): Promise<void> {
  const databaseUrl = await kind.create('build');
  const { call, url, stop } = await startServer(databaseUrl, folder);
  const { importIds } = await fillImports(databaseUrl, 200);
  const probe = startProbe(`${url}/api/application-imports/${importIds[100]}`);
  const measureWithoutBuild = async () => {
    await wait(1_000);
    return (await probe.during(() => wait(seconds * 1000))).latencies;
  };
  const without: number[][] = [];
  const during: number[][] = [];
  try {
    out('');
    report(kind.name, ['reads', ...quantiles.map((quantile) => `p${quantile * 100}`)]);
    // Each build has its own application, so that no build runs while the records of the previous one are deleted.
    const applicationIds: string[] = [];
    for (let round = 1; round <= rounds; round++) applicationIds.push(await createApplication(call, `Bench ${round}`));
    const reportWithoutBuild = async () => {
      const latencies = await measureWithoutBuild();
      report('without a build', milliseconds(latencies));
      without.push(quantilesOf(latencies));
    };
    await reportWithoutBuild();
    for (const applicationId of applicationIds) {
      const { latencies, result } = await probe.during(() => importUsers(call, applicationId, rows, 'added'));
      report(`during a build of ${result.toFixed(1)} s`, milliseconds(latencies));
      during.push(quantilesOf(latencies));
      await reportWithoutBuild();
    }
    const baseline = quantiles.map((_, index) => median(without.map((values) => values[index] as number)));
    const ratios = during.map((values) => values.map((value, index) => value / (baseline[index] as number)));
    const medianRatios = quantiles.map((_, index) => median(ratios.map((values) => values[index] as number)));
    const cellsOf = (values: number[]) => ['', ...values.map((value) => value.toFixed(2))];
    report('median without a build', cellsOf(baseline));
    for (const [index, values] of ratios.entries()) report(`build ${index + 1}, ratio`, cellsOf(values));
    report('builds, median ratio', cellsOf(medianRatios));
  } finally {
    probe.stop();
    await stop();
  }
}

async function main() {
  mkdirSync(join(folder, 'shared/default/default/production'), { recursive: true });
  await writeUsersFile(join(folder, 'shared/default/default/production', 'users.csv'), rows);
  out(`${values.rate} reads a second; latencies in milliseconds, and ratios to the median without a build`);
  await onEachDatabase(values.database, folder, measure);
}

if (values.help) process.stdout.write(help);
else
  try {
    await main();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
