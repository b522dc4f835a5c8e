import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Db } from '../../database/database.ts';
import { toInstant } from '../../database/instants.ts';
import { inTransaction } from '../../database/transactions.ts';
import { lockOrganization } from '../../organizations/store/organizations.ts';
import type { Scope } from '../../organizations/store/scope.ts';
import { type CredentialKind, type Permission, parseTokenRow, type StoredToken, type TokenRow, type TokenView } from './token-rows.ts';
import { insertSecret } from './token-secrets.ts';

const permissionsText = (permissions: Permission[] | null) => (permissions === null ? null : JSON.stringify(permissions));

/** Starts a query of the credentials in a scope, of one kind or of both. */
export function tokensInScope(db: Db, { organizationId, projectId, scopeEnvironmentId }: Scope, kind?: CredentialKind): Knex.QueryBuilder {
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
  scope: Scope,
  kind: CredentialKind,
  id: string,
  { lock = false } = {},
): Promise<TokenView | undefined> {
  if (lock) await tokensInScope(db, scope, kind).where('tokens.id', id).forUpdate().first('tokens.id');
  const row = await withKeys(tokensInScope(db, scope, kind).where('tokens.id', id)).first();
  return row && parseTokenRow<TokenView>(row);
}

interface ListOptions {
  limit: number;
  offset: number;
  /** Adds conditions to the query. */
  filter?: (query: Knex.QueryBuilder) => void;
}

export async function listTokens(db: Db, scope: Scope, kind: CredentialKind, { limit, offset, filter = () => {} }: ListOptions) {
  const matching = () => {
    const query = tokensInScope(db, scope, kind);
    filter(query);
    return query;
  };
  const rows: StoredToken<TokenView>[] = await withKeys(matching()).orderBy('tokens.name').orderBy('tokens.id').limit(limit).offset(offset);
  const [count] = await matching().count({ count: '*' });
  return { rows: rows.map((row) => parseTokenRow<TokenView>(row)), totalCount: Number(count?.count) };
}

export type NewToken = Pick<TokenRow, 'organization_id' | 'access_level' | 'name' | 'secret_start' | 'created_by'> &
  Partial<TokenRow> & {
    /** Omitted for an access key: its secret signs requests for access tokens and is never sent. */
    secret_hash?: Buffer;
  };

/** Adds a credential with its secret. Locks the organization first, so it waits for a running revocation of all tokens. */
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
    creator_id: null,
    is_creator_deleted: false,
    created_at: toInstant(now),
    expires_at: null,
    disabled_at: null,
    last_used_at: null,
    ...values,
  };
  await inTransaction(db, async (trx) => {
    await lockOrganization(trx, row.organization_id);
    await trx('tokens').insert({ ...row, permissions: permissionsText(row.permissions) });
    if (secret_hash) await insertSecret(trx, row.id, secret_hash);
  });
  return row;
}

export async function updateToken(trx: Db, id: string, { permissions, ...changes }: Partial<TokenRow>): Promise<void> {
  await trx('tokens')
    .where({ id })
    .update({ ...changes, ...(permissions !== undefined && { permissions: permissionsText(permissions) }) });
}

/** Counts the credentials in a scope by kind, without the one with `exceptId`. */
export async function countTokens(db: Db, scope: Scope, exceptId: string | null): Promise<Record<CredentialKind, number>> {
  const query = tokensInScope(db, scope);
  if (exceptId !== null) query.whereNot('tokens.id', exceptId);
  const rows: { kind: CredentialKind; count: number | string }[] = await query.groupBy('kind').select('kind').count({ count: '*' });
  const countOf = (kind: CredentialKind) => Number(rows.find((row) => row.kind === kind)?.count ?? 0);
  return { 'API Token': countOf('API Token'), 'Access Key': countOf('Access Key') };
}

/** Tells whether an organization has at least this number of credentials. Reads that number at most. */
export const hasTokens = async (db: Db, organizationId: string, count: number): Promise<boolean> =>
  (await db('tokens')
    .where({ organization_id: organizationId })
    .orderBy(['name', 'id'])
    .offset(count - 1)
    .limit(1)
    .first('id')) !== undefined;

/** Tells whether anybody has ever called with a credential of this database. */
export const isAnyTokenUsed = async (db: Db): Promise<boolean> =>
  (await db('tokens').whereNotNull('last_used_at').first('id')) !== undefined;
