import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import mysql from 'mysql2/promise';
import { startLargeMySql } from './databases.ts';
import { fillLists } from './fill-lists.ts';
import { median } from './load.ts';
import { startServer } from './server-process.ts';

const help = `Usage: npm run bench:lists -- [OPTIONS]

Measures whether pages of lists get slower as lists grow. Fills one database
with few and one with many identities, events and access requests, and reads the
same pages from a server on each, in turn. Prints medians in milliseconds and
their ratios. Compare only ratios between machines.

Options:

  --rows N     rows of the large lists (100000)
  --few N      rows of the small lists, at least 501 (1000)
  --calls N    reads of each page (200)
  --help       shows this text
`;

const { values } = parseArgs({
  options: { rows: { type: 'string' }, few: { type: 'string' }, calls: { type: 'string' }, help: { type: 'boolean' } },
});
const many = Number(values.rows ?? 100_000);
const few = Number(values.few ?? 1_000);
const calls = Number(values.calls ?? 200);
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const out = (text: string) => process.stdout.write(`${text}\n`);

type FilledServer = Awaited<ReturnType<typeof fillLists>> & Awaited<ReturnType<typeof startServer>> & { rows: number };

/** The pages to read from both databases: name, path and, unless it is the first page, its position. */
const pages: [name: string, path: (filled: FilledServer) => string, page?: 'middle' | 'last'][] = [
  ['identities', () => '/api/identities?'],
  ['identities', () => '/api/identities?', 'middle'],
  ['identities', () => '/api/identities?', 'last'],
  ['identities of a status', () => '/api/identities?status=Disabled', 'middle'],
  ['identities by e-mail', ({ email }) => `/api/identities?email=${email}`],
  ['identities by search', ({ search }) => `/api/identities?search=${search}`],
  ['events', () => '/api/personnel-events?'],
  ['events', () => '/api/personnel-events?', 'middle'],
  ['events', () => '/api/personnel-events?', 'last'],
  ['events of a type', () => '/api/personnel-events?type=Offboard', 'middle'],
  ['events of a type and status', () => '/api/personnel-events?type=Offboard&status=Scheduled', 'last'],
  ['events of an identity', ({ identityId }) => `/api/personnel-events?identityId=${identityId}`],
  ['requests', () => '/api/access-requests?'],
  ['requests', () => '/api/access-requests?', 'middle'],
  ['requests', () => '/api/access-requests?', 'last'],
  ['requests of a status', () => '/api/access-requests?status=Open', 'middle'],
  ['requests of an application', ({ applicationId }) => `/api/access-requests?applicationId=${applicationId}`, 'middle'],
  [
    'requests of an application and status',
    ({ applicationId }) => `/api/access-requests?applicationId=${applicationId}&status=Open`,
    'middle',
  ],
  ['requests of an identity', ({ identityId }) => `/api/access-requests?identityId=${identityId}`],
];

async function pathOf(filled: FilledServer, path: (filled: FilledServer) => string, page?: 'middle' | 'last'): Promise<string> {
  if (page === undefined) return path(filled);
  const { totalPages } = await filled.get(path(filled));
  return `${path(filled)}&page=${page === 'last' ? totalPages : Math.ceil(totalPages / 2)}`;
}

async function measureRead({ get }: FilledServer, path: string): Promise<number> {
  const startedAt = performance.now();
  const { items } = await get(path);
  if (items.length === 0) throw new Error(`${path} has no items`);
  return performance.now() - startedAt;
}

async function compare(name: string, small: FilledServer, large: FilledServer): Promise<void> {
  const heading = [small, large].map(({ rows }) => rows.toLocaleString('en-US').padStart(10)).join('');
  out(`\n${name.padEnd(40)}${heading}     ratio`);
  for (const [list, path, page] of pages) {
    const [smallPath, largePath] = [await pathOf(small, path, page), await pathOf(large, path, page)];
    const [smallTimes, largeTimes]: [number[], number[]] = [[], []];
    for (let call = 0; call < calls; call++) {
      smallTimes.push(await measureRead(small, smallPath));
      largeTimes.push(await measureRead(large, largePath));
    }
    const [smallMedian, largeMedian] = [median(smallTimes), median(largeTimes)];
    const label = `${list}${page ? `, ${page} page` : ''}`;
    out(
      `${label.padEnd(40)}${smallMedian.toFixed(2).padStart(10)}${largeMedian.toFixed(2).padStart(10)}${(largeMedian / smallMedian).toFixed(2).padStart(10)}`,
    );
  }
}

async function startFilledServer(databaseUrl: string, rows: number): Promise<FilledServer> {
  const server = await startServer(databaseUrl, folder);
  return { ...server, ...(await fillLists(databaseUrl, rows)), rows };
}

async function measure(name: string, urlOf: (rows: number) => string): Promise<void> {
  out(`filling ${name}…`);
  const small = await startFilledServer(urlOf(few), few);
  const large = await startFilledServer(urlOf(many), many);
  await compare(name, small, large);
  await Promise.all([small.stop(), large.stop()]);
}

async function main() {
  out(`milliseconds; medians of ${calls} reads, in turn`);
  await measure('Embedded', (rows) => `sqlite:${join(folder, `${rows}.db`)}`);
  const server = await startLargeMySql();
  try {
    const connection = await mysql.createConnection(`${server.url}/mysql`);
    for (const rows of [few, many]) await connection.query(`CREATE DATABASE gatehouse_${rows} CHARACTER SET utf8mb4`);
    await measure('MySQL', (rows) => `${server.url}/gatehouse_${rows}`);
    for (const rows of [few, many]) await connection.query(`DROP DATABASE gatehouse_${rows}`);
    await connection.end();
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
