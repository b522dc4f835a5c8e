import { spawn, spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import mysql from 'mysql2/promise';
import { findMySql, startMySql } from '../test/support/mysql.ts';

const help = `Usage: npm run bench:import -- [--rows 1000000] [--rounds 3]

Imports a users file of three columns into an empty application through a real server, and loads the same file with the database's own bulk
loader into a table of those three columns with its key, in turn. Prints medians of one run; only ratios travel between machines.
`;

const { values } = parseArgs({ options: { rows: { type: 'string' }, rounds: { type: 'string' }, help: { type: 'boolean' } } });
const rows = Number(values.rows ?? 1_000_000);
const rounds = Number(values.rounds ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const csv = join(folder, 'shared', 'users.csv');
const secret = 'pa_SandboxAdministratorSandboxAdm1v05vn';
const groupId = 'c5d6e7f8-0000-4000-8000-000000000001';

interface Build {
  seconds: number;
  againSeconds: number;
  peakMb: number;
}

function* usersFile() {
  yield 'Login,Full Name,E-Mail\r\n';
  for (let row = 0; row < rows; row += 1000) {
    let text = '';
    for (let index = row; index < Math.min(row + 1000, rows); index++)
      text += `user${String(index).padStart(7, '0')},"Name, Number ${index}",user${index}@example.com\r\n`;
    yield text;
  }
}

/** One server process on an empty database: the first import of the file, then a second one of the same, and the process's peak memory. */
async function build(databaseUrl: string): Promise<Build> {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: databaseUrl,
    PORT: '0',
    BOOTSTRAP_TOKEN: secret,
    RATE_LIMIT_PER_MINUTE: '0',
    FAILED_AUTHENTICATIONS_PER_MINUTE: '0',
    SHARED_DIRECTORY: join(folder, 'shared'),
    UPLOAD_DIRECTORY: join(folder, 'uploads'),
  };
  const server = spawn(process.execPath, ['server/main.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  server.stdout.on('data', (chunk) => {
    output += chunk;
  });
  while (!output.includes('"url"')) await wait(20);
  const url = /"url":"([^"]+)"/.exec(output)?.[1];
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${secret}`, ...(body !== undefined && { 'content-type': 'application/json' }) };
    const answer = await fetch(`${url}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
  const application = await call('POST', '/api/applications', {
    name: 'Bench',
    connector: {
      name: 'Users',
      fileGroups: [{ id: groupId, name: 'Users', rows: 'users', columns: { key: 'Login', name: 'Full Name', emailAddress: 'E-Mail' } }],
    },
    importSchedule: { files: [{ fileGroupId: groupId, path: 'users.csv' }] },
  });
  const importOnce = async (expected: 'added' | 'unchanged') => {
    const { id } = await call('POST', '/api/application-imports/stage', { applicationId: application.id });
    for (;;) {
      const found = await call('GET', `/api/application-imports/${id}`);
      if (found.buildEnd === null) {
        await wait(50);
        continue;
      }
      if (found.metrics?.users[expected] !== rows) throw new Error(`The import went wrong: ${found.log}`);
      return (new Date(found.buildEnd).getTime() - new Date(found.buildStart).getTime()) / 1000;
    }
  };
  const seconds = await importOnce('added');
  const againSeconds = await importOnce('unchanged');
  const peakMb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(join(folder, 'uploads'), { recursive: true, force: true });
  return { seconds, againSeconds, peakMb };
}

function sqliteImport(): number | undefined {
  const path = join(folder, 'loader.db');
  const input = `PRAGMA journal_mode = WAL;
CREATE TABLE users (login TEXT PRIMARY KEY, name TEXT, email TEXT);
.mode csv
.import --skip 1 ${csv} users
`;
  const begun = performance.now();
  const done = spawnSync('sqlite3', [path], { input, stdio: ['pipe', 'ignore', 'pipe'] });
  const seconds = (performance.now() - begun) / 1000;
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  return done.error || done.status !== 0 ? undefined : seconds;
}

async function loadData(url: string): Promise<number> {
  const connection = await mysql.createConnection({ uri: url, infileStreamFactory: (path: string) => createReadStream(path) });
  await connection.query('CREATE TABLE users (login VARCHAR(255) PRIMARY KEY, name VARCHAR(255), email VARCHAR(255))');
  const begun = performance.now();
  await connection.query({
    sql: `LOAD DATA LOCAL INFILE '${csv}' INTO TABLE users CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"'
      LINES TERMINATED BY '\\r\\n' IGNORE 1 LINES (login, name, email)`,
    infileStreamFactory: (path: string) => createReadStream(path),
  } as mysql.QueryOptions);
  const seconds = (performance.now() - begun) / 1000;
  await connection.query('DROP TABLE users');
  await connection.end();
  return seconds;
}

const median = (numbers: number[]) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] as number;
const rate = (seconds: number) => `${Math.round(rows / seconds).toLocaleString('en-US')} rows/s`.padStart(18);
const out = (text: string) => process.stdout.write(`${text}\n`);

function report(name: string, loaderName: string, loader: number[], builds: Build[]) {
  const first = median(builds.map(({ seconds }) => seconds));
  const again = median(builds.map(({ againSeconds }) => againSeconds));
  const peak = Math.max(...builds.map(({ peakMb }) => peakMb));
  out(`\n${name}`);
  if (loader.length > 0) out(`  ${loaderName.padEnd(34)}${rate(median(loader))}`);
  else out(`  ${loaderName.padEnd(34)}${'not installed'.padStart(18)}`);
  const ratio = (seconds: number) => (loader.length > 0 ? `  ${(median(loader) / seconds).toFixed(2)} of the loader` : '');
  out(`  ${'first import'.padEnd(34)}${rate(first)}${ratio(first)}`);
  out(`  ${'second import of the same file'.padEnd(34)}${rate(again)}${ratio(again)}`);
  out(`  ${'peak memory of the server'.padEnd(34)}${`${Math.round(peak)} MB`.padStart(18)}`);
}

async function main() {
  mkdirSync(join(folder, 'shared'));
  await pipeline(Readable.from(usersFile()), createWriteStream(csv));
  out(`${rows.toLocaleString('en-US')} rows, 3 columns, ${rounds} rounds in turn, medians`);

  const embedded: { loader: number[]; builds: Build[] } = { loader: [], builds: [] };
  for (let round = 0; round < rounds; round++) {
    const seconds = sqliteImport();
    if (seconds !== undefined) embedded.loader.push(seconds);
    const path = join(folder, 'ours.db');
    embedded.builds.push(await build(`sqlite:${path}`));
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  }
  report('Embedded', "SQLite's own .import", embedded.loader, embedded.builds);

  if (!findMySql()) return out('\nMySQL: no server found, not measured');
  const server = await startMySql();
  try {
    const other: typeof embedded = { loader: [], builds: [] };
    for (let round = 0; round < rounds; round++) {
      const connection = await mysql.createConnection(`${server.url}/mysql`);
      await connection.query('CREATE DATABASE gatehouse_bench CHARACTER SET utf8mb4');
      other.loader.push(await loadData(`${server.url}/gatehouse_bench`));
      other.builds.push(await build(`${server.url}/gatehouse_bench`));
      await connection.query('DROP DATABASE gatehouse_bench');
      await connection.end();
    }
    report('MySQL', 'LOAD DATA LOCAL INFILE', other.loader, other.builds);
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
