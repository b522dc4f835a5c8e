import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { listApplications } from '../../server/applications/store/applications.ts';
import { createDatabase, type Db, isMySql } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { up } from '../../server/database/migrations/0018-counted-applications.ts';
import { newDatabase } from '../support/test-database.ts';

const environment_id = randomUUID();
const names = ['Core', 'b', 'Ärger', 'Core 2', 'a', '😀', 'x'.repeat(200)];

async function opened(): Promise<Db> {
  const { url, remove } = await newDatabase();
  const db = createDatabase(url);
  onTestFinished(async () => {
    await db.destroy();
    await remove();
  });
  return db;
}

/** Creates the tables as they were before the migration, with applications. */
async function givenOlder(db: Db): Promise<void> {
  await migrate(db);
  await db('migrations').where({ name: '0018-counted-applications' }).delete();
  await db.raw(`DROP INDEX applications_in_order${isMySql(db) ? ' ON applications' : ''}`);
  await db.raw('ALTER TABLE applications DROP COLUMN sort_key');
  await db.raw('CREATE INDEX applications_by_name ON applications (environment_id, name, id)');
  const application = { environment_id, priority: 'High', is_archived: 0, created_at: '2026-02-20 08:15:00.000' };
  await db('applications').insert(names.map((name) => ({ id: randomUUID(), name, ...application })));
}

it('counts old applications and keeps their order; it can run again after an interruption at any statement', async () => {
  for (const failAt of [2, 3, 4, 5, 6, 7, 8, 9, 10]) {
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
    const { rows, totalCount } = await listApplications(db, environment_id, { limit: 50, offset: 0 });
    expect([totalCount, rows.map(({ name }) => name)]).toEqual([7, ['Core', 'Core 2', 'a', 'b', 'x'.repeat(200), 'Ärger', '😀']]);
  }
});
