import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type DatabaseKind, onEachDatabase } from './databases.ts';
import { fillImports } from './fill-imports.ts';
import { secret, startServer } from './server-process.ts';
import { createApplication, importUsers, writeUsersFile } from './users-import.ts';

const help = `Usage: npm run bench:build -- [--rows 1000000] [--rate 200] [--seconds 20] [--database embedded,mysql]

Asks a server for one import so many times a second, and builds an import of many rows meanwhile. Prints how long answers take before the build, while
it runs, and after it, in milliseconds, and what the build makes of them.
`;

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '20' },
    database: { type: 'string', default: 'embedded,mysql' },
    help: { type: 'boolean' },
  },
});
const rows = Number(values.rows);
const seconds = Number(values.seconds);
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const out = (text: string) => process.stdout.write(`${text}\n`);

/** The latencies of a server since they were last taken. */
function startProbe(url: string): { take: () => number[]; stop: () => void } {
  const env = { PATH: process.env.PATH, BENCH_TOKEN: secret };
  const probe = spawn(process.execPath, [join(import.meta.dirname, 'probe.ts'), url, values.rate], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let latencies: number[] = [];
  createInterface(probe.stdout).on('line', (line) => latencies.push(...(JSON.parse(line) as number[])));
  return {
    take: () => {
      const taken = latencies;
      latencies = [];
      return taken;
    },
    stop: () => void probe.kill(),
  };
}

function quantile(numbers: number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}

function report(name: string, latencies: number[], base?: number[]): void {
  const cells = [0.5, 0.99, 0.999].map((share) => {
    const value = quantile(latencies, share);
    const ratio = base ? `(${(value / quantile(base, share)).toFixed(2)})` : '';
    return `${value.toFixed(2).padStart(10)} ${ratio.padEnd(8)}`;
  });
  out(`${name.padEnd(28)}${String(latencies.length).padStart(8)}${cells.join('')}`);
}

async function measure(kind: DatabaseKind): Promise<void> {
  const databaseUrl = await kind.create('build');
  const { call, url, stop } = await startServer(databaseUrl, folder);
  const { importId } = await fillImports(databaseUrl, 200);
  const applicationId = await createApplication(call);
  const probe = startProbe(`${url}/api/application-imports/${importId}`);
  try {
    await wait(3_000);
    probe.take();
    await wait(seconds * 1000);
    const before = probe.take();
    const buildSeconds = await importUsers(call, applicationId, rows, 'added');
    await wait(1_000);
    const during = probe.take();
    await wait(seconds * 1000);
    const after = probe.take();
    out(`\n${kind.name}: a build of ${rows.toLocaleString('en-US')} rows, ${buildSeconds.toFixed(1)} s`);
    out(
      `${''.padEnd(28)}${'answers'.padStart(8)}${['p50', 'p99', 'p99.9'].map((name) => `${name.padStart(10)}${' '.repeat(9)}`).join('')}`,
    );
    report('before', before);
    report('while it runs', during, before);
    report('after', after, before);
  } finally {
    probe.stop();
    await stop();
  }
}

async function main() {
  mkdirSync(join(folder, 'shared'));
  await writeUsersFile(join(folder, 'shared', 'users.csv'), rows);
  out(`${values.rate} reads a second; milliseconds, and how many times those before the build`);
  await onEachDatabase(values.database, folder, measure);
}

if (values.help) process.stdout.write(help);
else
  try {
    await main();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
