import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createDatabase, type Db } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { up } from '../../server/database/migrations/0016-import-turns.ts';
import { tablesOf } from '../../server/database/migrations/tables.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { insertEnvironment } from '../../server/organizations/store/environments.ts';
import { insertOrganization } from '../../server/organizations/store/organizations.ts';
import { newDatabase } from '../support/test-database.ts';

const created_at = '2026-02-20 08:15:00.000';

/** Creates the table of queues as it was before the migration, with a queue that has no import. */
async function restoreOlder(db: Db): Promise<void> {
  await db.schema.dropTable('import_turns');
  await db.schema.dropTable('import_queues');
  const { id, create } = tablesOf(db);
  await create('import_queues', (t) => {
    id(t, 'environment_id').primary();
    t.bigInteger('turn').notNullable();
    t.index(['turn'], 'import_queues_by_turn');
  });
  await db('import_queues').insert({ environment_id: randomUUID(), turn: 17 });
  await db('migrations').where({ name: '0016-import-turns' }).delete();
}

async function givenImports(db: Db, environment_id: string, statuses: string[]): Promise<void> {
  const row = { environment_id, application_id: randomUUID(), type: 'API', created_by: 'a test', created_at };
  await db('application_imports').insert(statuses.map((status, index) => ({ ...row, id: randomUUID(), number: index + 1, status })));
}

it('gives each environment with open imports a queue of its organization; the migration can run again, also after an interruption', async () => {
  const { url, remove } = await newDatabase();
  const db = createDatabase(url);
  onTestFinished(async () => {
    await db.destroy();
    await remove();
  });
  await migrate(db);
  await restoreOlder(db);
  const [one, other] = await inTransaction(db, async (trx) => [
    await insertOrganization(trx, new Date(), { key: 'one' }),
    await insertOrganization(trx, new Date(), { key: 'other' }),
  ]);
  const project = await db('projects').where({ organization_id: one.id }).first();
  const values = { organization_id: one.id, project_id: project.id, key: 'staging', name: 'Staging' };
  const staging = await insertEnvironment(db, new Date(), values);
  await givenImports(db, one.default_environment_id, ['Pending', 'Pending', 'Finished']);
  await givenImports(db, staging.id, ['Canceling']);
  await givenImports(db, other.default_environment_id, ['Running', 'Failed']);
  const ended = await insertEnvironment(db, new Date(), { ...values, key: 'ended' });
  await givenImports(db, ended.id, ['Finished', 'Failed', 'Canceled']);

  let count = 0;
  const interrupt = () => {
    if (++count === 3) throw new Error('failure of this test');
  };
  db.on('query', interrupt);
  await expect(up(db)).rejects.toThrow('failure of this test');
  db.off('query', interrupt);
  const expected = [
    [one.default_environment_id, one.id],
    [staging.id, one.id],
    [other.default_environment_id, other.id],
  ].map(([environment_id, organization_id]) => ({ environment_id, organization_id, turn: 0 }));
  const queues = async () => {
    const rows = await db('import_queues').select();
    return rows.map((row) => ({ ...row, turn: Number(row.turn) }));
  };
  const sorted = (rows: { environment_id?: string | undefined }[]) => rows.map((row) => JSON.stringify(row)).sort();
  await migrate(db);
  expect(sorted(await queues())).toEqual(sorted(expected));
  await db('import_turns').insert({ organization_id: one.id, turn: 4 });
  await up(db);
  expect(sorted(await queues())).toEqual(sorted(expected));
  expect(await db('import_turns')).toEqual([]);
});
