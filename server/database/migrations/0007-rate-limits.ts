import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

/** Creates the shared rate counters, on MySQL only. On SQLite one process serves all requests and counts in memory. */
export async function up(db: Knex): Promise<void> {
  const { isMySql, exact, create } = tablesOf(db);
  if (!isMySql) return;
  // The package rate-limiter-flexible prescribes the columns, their names and their order.
  await create('rate_limits', (t) => {
    exact(t, 'key', 255).notNullable().primary();
    t.integer('points').notNullable();
    t.bigInteger('expire').unsigned().nullable();
    t.index(['expire'], 'rate_limits_by_end');
  });
}
