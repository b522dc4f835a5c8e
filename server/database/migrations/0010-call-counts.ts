import type { Knex } from 'knex';

/**
 * Adds the number of calls for which a row of the API log stands.
 *
 * Skips an existing column: MySQL commits each statement, so an interrupted run may have added it.
 */
export async function up(db: Knex): Promise<void> {
  if (await db.schema.hasColumn('api_log', 'call_count')) return;
  await db.schema.alterTable('api_log', (t) => {
    t.integer('call_count').notNullable().defaultTo(1);
  });
}
