import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

export async function up(db: Knex): Promise<void> {
  const { isMySql, id, instant, create } = tablesOf(db);
  await create('idempotency_keys', (t) => {
    t.specificType('key_hash', isMySql ? 'BINARY(32)' : 'BLOB').primary();
    t.specificType('fingerprint', isMySql ? 'BINARY(32)' : 'BLOB').notNullable();
    id(t, 'lease_id').notNullable();
    instant(t, 'lease_until').notNullable();
    instant(t, 'created_at').notNullable();
    /** The encrypted first response; null until the request has finished. */
    t.specificType('answer', isMySql ? 'MEDIUMBLOB' : 'BLOB').nullable();
    t.index(['created_at'], 'idempotency_keys_by_age');
  });
}
