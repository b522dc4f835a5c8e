import { randomUUID } from 'node:crypto';
import { type Db, inTransaction } from './database.ts';
import { type Instant, toInstant } from './instants.ts';

export interface TokenRow {
  id: string;
  organization_id: string;
  project_id: string | null;
  environment_id: string | null;
  level: 'Organization' | 'Project' | 'Environment';
  access_level: 'Administrator' | 'Write' | 'Read';
  name: string;
  secret_hash: Buffer;
  secret_start: string;
  created_by: string;
  created_at: Instant;
  expires_at: Instant | null;
  disabled_at: Instant | null;
  last_used_at: Instant | null;
}

/** A token with what a call needs to know of its organization. */
export interface TokenByHash extends TokenRow {
  default_environment_id: string;
}

/** One query for all hashes asked for at once; in no order, missing ones left out. */
export const listTokensByHash = (db: Db, hashes: readonly Buffer[]): Promise<TokenByHash[]> =>
  db('tokens')
    .join('organizations', 'organizations.id', 'tokens.organization_id')
    .whereIn('secret_hash', hashes as Buffer[])
    .select('tokens.*', 'organizations.default_environment_id');

export const findToken = (db: Db, organizationId: string, id: string): Promise<TokenRow | undefined> =>
  db<TokenRow>('tokens').where({ organization_id: organizationId, id }).first();

export async function listTokens(db: Db, organizationId: string, { limit, offset }: { limit: number; offset: number }) {
  const all = () => db<TokenRow>('tokens').where({ organization_id: organizationId });
  const rows: TokenRow[] = await all().orderBy('name').orderBy('id').limit(limit).offset(offset);
  const [count] = await all().count({ count: '*' });
  return { rows, totalCount: Number(count?.count) };
}

export async function insertToken(
  db: Db,
  now: Date,
  token: Pick<TokenRow, 'organization_id' | 'access_level' | 'name' | 'secret_hash' | 'secret_start' | 'created_by'> &
    Partial<Pick<TokenRow, 'id' | 'expires_at'>>,
): Promise<TokenRow> {
  const row: TokenRow = {
    id: randomUUID(),
    project_id: null,
    environment_id: null,
    level: 'Organization',
    created_at: toInstant(now),
    expires_at: null,
    disabled_at: null,
    last_used_at: null,
    ...token,
  };
  await db('tokens').insert(row);
  return row;
}

export const updateToken = async (
  db: Db,
  organizationId: string,
  id: string,
  changes: Partial<Pick<TokenRow, 'name' | 'expires_at'>>,
): Promise<boolean> => (await db('tokens').where({ organization_id: organizationId, id }).update(changes)) > 0;

export const deleteToken = async (db: Db, organizationId: string, id: string): Promise<boolean> =>
  (await db('tokens').where({ organization_id: organizationId, id }).delete()) > 0;

/** Only forward: of two processes that saw the same token, the later use stays. */
export const updateTokensLastUsed = (db: Db, uses: Iterable<[tokenId: string, usedAt: Date]>): Promise<void> =>
  inTransaction(db, async (trx) => {
    for (const [id, usedAt] of uses) {
      const last_used_at = toInstant(usedAt);
      await trx('tokens')
        .where({ id })
        .where((older) => older.whereNull('last_used_at').orWhere('last_used_at', '<', last_used_at))
        .update({ last_used_at });
    }
  });
