import { type Db, isDuplicateKey } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { fromStored, type TokenRow } from './token-rows.ts';

export interface RefreshTokenRow {
  secret_hash: Buffer;
  token_id: string;
  /** What came from one exchange, and ends together. */
  family_id: string;
  expires_at: Instant;
  used_at: Instant | null;
}

const deleteStep = 1_000;

async function findKey(db: Db, where: Partial<TokenRow>, lock: boolean): Promise<TokenRow | undefined> {
  const query = db('tokens').where({ ...where, kind: 'Access Key' });
  const row = await (lock ? query.forUpdate() : query).first();
  return row && fromStored<TokenRow>(row);
}
/** The access key that callers name by its public id; locked, where new secrets are to be made for it, so that none outlives it. */
export const findAccessKey = (db: Db, access_key_id: string, { lock = false } = {}) => findKey(db, { access_key_id }, lock);
export const findAccessKeyById = (db: Db, id: string, { lock = false } = {}) => findKey(db, { id }, lock);

export const insertRefreshToken = async (trx: Db, row: Omit<RefreshTokenRow, 'used_at'>): Promise<void> => {
  await trx('refresh_tokens').insert({ ...row, used_at: null });
};

export const findRefreshToken = (db: Db, secretHash: Buffer): Promise<RefreshTokenRow | undefined> =>
  db<RefreshTokenRow>('refresh_tokens').where({ secret_hash: secretHash }).first();

/** False when it was used before, or is gone: of two that use it at the same moment one does. */
export const useRefreshToken = async (trx: Db, secretHash: Buffer, now: Date): Promise<boolean> =>
  (await trx('refresh_tokens')
    .where({ secret_hash: secretHash })
    .whereNull('used_at')
    .update({ used_at: toInstant(now) })) > 0;

/** Ends all that came from one exchange. */
export async function deleteFamily(trx: Db, familyId: string): Promise<void> {
  for (const table of ['token_secrets', 'refresh_tokens']) await trx(table).where({ family_id: familyId }).delete();
}

/** False when this key has seen it before. */
export async function claimNonce(trx: Db, tokenId: string, nonceHash: Buffer, expiresAt: Instant): Promise<boolean> {
  try {
    await trx('nonces').insert({ token_id: tokenId, nonce_hash: nonceHash, expires_at: expiresAt });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Deletes some of what has ended by itself. Answers whether there may be more. */
export async function deleteEndedSecrets(db: Db, before: Date): Promise<boolean> {
  const keys = { token_secrets: 'secret_hash', refresh_tokens: 'secret_hash', nonces: 'nonce_hash' };
  let hasMore = false;
  for (const [table, key] of Object.entries(keys)) {
    const ended = () => db(table).where('expires_at', '<', toInstant(before));
    const rows: (Record<string, Buffer> & { expires_at: Instant })[] = await ended()
      .orderBy('expires_at')
      .limit(deleteStep)
      .select(key, 'expires_at');
    const last = rows.at(-1);
    // Not among all that have ended: the key alone is no index of nonces.
    if (last)
      await ended()
        .where('expires_at', '<=', last.expires_at)
        .whereIn(key, rows.map((row) => row[key]) as Buffer[])
        .delete();
    hasMore ||= rows.length === deleteStep;
  }
  return hasMore;
}
