import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import mysql from 'mysql2/promise';
import { startLargeMySql } from './databases.ts';
import { fillLists } from './fill-lists.ts';
import { median } from './load.ts';
import { startServer } from './server-process.ts';

const help = `Usage: npm run bench:lists -- [--rows 100000] [--few 1000] [--calls 200]

Fills two databases of a kind, one with few and one with many identities, events and access requests, and asks a server on each for the same pages in
turn. Prints medians in milliseconds of one run and their ratios; only ratios travel between machines.
`;

const { values } = parseArgs({
  options: { rows: { type: 'string' }, few: { type: 'string' }, calls: { type: 'string' }, help: { type: 'boolean' } },
});
const many = Number(values.rows ?? 100_000);
const few = Number(values.few ?? 1_000);
const calls = Number(values.calls ?? 200);
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const out = (text: string) => process.stdout.write(`${text}\n`);

type Filled = Awaited<ReturnType<typeof fillLists>> & Awaited<ReturnType<typeof startServer>> & { rows: number };

/** The same question of both databases; a page is `first`, `middle` or `last` of however many there are. */
const questions: [name: string, path: (filled: Filled) => string, page?: 'middle' | 'last'][] = [
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

async function pathOf(filled: Filled, path: (filled: Filled) => string, page?: 'middle' | 'last'): Promise<string> {
  if (page === undefined) return path(filled);
  const { totalPages } = await filled.get(path(filled));
  return `${path(filled)}&page=${page === 'last' ? totalPages : Math.ceil(totalPages / 2)}`;
}

async function timed({ get }: Filled, path: string): Promise<number> {
  const begun = performance.now();
  const { items } = await get(path);
  if (items.length === 0) throw new Error(`${path} has no items`);
  return performance.now() - begun;
}

async function compare(name: string, small: Filled, large: Filled): Promise<void> {
  const heading = [small, large].map(({ rows }) => rows.toLocaleString('en-US').padStart(10)).join('');
  out(`\n${name.padEnd(40)}${heading}     ratio`);
  for (const [list, path, page] of questions) {
    const [inSmall, inLarge] = [await pathOf(small, path, page), await pathOf(large, path, page)];
    const [ofSmall, ofLarge]: [number[], number[]] = [[], []];
    for (let call = 0; call < calls; call++) {
      ofSmall.push(await timed(small, inSmall));
      ofLarge.push(await timed(large, inLarge));
    }
    const [one, other] = [median(ofSmall), median(ofLarge)];
    const label = `${list}${page ? `, ${page} page` : ''}`;
    out(`${label.padEnd(40)}${one.toFixed(2).padStart(10)}${other.toFixed(2).padStart(10)}${(other / one).toFixed(2).padStart(10)}`);
  }
}

async function filled(databaseUrl: string, rows: number): Promise<Filled> {
  const server = await startServer(databaseUrl, folder);
  return { ...server, ...(await fillLists(databaseUrl, rows)), rows };
}

async function measure(name: string, urlOf: (rows: number) => string): Promise<void> {
  out(`filling ${name}…`);
  const small = await filled(urlOf(few), few);
  const large = await filled(urlOf(many), many);
  await compare(name, small, large);
  await Promise.all([small.stop(), large.stop()]);
}

async function main() {
  out(`medians of ${calls} calls in turn, in milliseconds; run ${randomUUID().slice(0, 8)}`);
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
