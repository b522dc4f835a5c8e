import type { Knex } from 'knex';
import { dropEmpty, tablesOf } from './tables.ts';

export async function up(db: Knex): Promise<void> {
  const { isMySql, id, exact, instant, longText, create } = tablesOf(db);
  await create('organizations', (t) => {
    id(t, 'id').primary();
    exact(t, 'key', 100).notNullable().unique();
    t.string('name', 200).notNullable();
    id(t, 'default_environment_id').nullable();
    instant(t, 'created_at').notNullable();
  });
  await create('projects', (t) => {
    id(t, 'id').primary();
    id(t, 'organization_id').notNullable();
    exact(t, 'key', 100).notNullable();
    t.string('name', 200).notNullable();
    instant(t, 'created_at').notNullable();
    t.unique(['organization_id', 'key'], { indexName: 'projects_key' });
  });
  await create('environments', (t) => {
    id(t, 'id').primary();
    id(t, 'project_id').notNullable();
    exact(t, 'key', 100).notNullable();
    t.string('name', 200).notNullable();
    instant(t, 'created_at').notNullable();
    t.unique(['project_id', 'key'], { indexName: 'environments_key' });
  });
  await create('sequences', (t) => {
    id(t, 'environment_id').notNullable();
    t.string('name', 40).notNullable();
    t.integer('value').notNullable();
    t.primary(['environment_id', 'name']);
  });
  await create('tokens', (t) => {
    id(t, 'id').primary();
    id(t, 'organization_id').notNullable();
    id(t, 'project_id').nullable();
    id(t, 'environment_id').nullable();
    t.string('level', 20).notNullable();
    t.string('access_level', 20).notNullable();
    t.string('name', 100).notNullable();
    t.specificType('secret_hash', isMySql ? 'BINARY(32)' : 'BLOB')
      .notNullable()
      .unique();
    exact(t, 'secret_start', 20).notNullable();
    t.string('created_by', 300).notNullable();
    instant(t, 'created_at').notNullable();
    instant(t, 'expires_at').nullable();
    instant(t, 'disabled_at').nullable();
    instant(t, 'last_used_at').nullable();
    t.index(['organization_id', 'name', 'id'], 'tokens_by_name');
  });
  await create('applications', (t) => {
    id(t, 'id').primary();
    id(t, 'environment_id').notNullable();
    t.string('name', 200).notNullable();
    t.string('priority', 20).notNullable();
    t.boolean('is_archived').notNullable();
    t.integer('change_limit_percent').nullable();
    longText(t, 'connector').nullable();
    longText(t, 'import_schedule').nullable();
    instant(t, 'next_run_at').nullable();
    t.integer('generation_id').nullable();
    instant(t, 'last_updated').nullable();
    instant(t, 'created_at').notNullable();
    t.index(['environment_id', 'name', 'id'], 'applications_by_name');
    t.index(['next_run_at'], 'applications_due');
    t.index(['generation_id'], 'applications_generation');
  });
  await create('application_imports', (t) => {
    id(t, 'id').primary();
    id(t, 'environment_id').notNullable();
    id(t, 'application_id').notNullable();
    t.integer('number').notNullable();
    t.string('type', 20).notNullable();
    t.string('status', 20).notNullable();
    t.string('created_by', 300).notNullable();
    instant(t, 'created_at').notNullable();
    instant(t, 'build_start').nullable();
    instant(t, 'build_end').nullable();
    /** Sort key of lists: `build_start`, or a date after all others until the build starts. */
    instant(t, 'sort_at').notNullable();
    longText(t, 'log').nullable();
    longText(t, 'metrics').nullable();
    id(t, 'lease_id').nullable();
    instant(t, 'lease_until').nullable();
    instant(t, 'files_deleted_at').nullable();
    t.unique(['environment_id', 'number'], { indexName: 'application_imports_number' });
    t.index(['environment_id', 'sort_at', 'number'], 'application_imports_by_start');
    t.index(['application_id', 'sort_at', 'number'], 'application_imports_of_application');
    t.index(['status', 'created_at'], 'application_imports_open');
    t.index(['lease_id'], 'application_imports_lease');
    t.index(['build_end'], 'application_imports_by_end');
  });
  await create('application_import_files', (t) => {
    id(t, 'id').primary();
    id(t, 'application_import_id').notNullable();
    id(t, 'file_group_id').notNullable();
    t.string('file_group', 200).notNullable();
    t.integer('position').notNullable();
    t.string('name', 255).notNullable();
    t.bigInteger('bytes').notNullable();
    t.specificType('sha256', isMySql ? 'BINARY(32)' : 'BLOB').notNullable();
    t.unique(['application_import_id', 'file_group_id'], { indexName: 'application_import_files_group' });
  });
  await create('generations', (t) => {
    t.increments('id');
    id(t, 'application_id').notNullable();
    id(t, 'application_import_id').notNullable();
    id(t, 'lease_id').notNullable();
    t.text('record_counts').nullable();
    instant(t, 'created_at').notNullable();
    t.index(['application_id'], 'generations_of_application');
  });
  if (!isMySql) {
    // Raw SQL, because knex cannot express WITHOUT ROWID. It stores one tree instead of a table and an index, which halves the loading time.
    await dropEmpty(db, 'application_records');
    await db.raw(
      `CREATE TABLE application_records (generation_id INTEGER NOT NULL, rows_kind TEXT NOT NULL, record_key TEXT NOT NULL,
         position INTEGER NOT NULL, attributes TEXT NOT NULL, PRIMARY KEY (generation_id, rows_kind, record_key)) WITHOUT ROWID`,
    );
    return;
  }
  await create('application_records', (t) => {
    t.integer('generation_id').notNullable();
    t.specificType('rows_kind', 'VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin').notNullable();
    exact(t, 'record_key', 512).notNullable();
    t.integer('position').notNullable();
    longText(t, 'attributes').notNullable();
    t.primary(['generation_id', 'rows_kind', 'record_key']);
  });
}
