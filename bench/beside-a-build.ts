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

const help = `Usage: npm run bench:build -- [--rows 1000000] [--rate 200] [--rounds 3] [--seconds 10] [--database embedded,mysql]

Asks a server for one import so many times a second, and builds an import of many rows now and then. Prints how long answers take without a build and
beside one, in milliseconds, and, for each build, how many times those before and after it that is.
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

const shares = [0.5, 0.99, 0.999];

function report(name: string, latencies: number[], base?: number[]): void {
  const cells = shares.map((share) => {
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
  const probe = startProbe(`${url}/api/application-imports/${importId}`);
  const idle = async () => {
    await wait(3_000);
    probe.take();
    await wait(seconds * 1000);
    return probe.take();
  };
  const heading = shares.map((share) => `p${share * 100}`.padStart(10) + ' '.repeat(9)).join('');
  const ratios: number[][] = [];
  try {
    out(`\n${kind.name.padEnd(28)}${'answers'.padStart(8)}${heading}`);
    // One for each build, so that no records of the build before are deleted meanwhile.
    const applicationIds: string[] = [];
    for (let round = 1; round <= rounds; round++) applicationIds.push(await createApplication(call, `Bench ${round}`));
    let before = await idle();
    report('without a build', before);
    for (const applicationId of applicationIds) {
      probe.take();
      const buildSeconds = await importUsers(call, applicationId, rows, 'added');
      const during = probe.take();
      const after = await idle();
      const without = [...before, ...after];
      report(`beside a build of ${buildSeconds.toFixed(1)} s`, during, without);
      report('without a build', after);
      ratios.push(shares.map((share) => quantile(during, share) / quantile(without, share)));
      before = after;
    }
    const medians = shares.map((_, index) =>
      quantile(
        ratios.map((ratio) => ratio[index] as number),
        0.5,
      ),
    );
    out(`${'median of the rounds'.padEnd(36)}${medians.map((ratio) => `${' '.repeat(11)}${`(${ratio.toFixed(2)})`.padEnd(8)}`).join('')}`);
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
