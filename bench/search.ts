import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { recordEntryChanges } from '../server/database/counted-lists.ts';
import { createDatabase, type Db } from '../server/database/database.ts';
import { migrate } from '../server/database/migrate.ts';
import { splitListBlocks } from '../server/database/split-list-blocks.ts';
import { inTransaction } from '../server/database/transactions.ts';
import { insertUser, listUsers, userEntry } from '../server/facts/store/fact-users.ts';
import { onEachDatabase } from './databases.ts';
import { median } from './load.ts';

const help = `Usage: npm run bench:search -- [OPTIONS]

Measures searches of users. Fills a database with users, and prints for each
search text the median time and the median CPU time of this process in
milliseconds. On the embedded database, both are time in which the process does
nothing else.

Options:

  --database NAMES    embedded, mysql or both (embedded,mysql)
  --rows N            users (300000)
  --calls N           searches with each text (51)
  --help              shows this text
`;

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'embedded,mysql' },
    rows: { type: 'string', default: '300000' },
    calls: { type: 'string', default: '51' },
    help: { type: 'boolean' },
  },
});
const rows = Number(values.rows);
const calls = Number(values.calls);
const rowsAtOnce = 2_000;
const firstNames = ['Ann', 'José', 'Kim', 'Lê', 'Sarah', 'Łukasz', 'Noor', 'Omar', 'Priya', 'Zoë'];
const out = (text: string) => process.stdout.write(`${text}\n`);

/** The names that 3,000 and 60,000 of 300,000 users have: the most matches of a search, and more. */
const [fewName, manyName] = ['Rarely', 'Often'];
const lastNameOf = (index: number) => (index % 100 === 0 ? fewName : index % 5 === 1 ? manyName : `Name${(index * 7919) % 100_003}`);

async function fill(db: Db, environment_id: string): Promise<void> {
  for (let from = 0; from < rows; from += rowsAtOnce)
    await inTransaction(db, async (trx) => {
      const users = [];
      for (let index = from; index < Math.min(from + rowsAtOnce, rows); index++) {
        const [first_name, last_name] = [firstNames[index % firstNames.length] as string, lastNameOf(index)];
        const values = { email: `user${index}@example.com`, first_name, last_name, attributes: {} };
        users.push(await insertUser(trx, new Date(), { environment_id, user_key: `u|${index}`, ...values }));
      }
      await recordEntryChanges(
        trx,
        users.map((user) => userEntry(user, 1)),
      );
    });
  while (await splitListBlocks(db));
}

const slices: [search: string, page: number][] = [
  ...['u', 'e', 'zzz', fewName.slice(0, 1), fewName, manyName, 'ann', 'ann o', 'user299', 'user299999@example.com', '299999', '%', ' '].map(
    (search): [string, number] => [search, 1],
  ),
  [fewName, 100],
  [' ', 1_000],
  [`${fewName} ${'x'.repeat(190)}`, 1],
];

async function measure(db: Db, environmentId: string, search: string, page: number): Promise<string> {
  const [times, cpuTimes]: [number[], number[]] = [[], []];
  let found = '';
  for (let count = 0; count < calls; count++) {
    const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
    const result = await listUsers(db, environmentId, { search, limit: 30, offset: (page - 1) * 30 });
    const { user, system } = process.cpuUsage(cpuBefore);
    times.push(performance.now() - startedAt);
    cpuTimes.push((user + system) / 1_000);
    found = result ? String(result.totalCount) : 'too many';
  }
  return `${median(times).toFixed(2).padStart(10)}${median(cpuTimes).toFixed(2).padStart(10)}${found.padStart(12)}`;
}

if (values.help) out(help);
else {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  try {
    await onEachDatabase(values.database, folder, async ({ name, create }) => {
      const db = createDatabase(await create('search'));
      const environmentId = randomUUID();
      await migrate(db);
      const startedAt = performance.now();
      await fill(db, environmentId);
      out(`\n${name}, ${rows} users, ${((performance.now() - startedAt) / rows).toFixed(3)} ms to insert each`);
      out(`${'search'.padEnd(40)}${'ms'.padStart(10)}${'CPU ms'.padStart(10)}${'found'.padStart(12)}`);
      for (const [search, page] of slices) {
        const label = `${search.slice(0, 24)}${search === ' ' ? '(all)' : ''}${page === 1 ? '' : `, page ${page}`}`;
        out(`${label.padEnd(40)}${await measure(db, environmentId, search, page)}`);
      }
      await db.destroy();
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
