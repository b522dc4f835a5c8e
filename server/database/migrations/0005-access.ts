import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

/** Each step first checks whether an interrupted run has already done it, because MySQL cannot roll back changes of tables. */
export async function up(db: Knex): Promise<void> {
  const { isMySql, id, exact, instant, longText, create } = tablesOf(db);
  const hash = isMySql ? 'BINARY(32)' : 'BLOB';
  const add = async (table: string, column: string, define: (t: Knex.AlterTableBuilder) => void) => {
    if (!(await db.schema.hasColumn(table, column))) await db.schema.alterTable(table, define);
  };

  await add('organizations', 'is_host', (t) => t.boolean('is_host').notNullable().defaultTo(false));
  const first = await db('organizations').orderBy('created_at').first('id');
  if (first) await db('organizations').where({ id: first.id }).update({ is_host: true });
  await add('organizations', 'max_token_lifetime_days', (t) => t.integer('max_token_lifetime_days').nullable());

  await add('tokens', 'kind', (t) => t.string('kind', 20).notNullable().defaultTo('API Token'));
  await add('tokens', 'permissions', (t) => longText(t as Knex.CreateTableBuilder, 'permissions').nullable());
  await add('tokens', 'sealed_secret', (t) => t.specificType('sealed_secret', isMySql ? 'VARBINARY(512)' : 'BLOB').nullable());
  await add('tokens', 'access_key_id', (t) => exact(t as Knex.CreateTableBuilder, 'access_key_id', 40).nullable());
  await add('tokens', 'is_replay_protected', (t) => t.boolean('is_replay_protected').notNullable().defaultTo(false));

  if (await db.schema.hasColumn('tokens', 'secret_hash')) {
    // An interrupted run may have copied some secrets. All are copied again.
    if (await db.schema.hasTable('token_secrets')) await db.schema.dropTable('token_secrets');
    await create('token_secrets', (t) => {
      t.specificType('secret_hash', hash).notNullable().primary();
      id(t, 'token_id').notNullable();
      /** Shared by the access tokens of one exchange and its refreshes, which are revoked together. */
      id(t, 'family_id').nullable();
      instant(t, 'expires_at').nullable();
      t.index(['token_id'], 'token_secrets_of_token');
      t.index(['family_id'], 'token_secrets_of_family');
      t.index(['expires_at'], 'token_secrets_by_end');
    });
    await db.raw('INSERT INTO token_secrets (secret_hash, token_id) SELECT secret_hash, id FROM tokens');
    const indexes = [
      ['UNIQUE INDEX', 'tokens_access_key_id', 'access_key_id'],
      ['INDEX', 'tokens_of_project', 'project_id'],
      ['INDEX', 'tokens_of_environment', 'environment_id'],
    ] as const;
    if (isMySql) {
      const added = indexes.map(([what, name, column]) => `ADD ${what} ${name} (${column})`);
      await db.raw(`ALTER TABLE tokens DROP COLUMN secret_hash, ${added.join(', ')}`);
    } else {
      await db.raw('DROP INDEX tokens_secret_hash_unique');
      await db.raw('ALTER TABLE tokens DROP COLUMN secret_hash');
      for (const [what, name, column] of indexes) await db.raw(`CREATE ${what} ${name} ON tokens (${column})`);
    }
  }
  await create('refresh_tokens', (t) => {
    t.specificType('secret_hash', hash).notNullable().primary();
    id(t, 'token_id').notNullable();
    id(t, 'family_id').notNullable();
    instant(t, 'expires_at').notNullable();
    instant(t, 'used_at').nullable();
    t.index(['token_id'], 'refresh_tokens_of_token');
    t.index(['family_id'], 'refresh_tokens_of_family');
    t.index(['expires_at'], 'refresh_tokens_by_end');
  });
  /** Nonces that access keys with replay protection have already used. */
  await create('nonces', (t) => {
    id(t, 'token_id').notNullable();
    t.specificType('nonce_hash', hash).notNullable();
    instant(t, 'expires_at').notNullable();
    t.primary(['token_id', 'nonce_hash']);
    t.index(['expires_at'], 'nonces_by_end');
  });
  // The stored responses are encrypted with the caller's secret, which can change from now on.
  await db('idempotency_keys').delete();
}
