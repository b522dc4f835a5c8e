import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

export async function up(db: Knex): Promise<void> {
  const { id, create } = tablesOf(db);
  /** Deleted tokens and access keys whose secrets a job still has to delete. */
  await create('deleted_tokens', (t) => {
    id(t, 'token_id').primary();
  });
}
