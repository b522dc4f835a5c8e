import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { createDatabase, type Db } from '../../server/database/database.ts';
import { isMigrated, migrate } from '../../server/database/migrate.ts';
import { isMySqlRun, newDatabase } from '../support/test-database.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function givenEmpty(): Promise<{ db: Db; url: string }> {
  const { url, remove } = await newDatabase();
  const db = createDatabase(url);
  cleanups.push(remove, () => db.destroy());
  return { db, url };
}

/** At least one table of each migration, and the tables that imports need. */
const tableNames = [
  ...['organizations', 'applications', 'application_imports', 'application_records', 'generations', 'tokens'],
  ...['list_blocks', 'identities', 'personnel_events', 'access_requests', 'comments', 'fact_users', 'fact_roles'],
];
const tables = async (db: Db): Promise<string[]> => {
  const names = [];
  for (const name of tableNames) if (await db.schema.hasTable(name)) names.push(name);
  return names;
};

it('isMigrated is false for an empty database and true after all migrations', async () => {
  const { db } = await givenEmpty();
  expect([await isMigrated(db), await tables(db)]).toEqual([false, []]);
  await migrate(db);
  expect(await isMigrated(db)).toBe(true);
  expect(await tables(db)).toEqual(tableNames);
  const names = (await db('migrations').orderBy('id').select('name')).map(({ name }) => name);
  expect(names).toEqual([
    '0001-begin',
    '0002-people',
    '0003-facts',
    '0004-idempotency',
    '0005-access',
    '0006-api-log',
    '0007-rate-limits',
    '0008-terms',
    '0009-import-queues',
    '0010-call-counts',
    '0011-secret-key-check',
    '0012-token-creators',
    '0013-bounded-reads',
    '0014-deleted-tokens',
    '0015-deleted-tenants',
    '0016-import-turns',
    '0017-counted-imports',
    '0018-counted-applications',
  ]);
  for (const name of names.reverse()) {
    await db('migrations').where({ name }).delete();
    expect(await isMigrated(db)).toBe(false);
  }
});

it('explains that a newer version has changed the database', async () => {
  const { db } = await givenEmpty();
  await migrate(db);
  await db('migrations').insert({ name: '9999-later', batch: 2, migration_time: new Date() });
  await expect(migrate(db)).rejects.toThrow('a newer version of Gatehouse has changed it; start that version');
});

if (isMySqlRun)
  it('creates the same tables as the copies that most tests use', async () => {
    const schemaAndRowsOf = async (db: Db) => {
      const names: string[] = (await db.raw('SHOW TABLES'))[0].flatMap((row: object) => Object.values(row));
      const tables = names.map(async (name) => {
        const [[{ 'Create Table': sql }]] = await db.raw('SHOW CREATE TABLE ??', [name]);
        const rows = (await db(name).select()).map(({ migration_time, ...row }) => row);
        return [name, sql, rows];
      });
      return Promise.all(tables);
    };
    const { db } = await givenEmpty();
    await migrate(db);
    const { url, remove } = await newDatabase({ isMigrated: true });
    const copy = createDatabase(url);
    cleanups.push(remove, () => copy.destroy());
    expect(await schemaAndRowsOf(copy)).toEqual(await schemaAndRowsOf(db));
  });

it('changes nothing if it runs again', async () => {
  const { db } = await givenEmpty();
  await migrate(db);
  const row = { id: 'x', key: 'kept', name: 'Kept', default_environment_id: null, created_at: '2026-02-20 08:15:00.000' };
  await db('organizations').insert(row);
  const kept = await db('organizations').select();
  expect(kept).toEqual([{ ...row, time_zone: 'UTC', custom_fields: '{}', is_host: 0, max_token_lifetime_days: null }]);
  const before = await db('migrations').select();
  await migrate(db);
  await migrate(db);
  expect(await db('migrations').select()).toEqual(before);
  expect(await db('organizations').select()).toEqual(kept);
});

const storeUrl = new URL('../../server/database/', import.meta.url).href;
const program = `
  import { createDatabase } from '${storeUrl}database.ts';
  import { isMigrated, migrate } from '${storeUrl}migrate.ts';
  const db = createDatabase(process.argv[1]);
  await migrate(db);
  process.stdout.write(String(await isMigrated(db)));
  await db.destroy();
`;

it('succeeds in four processes that start at the same time on one empty database', async () => {
  const { db, url } = await givenEmpty();
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, url], { cwd });
  const ended = await Promise.all([start(), start(), start(), start()]);
  expect(ended.map(({ stdout }) => stdout)).toEqual(['true', 'true', 'true', 'true']);
  const rows = await db('migrations').select('name');
  expect(rows.map(({ name }) => name)).toEqual([...new Set(rows.map(({ name }) => name))]);
});

it('succeeds after a process was killed during a migration', async () => {
  const { db } = await givenEmpty();
  await migrate(db);
  // The state after a kill: knex's lock row is still locked, and tables exist that `migrations` does not record.
  await db('migrations_lock').update({ is_locked: 1 });
  await db('migrations').delete();
  await db.schema.dropTable('application_records');
  await migrate(db);
  expect(await isMigrated(db)).toBe(true);
  expect(await tables(db)).toEqual(tableNames);
});

it('refuses a database with rows of another program, and leaves them unchanged', async () => {
  const { db } = await givenEmpty();
  await db.schema.createTable('tokens', (t) => {
    t.string('note');
  });
  await db('tokens').insert({ note: 'of another program' });
  await expect(migrate(db)).rejects.toThrow('the database is not empty: it has a table tokens with rows');
  expect(await db('tokens').select()).toEqual([{ note: 'of another program' }]);
});
