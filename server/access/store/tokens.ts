import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Knex } from 'knex';
import { keyList } from '../../database/batched-lookup.ts';
import { type Db, inTransaction, runStatement } from '../../database/database.ts';
import { toInstant } from '../../database/instants.ts';
import { lockOrganization } from '../../organizations/store/organizations.ts';
import type { Scope } from '../../organizations/store/scope.ts';
import { type CredentialKind, fromStored, type Permission, type Stored, type TokenRow, type TokenView } from './token-rows.ts';
import { insertSecret } from './token-secrets.ts';

const written = (permissions: Permission[] | null) => (permissions === null ? null : JSON.stringify(permissions));

/** All that somebody reaches, of one kind or of both. */
function reached(db: Db, { organizationId, projectId, scopeEnvironmentId }: Scope, kind?: CredentialKind): Knex.QueryBuilder {
  const query = db('tokens').where('tokens.organization_id', organizationId);
  if (projectId !== null) query.where('tokens.project_id', projectId);
  if (scopeEnvironmentId !== null) query.where('tokens.environment_id', scopeEnvironmentId);
  return kind === undefined ? query : query.where('tokens.kind', kind);
}
const withKeys = (query: Knex.QueryBuilder): Knex.QueryBuilder =>
  query
    .leftJoin('projects', 'projects.id', 'tokens.project_id')
    .leftJoin('environments', 'environments.id', 'tokens.environment_id')
    .select('tokens.*', 'projects.key as project_key', 'environments.key as environment_key');

export async function findToken(
  db: Db,
  reach: Scope,
  kind: CredentialKind,
  id: string,
  { lock = false } = {},
): Promise<TokenView | undefined> {
  if (lock) await reached(db, reach, kind).where('tokens.id', id).forUpdate().first('tokens.id');
  const row = await withKeys(reached(db, reach, kind).where('tokens.id', id)).first();
  return row && fromStored<TokenView>(row);
}

interface ListOptions {
  limit: number;
  offset: number;
  /** Only these; for what a column alone does not say. */
  narrow?: (query: Knex.QueryBuilder) => void;
}

export async function listTokens(db: Db, reach: Scope, kind: CredentialKind, { limit, offset, narrow = () => {} }: ListOptions) {
  const all = () => {
    const query = reached(db, reach, kind);
    narrow(query);
    return query;
  };
  const rows: Stored<TokenView>[] = await withKeys(all()).orderBy('tokens.name').orderBy('tokens.id').limit(limit).offset(offset);
  const [count] = await all().count({ count: '*' });
  return { rows: rows.map((row) => fromStored<TokenView>(row)), totalCount: Number(count?.count) };
}

export type NewToken = Pick<TokenRow, 'organization_id' | 'access_level' | 'name' | 'secret_start' | 'created_by'> &
  Partial<TokenRow> & {
    /** Left out for an access key, whose secret is no credential itself. */
    secret_hash?: Buffer;
  };

export async function insertToken(db: Db, now: Date, token: NewToken): Promise<TokenRow> {
  const { secret_hash, ...values } = token;
  const row: TokenRow = {
    id: randomUUID(),
    kind: 'API Token',
    project_id: null,
    environment_id: null,
    level: 'Organization',
    permissions: null,
    encrypted_secret: null,
    access_key_id: null,
    is_replay_protected: false,
    created_at: toInstant(now),
    expires_at: null,
    disabled_at: null,
    last_used_at: null,
    ...values,
  };
  await inTransaction(db, async (trx) => {
    await lockOrganization(trx, row.organization_id);
    await trx('tokens').insert({ ...row, permissions: written(row.permissions) });
    if (secret_hash) await insertSecret(trx, row.id, secret_hash);
  });
  return row;
}

export async function updateToken(trx: Db, id: string, { permissions, ...changes }: Partial<TokenRow>): Promise<void> {
  await trx('tokens')
    .where({ id })
    .update({ ...changes, ...(permissions !== undefined && { permissions: written(permissions) }) });
}

/** As with look-ups, below the 200 values from which on MySQL trusts its statistics. */
export const deletedAtOnce = 100;

/**
 * With all that authenticates as them; answers how many they were. By id, because where a query says which, MySQL reads all secrets there are, and in
 * pieces, because the embedded database deletes on the event loop. Tokens first: whoever makes a secret of one holds its row, and is done before, or
 * finds none.
 */
async function deleteAll(trx: Db, tokens: Knex.QueryBuilder): Promise<number> {
  const ids: string[] = await tokens.orderBy('tokens.id').pluck('tokens.id');
  for (let from = 0; from < ids.length; from += deletedAtOnce) {
    if (from > 0) await turn();
    const { marks, values } = keyList(ids.slice(from, from + deletedAtOnce));
    await runStatement(trx, `DELETE FROM tokens WHERE id IN (${marks})`, values);
    for (const table of ['token_secrets', 'refresh_tokens', 'nonces'])
      await runStatement(trx, `DELETE FROM ${table} WHERE token_id IN (${marks})`, values);
  }
  return ids.length;
}

export const deleteToken = (db: Db, reach: Scope, kind: CredentialKind, id: string): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    await lockOrganization(trx, reach.organizationId);
    return (await deleteAll(trx, reached(trx, reach, kind).where('tokens.id', id))) > 0;
  });

/** Counts what somebody reaches, by kind, but for one. */
export async function countTokens(db: Db, reach: Scope, exceptId: string | null): Promise<Record<CredentialKind, number>> {
  const query = reached(db, reach);
  if (exceptId !== null) query.whereNot('tokens.id', exceptId);
  const rows: { kind: CredentialKind; count: number | string }[] = await query.groupBy('kind').select('kind').count({ count: '*' });
  const of = (kind: CredentialKind) => Number(rows.find((row) => row.kind === kind)?.count ?? 0);
  return { 'API Token': of('API Token'), 'Access Key': of('Access Key') };
}

export async function deleteTokens(trx: Db, reach: Scope, exceptId: string | null): Promise<void> {
  const all = reached(trx, reach);
  await deleteAll(trx, exceptId === null ? all : all.whereNot('tokens.id', exceptId));
}
