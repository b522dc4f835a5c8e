import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

export async function up(db: Knex): Promise<void> {
  const { isMySql, id, exact, instant, longText, create } = tablesOf(db);
  const bytes = isMySql ? 'MEDIUMBLOB' : 'BLOB';
  await create('api_log', (t) => {
    /** Empty for calls that have no known caller. */
    id(t, 'organization_id').notNullable();
    /** The correlation id, which begins with the time. */
    t.specificType('id', isMySql ? 'BINARY(16)' : 'BLOB').notNullable();
    instant(t, 'called_at').notNullable();
    t.string('actor_kind', 20).nullable();
    id(t, 'actor_id').nullable();
    exact(t, 'actor_name', 255).nullable();
    exact(t, 'operation', 100).nullable();
    exact(t, 'method', 20).notNullable();
    exact(t, 'path', 2000).notNullable();
    longText(t, 'query').notNullable();
    t.integer('status').notNullable();
    t.integer('duration_ms').notNullable();
    exact(t, 'client_address', 100).notNullable();
    id(t, 'environment_id').nullable();
    t.specificType('request_body', bytes).nullable();
    t.boolean('request_is_cut').notNullable();
    t.specificType('response_body', bytes).nullable();
    t.boolean('response_is_cut').notNullable();
    longText(t, 'files').nullable();
    // The only index, because every call pays for each index.
    t.primary(['organization_id', 'id']);
  });
}
