import type { Db } from '../../database/database.ts';
import { isDuplicateKey } from '../../database/database-errors.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { parseTokenRow, type TokenRow } from './token-rows.ts';

interface RefreshTokenRow {
  secret_hash: Buffer;
  token_id: string;
  /** Identifies all access and refresh tokens that descend from one exchange. They are revoked together. */
  family_id: string;
  expires_at: Instant;
  used_at: Instant | null;
}

/** Maximum rows of one table per call. */
const deleteBatchMax = 1_000;

async function findKeyBy(db: Db, where: Partial<TokenRow>, lock: boolean): Promise<TokenRow | undefined> {
  const query = db('tokens').where({ ...where, kind: 'Access Key' });
  const row = await (lock ? query.forUpdate() : query).first();
  return row && parseTokenRow<TokenRow>(row);
}

/** Finds an access key by its public id. Callers that add secrets must lock it: a concurrent deletion of the key then waits, and deletes these secrets. */
export const findAccessKey = (db: Db, access_key_id: string, { lock = false } = {}) => findKeyBy(db, { access_key_id }, lock);
export const findAccessKeyById = (db: Db, id: string, { lock = false } = {}) => findKeyBy(db, { id }, lock);

export const insertRefreshToken = async (trx: Db, row: Omit<RefreshTokenRow, 'used_at'>): Promise<void> => {
  await trx('refresh_tokens').insert({ ...row, used_at: null });
};

export const findRefreshToken = (db: Db, secretHash: Buffer): Promise<RefreshTokenRow | undefined> =>
  db<RefreshTokenRow>('refresh_tokens').where({ secret_hash: secretHash }).first();

/** Marks a refresh token as used. Returns false if it was used before or deleted. Of two concurrent calls, one returns true. */
export const markRefreshTokenUsed = async (trx: Db, secretHash: Buffer, now: Date): Promise<boolean> =>
  (await trx('refresh_tokens')
    .where({ secret_hash: secretHash })
    .whereNull('used_at')
    .update({ used_at: toInstant(now) })) > 0;

/** Refresh tokens of one exchange, which a second use of one of them deletes in one statement. Those of the last day are stored. */
export const refreshesMax = 1_000;

/** Tells whether one exchange has so many refresh tokens that no more may be added. */
export const isFamilyFull = async (trx: Db, familyId: string): Promise<boolean> =>
  (await trx('refresh_tokens')
    .where({ family_id: familyId })
    .offset(refreshesMax - 1)
    .limit(1)
    .first('family_id')) !== undefined;

/** Revokes all access and refresh tokens of one exchange. */
export async function deleteTokenFamily(trx: Db, familyId: string): Promise<void> {
  for (const table of ['token_secrets', 'refresh_tokens']) await trx(table).where({ family_id: familyId }).delete();
}

/** Stores a nonce. Returns false if this access key has used it before. */
export async function claimNonce(trx: Db, tokenId: string, nonceHash: Buffer, expiresAt: Instant): Promise<boolean> {
  try {
    await trx('nonces').insert({ token_id: tokenId, nonce_hash: nonceHash, expires_at: expiresAt });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Deletes one batch of secrets, refresh tokens and nonces that expired before an instant. Returns whether there may be more. */
export async function deleteExpiredSecrets(db: Db, before: Date): Promise<boolean> {
  const keys = { token_secrets: 'secret_hash', refresh_tokens: 'secret_hash', nonces: 'nonce_hash' };
  let hasMore = false;
  for (const [table, key] of Object.entries(keys)) {
    const expired = () => db(table).where('expires_at', '<', toInstant(before));
    const rows: (Record<string, Buffer> & { expires_at: Instant })[] = await expired()
      .orderBy('expires_at')
      .limit(deleteBatchMax)
      .select(key, 'expires_at');
    const last = rows.at(-1);
    // The condition on expires_at lets the database use an index: nonces have none on the hash alone.
    if (last)
      await expired()
        .where('expires_at', '<=', last.expires_at)
        .whereIn(key, rows.map((row) => row[key]) as Buffer[])
        .delete();
    hasMore ||= rows.length === deleteBatchMax;
  }
  return hasMore;
}
