import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

/** Only MySQL is used by several processes that must count together; one process alone, on SQLite, counts in its memory. */
export async function up(db: Knex): Promise<void> {
  const { isMySql, exact, create } = tablesOf(db);
  if (!isMySql) return;
  // The columns, their order and their names are those of rate-limiter-flexible.
  await create('rate_limits', (t) => {
    exact(t, 'key', 255).notNullable().primary();
    t.integer('points').notNullable();
    t.bigInteger('expire').unsigned().nullable();
    t.index(['expire'], 'rate_limits_by_end');
  });
}
