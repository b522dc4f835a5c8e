import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createDatabase, type Db } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import * as terms from '../../server/database/migrations/0008-terms.ts';
import { newDatabase } from '../support/test-database.ts';

const renamed = [
  ['applications', 'carried_generation_id', 'synced_generation_id'],
  ['application_imports', 'carried', 'sync_progress'],
  ['tokens', 'sealed_secret', 'encrypted_secret'],
] as const;
const created_at = '2026-02-20 08:15:00.000';
const secret = Buffer.from('an encrypted secret');

/** Creates a database as migration 0007 left it, with a value in each column that 0008 renames. */
async function givenVersion7(): Promise<{ db: Db; open: () => Db }> {
  const { url, remove } = await newDatabase();
  onTestFinished(remove);
  const open = () => {
    const db = createDatabase(url);
    onTestFinished(() => db.destroy());
    return db;
  };
  const db = open();
  await migrate(db);
  for (const [table, before, after] of renamed) await db.raw('ALTER TABLE ?? RENAME COLUMN ?? TO ??', [table, after, before]);
  await db('migrations').where({ name: '0008-terms' }).delete();
  const [organization_id, environment_id, application_id] = [randomUUID(), randomUUID(), randomUUID()];
  const application = { id: application_id, environment_id, name: 'Silverlake', priority: 'High', is_archived: 0, created_at };
  await db('applications').insert({ ...application, carried_generation_id: 7 });
  const row = { id: randomUUID(), environment_id, application_id, number: 1, type: 'API', status: 'Running', created_by: 'x' };
  await db('application_imports').insert({ ...row, created_at, sort_key: created_at, carried: '{"what":"changed","after":"k"}' });
  const token = { id: randomUUID(), organization_id, level: 'Organization', access_level: 'Write', name: 'T', secret_start: 'pa_x' };
  await db('tokens').insert({ ...token, created_by: 'x', created_at, sealed_secret: secret });
  return { db, open };
}

async function expectRenamed(db: Db): Promise<void> {
  const [application] = await db('applications').select('synced_generation_id');
  const [row] = await db('application_imports').select('sync_progress');
  const [token] = await db('tokens').select('encrypted_secret');
  expect([application, row, Buffer.from(token.encrypted_secret)]).toEqual([
    { synced_generation_id: 7 },
    { sync_progress: '{"what":"changed","after":"k"}' },
    secret,
  ]);
}

it('renames the three columns and keeps their values', async () => {
  const { db } = await givenVersion7();
  await migrate(db);
  await expectRenamed(db);
});

it.each([1, 2, 3])('continues after a run that was interrupted before rename %i', async (at) => {
  const { db, open } = await givenVersion7();
  const interrupted = open();
  let renames = 0;
  interrupted.on('query', ({ sql }: { sql: string }) => {
    if (sql.startsWith('ALTER TABLE') && ++renames === at) throw new Error('Interrupted by the test');
  });
  await expect(terms.up(interrupted)).rejects.toThrow('Interrupted by the test');
  await migrate(db);
  await expectRenamed(db);
});
