import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { findLastApplicationImport, listApplicationImports } from '../../server/applications/store/application-imports.ts';
import { createDatabase, type Db, isMySql } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { up } from '../../server/database/migrations/0017-counted-imports.ts';
import { newDatabase } from '../support/test-database.ts';

const name = '0017-counted-imports';
const [environment_id, application_id, created_at] = [randomUUID(), randomUUID(), '2026-02-20 08:15:00.000'];
const starts = ['2026-02-20 08:15:00.002', null, '2026-02-20 08:15:00.001', null, '2026-02-20 08:15:00.002'];

async function opened(): Promise<Db> {
  const { url, remove } = await newDatabase();
  const db = createDatabase(url);
  onTestFinished(async () => {
    await db.destroy();
    await remove();
  });
  return db;
}

/** Creates the tables as they were before the migration, with imports of two applications. */
async function givenOlder(db: Db): Promise<void> {
  await migrate(db);
  await db('migrations').where({ name }).delete();
  const on = isMySql(db) ? ' ON application_imports' : '';
  for (const index of ['in_order', 'of_application_in_order']) await db.raw(`DROP INDEX application_imports_${index}${on}`);
  await db.raw('ALTER TABLE application_imports DROP COLUMN sort_key');
  await db.raw(`ALTER TABLE application_imports ADD COLUMN sort_at ${isMySql(db) ? 'DATETIME(3)' : 'TEXT'}`);
  const columns = { environment_id: '(environment_id, sort_at, number)', application_id: '(application_id, sort_at, number)' };
  await db.raw(`CREATE INDEX application_imports_by_start ON application_imports ${columns.environment_id}`);
  await db.raw(`CREATE INDEX application_imports_of_application ON application_imports ${columns.application_id}`);
  const application = { environment_id, priority: 'High', is_archived: 0, created_at };
  const other_id = randomUUID();
  for (const id of [application_id, other_id]) await db('applications').insert({ id, name: 'Silverlake', ...application });
  const row = { environment_id, type: 'API', status: 'Finished', created_by: 'x', created_at };
  const imports = [...starts.map((build_start) => ({ build_start, application_id })), { build_start: null, application_id: other_id }];
  await db('application_imports').insert(
    imports.map((values, index) => ({
      ...{ id: randomUUID(), number: index + 9, sort_at: values.build_start ?? '9999-12-31 23:59:59.999' },
      ...{ ...row, ...values },
    })),
  );
}

it('counts old imports and keeps their order; it can run again after an interruption at any statement', async () => {
  for (const failAt of [2, 5, 8, 11, 14, 17]) {
    const db = await opened();
    await givenOlder(db);
    let statements = 0;
    const fail = () => {
      statements++;
      if (statements === failAt) throw new Error('failure of this test');
    };
    db.on('query', fail);
    await up(db).catch((error: Error) => expect(error.message).toContain('failure of this test'));
    db.removeListener('query', fail);
    await migrate(db);
    await migrate(db);
    const numbersOf = async (applicationId?: string) => {
      const { rows, totalCount } = await listApplicationImports(db, environment_id, { applicationId, limit: 50, offset: 0 });
      return [totalCount, rows.map(({ number }) => number)];
    };
    expect([await numbersOf(), await numbersOf(application_id)]).toEqual([
      [6, [14, 12, 10, 13, 9, 11]],
      [5, [12, 10, 13, 9, 11]],
    ]);
    expect((await findLastApplicationImport(db, { id: application_id, environment_id }))?.number).toBe(12);
    expect(await db.schema.hasColumn('application_imports', 'sort_at')).toBe(false);
  }
});
