import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

/** Each step first checks whether an interrupted run has already done it, because MySQL cannot roll back changes of tables. */
export async function up(db: Knex): Promise<void> {
  const { id, hasIndex, dropIndex, create } = tablesOf(db);
  if (!(await hasIndex('application_imports', 'application_imports_queued')))
    await db.raw('CREATE INDEX application_imports_queued ON application_imports (environment_id, status, number, application_id)');
  await dropIndex('application_imports', 'application_imports_open');

  if (await db.schema.hasTable('import_queues')) await db.schema.dropTable('import_queues');
  /** The environments that may have open imports. `turn` is their order: the lowest is next. */
  await create('import_queues', (t) => {
    id(t, 'environment_id').primary();
    t.bigInteger('turn').notNullable();
    t.index(['turn'], 'import_queues_by_turn');
  });
  await db.raw(
    `INSERT INTO import_queues (environment_id, turn)
     SELECT environment_id, 0 FROM application_imports WHERE status IN ('Pending', 'Running', 'Canceling') GROUP BY environment_id`,
  );
}
