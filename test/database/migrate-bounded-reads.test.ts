import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createDatabase, type Db } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { up } from '../../server/database/migrations/0013-bounded-reads.ts';
import { listTenants, phrasesOfTenant } from '../../server/facts/store/fact-tenants.ts';
import { listUsers, phrasesOfUser } from '../../server/facts/store/fact-users.ts';
import { newDatabase } from '../support/test-database.ts';

const environment_id = randomUUID();
const at = '2026-02-20 08:15:00.000';
const names = ['Änn', "O'Hara", 'Łukasz Ünal', null, '', 'x '.repeat(100), '李小龙', '%_!\\'];

/** Creates the tables as they were before the migration, with users and tenants. */
async function givenOlder(db: Db): Promise<void> {
  await migrate(db);
  await db.schema.dropTable('search_phrases');
  for (const table of ['fact_users', 'fact_tenants']) await db.raw(`ALTER TABLE ${table} ADD COLUMN search_text TEXT`);
  await db('migrations').where({ name: '0013-bounded-reads' }).delete();
  const row = () => ({ id: randomUUID(), environment_id, attributes: '{}', search_text: 'old', created_at: at, updated_at: at });
  const users = Array.from({ length: 1_100 }, (_, index) => ({
    ...row(),
    user_key: `u|${index}`,
    email: index % 3 === 0 ? null : `User.${index}@Example.com`,
    first_name: names[index % names.length],
    last_name: names[(index * 3) % names.length],
  }));
  for (let from = 0; from < users.length; from += 100) await db('fact_users').insert(users.slice(from, from + 100));
  await db('fact_tenants').insert(names.map((name, index) => ({ ...row(), tenant_key: `t-${index}`, name: name ?? 'Acme' })));
}

const phrasesIn = async (db: Db): Promise<string[]> =>
  (await db('search_phrases').select()).map(({ list, phrase, row_key }) => `${list} ${row_key} ${phrase}`).sort();

it('gives old users and tenants the phrases that new ones get; the migration can run again after an interruption', async () => {
  const { url, remove } = await newDatabase();
  const db = createDatabase(url);
  onTestFinished(async () => {
    await db.destroy();
    await remove();
  });
  await givenOlder(db);
  const statements: string[] = [];
  db.on('query', ({ sql }: { sql: string }) => {
    statements.push(sql);
    if (statements.length === 12) throw new Error('failure of this test');
  });
  await expect(up(db)).rejects.toThrow('failure of this test');
  await migrate(db);
  const batches = statements.filter((sql) => /^select .*fact_users/i.test(sql));
  const users = await db('fact_users').select();
  const tenants = await db('fact_tenants').select();
  expect([users.length, tenants.length, 'search_text' in users[0], 'search_text' in tenants[0]]).toEqual([
    1_100,
    names.length,
    false,
    false,
  ]);
  expect(await phrasesIn(db)).toEqual(
    [
      ...users.flatMap((user) => phrasesOfUser(user).map((phrase) => `fact_users ${user.user_key} ${phrase}`)),
      ...tenants.flatMap((tenant) => phrasesOfTenant(tenant).map((phrase) => `fact_tenants ${tenant.tenant_key} ${phrase}`)),
    ].sort(),
  );
  expect((await listUsers(db, environment_id, { search: 'user 7', limit: 30, offset: 0 }))?.totalCount).toBeGreaterThan(5);
  expect((await listTenants(db, environment_id, { search: 'O HARA', limit: 30, offset: 0 }))?.rows).toMatchObject([{ tenant_key: 't-1' }]);
  expect(batches.length).toBeGreaterThan(3);
  for (const sql of batches) expect(sql).toMatch(/limit/i);
});
