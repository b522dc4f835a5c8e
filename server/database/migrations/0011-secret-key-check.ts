import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

export async function up(db: Knex): Promise<void> {
  const { isMySql, create } = tablesOf(db);
  /** At most one row, which tells whether a server has the secret key that encrypted the stored secrets. */
  await create('secret_key_check', (t) => {
    t.integer('id').notNullable().primary();
    t.specificType('fingerprint', isMySql ? 'BINARY(32)' : 'BLOB').notNullable();
  });
}
