import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

/** Both tables can be made again at any time: the queues follow from the imports, and without the turns the order begins anew. */
export async function up(db: Knex): Promise<void> {
  const { id, create } = tablesOf(db);
  await db.schema.dropTableIfExists('import_turns');
  /** The turns of organizations: the lowest is next. An organization without a row has not been served yet. */
  await create('import_turns', (t) => {
    id(t, 'organization_id').primary();
    t.bigInteger('turn').notNullable();
    t.index(['turn'], 'import_turns_by_turn');
  });
  await db.schema.dropTableIfExists('import_queues');
  /** The environments that may have open imports. `turn` is their order inside the organization: the lowest is next. */
  await create('import_queues', (t) => {
    id(t, 'environment_id').primary();
    id(t, 'organization_id').notNullable();
    t.bigInteger('turn').notNullable();
    t.index(['organization_id', 'turn'], 'import_queues_of_organization');
  });
  await db.raw(
    `INSERT INTO import_queues (environment_id, organization_id, turn)
     SELECT DISTINCT application_imports.environment_id, projects.organization_id, 0
     FROM application_imports
     JOIN environments ON environments.id = application_imports.environment_id
     JOIN projects ON projects.id = environments.project_id
     WHERE application_imports.status IN ('Pending', 'Running', 'Canceling')`,
  );
}
