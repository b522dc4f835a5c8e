import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

export async function up(db: Knex): Promise<void> {
  const { isMySql, id, exact, instant, longText, create } = tablesOf(db);
  const addColumn = async (table: string, name: string, column: (t: Knex.CreateTableBuilder) => void) => {
    if (!(await db.schema.hasColumn(table, name))) await db.schema.alterTable(table, column);
  };

  await addColumn('organizations', 'time_zone', (t) => t.string('time_zone', 64).notNullable().defaultTo('UTC'));
  await addColumn('organizations', 'custom_fields', (t) => t.string('custom_fields', 2000).notNullable().defaultTo('{}'));
  await addColumn('applications', 'is_granted_at_onboarding', (t) => t.boolean('is_granted_at_onboarding').notNullable().defaultTo(0));
  await addColumn('applications', 'carried_generation_id', (t) => t.integer('carried_generation_id').nullable());
  await addIndex(db, isMySql, 'applications', 'applications_carried', '(carried_generation_id)');
  await addColumn('application_imports', 'carried', (t) => t.text('carried').nullable());
  await linkRecords(db, isMySql);

  await create('list_blocks', (t) => {
    exact(t, 'list', 255).notNullable();
    exact(t, 'first_key', 400).notNullable();
    t.integer('entries').notNullable();
    t.primary(['list', 'first_key']);
    t.index(['entries'], 'list_blocks_by_size');
  });
  await create('identities', (t) => {
    id(t, 'id').primary();
    id(t, 'environment_id').notNullable();
    /** The application (directory) that the identity was imported from, and its key there; null if only an onboarding created it. */
    id(t, 'application_id').nullable();
    exact(t, 'source_key', 512).nullable();
    for (const column of ['first_name', 'last_name', 'email_address', 'title', 'company', 'division', 'department', 'office'])
      t.string(column, 256).nullable();
    t.string('type', 20).notNullable();
    id(t, 'supervisor_id').nullable();
    exact(t, 'supervisor_key', 512).nullable();
    instant(t, 'created_date').nullable();
    instant(t, 'updated_date').nullable();
    instant(t, 'first_seen_date').notNullable();
    instant(t, 'inactivated_date').nullable();
    t.string('status', 20).notNullable();
    exact(t, 'sort_key', 400).notNullable();
    exact(t, 'first_name_folded', 256).notNullable();
    exact(t, 'last_name_folded', 256).notNullable();
    exact(t, 'email_lower', 512).nullable();
    t.unique(['application_id', 'source_key'], { indexName: 'identities_source' });
    t.index(['environment_id', 'sort_key'], 'identities_by_name');
    t.index(['environment_id', 'status', 'sort_key'], 'identities_by_status');
    t.index(['environment_id', 'first_name_folded'], 'identities_by_first_name');
    t.index(['environment_id', 'last_name_folded'], 'identities_by_last_name');
    t.index(['environment_id', 'email_lower'], 'identities_by_email');
  });
  await create('personnel_events', (t) => {
    id(t, 'id').primary();
    id(t, 'environment_id').notNullable();
    t.integer('number').notNullable();
    t.string('type', 20).notNullable();
    t.string('status', 20).notNullable();
    id(t, 'reporter_id').notNullable();
    t.string('reporter_name', 300).notNullable();
    id(t, 'identity_id').nullable();
    instant(t, 'needed_on').notNullable();
    instant(t, 'needed_until').nullable();
    instant(t, 'completed_on').nullable();
    instant(t, 'created_at').notNullable();
    /** When the system next acts on the event; null if no action is scheduled. */
    instant(t, 'due_at').nullable();
    exact(t, 'sort_key', 50).notNullable();
    longText(t, 'stages').notNullable();
    longText(t, 'requested_identity').nullable();
    t.unique(['environment_id', 'number'], { indexName: 'personnel_events_number' });
    t.index(['environment_id', 'sort_key'], 'personnel_events_by_date');
    t.index(['environment_id', 'type', 'sort_key'], 'personnel_events_by_type');
    t.index(['environment_id', 'status', 'sort_key'], 'personnel_events_by_status');
    t.index(['environment_id', 'type', 'status', 'sort_key'], 'personnel_events_by_both');
    t.index(['identity_id', 'sort_key'], 'personnel_events_of_identity');
    t.index(['due_at'], 'personnel_events_due');
  });
  await create('custom_field_values', (t) => {
    id(t, 'personnel_event_id').notNullable();
    t.string('field', 20).notNullable();
    id(t, 'organization_id').notNullable();
    /** The definition under which the value was given. A field that is switched off and on again gets a new definition. */
    id(t, 'definition_id').notNullable();
    longText(t, 'value').nullable();
    t.primary(['personnel_event_id', 'field']);
    t.index(['organization_id', 'field', 'definition_id'], 'custom_field_values_of_field');
  });
  await create('access_requests', (t) => {
    id(t, 'id').primary();
    id(t, 'environment_id').notNullable();
    t.integer('number').notNullable();
    t.string('action', 20).notNullable();
    t.string('status', 20).notNullable();
    id(t, 'reporter_id').notNullable();
    t.string('reporter_name', 300).notNullable();
    id(t, 'identity_id').notNullable();
    id(t, 'application_id').notNullable();
    exact(t, 'target_name', 600).notNullable();
    id(t, 'personnel_event_id').notNullable();
    t.string('stage', 20).notNullable();
    instant(t, 'needed_on').nullable();
    instant(t, 'created_at').notNullable();
    instant(t, 'resolved_on').nullable();
    t.string('resolved_by', 300).nullable();
    instant(t, 'completed_on').nullable();
    t.string('completed_by', 300).nullable();
    exact(t, 'sort_key', 20).notNullable();
    longText(t, 'privileges').notNullable();
    t.unique(['environment_id', 'number'], { indexName: 'access_requests_number' });
    const lists = { environment: ['environment_id'], application: ['environment_id', 'application_id'] };
    for (const [name, columns] of Object.entries(lists)) {
      t.index([...columns, 'sort_key'], `access_requests_of_${name}`);
      t.index([...columns, 'status', 'sort_key'], `access_requests_of_${name}_by_status`);
      t.index([...columns, 'action', 'sort_key'], `access_requests_of_${name}_by_action`);
      t.index([...columns, 'action', 'status', 'sort_key'], `access_requests_of_${name}_by_both`);
    }
    t.index(['identity_id', 'sort_key'], 'access_requests_of_identity');
    t.index(['personnel_event_id', 'sort_key'], 'access_requests_of_event');
  });
  // The history of events and access requests: their activities and comments.
  await create('activities', (t) => {
    t.bigIncrements('id');
    id(t, 'subject_id').notNullable();
    instant(t, 'at').notNullable();
    t.string('user', 300).notNullable();
    t.string('description', 1000).notNullable();
    t.index(['subject_id', 'id'], 'activities_of_subject');
  });
  await create('comments', (t) => {
    t.bigIncrements('position');
    id(t, 'id').notNullable().unique();
    id(t, 'subject_id').notNullable();
    t.string('author', 300).notNullable();
    longText(t, 'text').notNullable();
    instant(t, 'created_at').notNullable();
    t.index(['subject_id', 'position'], 'comments_of_subject');
  });

  const environments: { id: string }[] = await db('environments').select('id');
  const sequences = environments.flatMap(({ id }) =>
    ['personnel_events', 'access_requests'].map((name) => ({ environment_id: id, name, value: 0 })),
  );
  if (sequences.length > 0) await db('sequences').insert(sequences).onConflict(['environment_id', 'name']).ignore();
}

/**
 * Adds the columns that link an application's users to persons: employee number and e-mail address. Fills them for existing users from their
 * imported attributes.
 *
 * MySQL commits each statement, so an interrupted run leaves some steps done. Each step checks whether it is done; filling again is harmless.
 */
async function linkRecords(db: Knex, isMySql: boolean): Promise<void> {
  const links = { person_number: '$.employeeNumber', person_email: '$.emailAddress' };
  for (const [column, path] of Object.entries(links)) {
    const type = isMySql ? 'VARCHAR(512) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL' : 'TEXT';
    if (!(await db.schema.hasColumn('application_records', column)))
      await db.raw(`ALTER TABLE application_records ADD COLUMN ${column} ${type}`);
    const value = isMySql ? `JSON_UNQUOTE(JSON_EXTRACT(attributes, '${path}'))` : `json_extract(attributes, '${path}')`;
    const length = isMySql ? 'CHAR_LENGTH' : 'LENGTH';
    await db.raw(`UPDATE application_records SET ${column} = LOWER(${value}) WHERE rows_kind = 'users' AND ${length}(${value}) <= 256`);
    if (!isMySql) await lowerBeyondAscii(db, column);
    const index = `application_records_by_${column.replace('person_', '')}`;
    const columns = `(generation_id, ${column})`;
    await addIndex(db, isMySql, 'application_records', index, isMySql ? columns : `${columns} WHERE ${column} IS NOT NULL`);
  }
}

/** Lower-cases values with other characters than ASCII, which SQLite's LOWER does not change. */
async function lowerBeyondAscii(db: Knex, column: string): Promise<void> {
  const key = ['generation_id', 'rows_kind', 'record_key'];
  const rows = await db('application_records')
    .whereRaw(`${column} GLOB '*[^ -~]*'`)
    .select(...key, column);
  for (const { [column]: value, ...row } of rows)
    await db('application_records')
      .where(row)
      .update({ [column]: value.toLowerCase() });
}

async function addIndex(db: Knex, isMySql: boolean, table: string, index: string, on: string): Promise<void> {
  if (isMySql && (await db.raw('SHOW INDEX FROM ?? WHERE Key_name = ?', [table, index]))[0].length > 0) return;
  await db.raw(`CREATE INDEX ${isMySql ? '' : 'IF NOT EXISTS '}${index} ON ${table} ${on}`);
}
