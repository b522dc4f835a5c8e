import { spawnSync } from 'node:child_process';
import { createReadStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import mysql from 'mysql2/promise';
import { findMySql } from '../test/support/mysql.ts';
import { startLargeMySql } from './databases.ts';
import { median } from './load.ts';
import { startServer } from './server-process.ts';
import { createApplication, importUsers, writeUsersFile } from './users-import.ts';

const help = `Usage: npm run bench:import -- [OPTIONS]

Compares imports with the database's own bulk loader. Imports a users file with
three columns into an empty application through a real server, and loads the
same file into a table with these three columns. Prints medians in rows a
second. Compare only ratios between machines.

Options:

  --rows N      rows of the file (1000000)
  --rounds N    measurements (3)
  --help        shows this text
`;

const { values } = parseArgs({ options: { rows: { type: 'string' }, rounds: { type: 'string' }, help: { type: 'boolean' } } });
const rows = Number(values.rows ?? 1_000_000);
const rounds = Number(values.rounds ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const csv = join(folder, 'shared/default/default/production', 'users.csv');

interface Build {
  seconds: number;
  secondSeconds: number;
  peakMb: number;
}

/** Starts a server on an empty database and imports the file twice. Returns the duration of both builds and the peak memory. */
async function measureBuilds(databaseUrl: string): Promise<Build> {
  const { call, peakMb, stop } = await startServer(databaseUrl, folder);
  const applicationId = await createApplication(call);
  const seconds = await importUsers(call, applicationId, rows, 'added');
  const secondSeconds = await importUsers(call, applicationId, rows, 'unchanged');
  const peak = peakMb();
  await stop();
  rmSync(join(folder, 'uploads'), { recursive: true, force: true });
  return { seconds, secondSeconds, peakMb: peak };
}

function sqliteImportSeconds(): number | undefined {
  const path = join(folder, 'loader.db');
  const input = `PRAGMA journal_mode = WAL;
CREATE TABLE users (login TEXT PRIMARY KEY, name TEXT, email TEXT);
.mode csv
.import --skip 1 ${csv} users
`;
  const startedAt = performance.now();
  const done = spawnSync('sqlite3', [path], { input, stdio: ['pipe', 'ignore', 'pipe'] });
  const seconds = (performance.now() - startedAt) / 1000;
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  return done.error || done.status !== 0 ? undefined : seconds;
}

async function loadDataSeconds(url: string): Promise<number> {
  const connection = await mysql.createConnection({ uri: url, infileStreamFactory: (path: string) => createReadStream(path) });
  await connection.query('CREATE TABLE users (login VARCHAR(255) PRIMARY KEY, name VARCHAR(255), email VARCHAR(255))');
  const startedAt = performance.now();
  await connection.query({
    sql: `LOAD DATA LOCAL INFILE '${csv}' INTO TABLE users CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"'
      LINES TERMINATED BY '\\r\\n' IGNORE 1 LINES (login, name, email)`,
    infileStreamFactory: (path: string) => createReadStream(path),
  } as mysql.QueryOptions);
  const seconds = (performance.now() - startedAt) / 1000;
  await connection.query('DROP TABLE users');
  await connection.end();
  return seconds;
}

const rate = (seconds: number) => `${Math.round(rows / seconds).toLocaleString('en-US')} rows/s`.padStart(18);
const out = (text: string) => process.stdout.write(`${text}\n`);

function report(name: string, loaderName: string, loader: number[], builds: Build[]) {
  const first = median(builds.map(({ seconds }) => seconds));
  const second = median(builds.map(({ secondSeconds }) => secondSeconds));
  const peak = Math.max(...builds.map(({ peakMb }) => peakMb));
  out(`\n${name}`);
  if (loader.length > 0) out(`  ${loaderName.padEnd(34)}${rate(median(loader))}`);
  else out(`  ${loaderName.padEnd(34)}${'not installed'.padStart(18)}`);
  const ratio = (seconds: number) => (loader.length > 0 ? `  ${(median(loader) / seconds).toFixed(2)} of the loader` : '');
  out(`  ${'first import'.padEnd(34)}${rate(first)}${ratio(first)}`);
  out(`  ${'second import of the same file'.padEnd(34)}${rate(second)}${ratio(second)}`);
  out(`  ${'peak memory, server and worker'.padEnd(34)}${`${Math.round(peak)} MB`.padStart(18)}`);
}

async function main() {
  mkdirSync(join(folder, 'shared/default/default/production'), { recursive: true });
  await writeUsersFile(csv, rows);
  out(`${rows.toLocaleString('en-US')} rows, 3 columns, medians of ${rounds} measurements in turn`);

  const embeddedResults: { loader: number[]; builds: Build[] } = { loader: [], builds: [] };
  for (let round = 0; round < rounds; round++) {
    const seconds = sqliteImportSeconds();
    if (seconds !== undefined) embeddedResults.loader.push(seconds);
    const path = join(folder, 'ours.db');
    embeddedResults.builds.push(await measureBuilds(`sqlite:${path}`));
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  }
  report('Embedded', "SQLite's own .import", embeddedResults.loader, embeddedResults.builds);

  if (!findMySql()) return out('\nMySQL is not installed and was not measured');
  const server = await startLargeMySql();
  try {
    const mysqlResults: typeof embeddedResults = { loader: [], builds: [] };
    for (let round = 0; round < rounds; round++) {
      const connection = await mysql.createConnection(`${server.url}/mysql`);
      await connection.query('CREATE DATABASE gatehouse_bench CHARACTER SET utf8mb4');
      mysqlResults.loader.push(await loadDataSeconds(`${server.url}/gatehouse_bench`));
      mysqlResults.builds.push(await measureBuilds(`${server.url}/gatehouse_bench`));
      await connection.query('DROP DATABASE gatehouse_bench');
      await connection.end();
    }
    report('MySQL', 'LOAD DATA LOCAL INFILE', mysqlResults.loader, mysqlResults.builds);
  } finally {
    await server.stop();
  }
}

if (values.help) process.stdout.write(help);
else
  try {
    await main();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
