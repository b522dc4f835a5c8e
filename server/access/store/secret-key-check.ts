import type { Db } from '../../database/database.ts';
import { isDuplicateKey } from '../../database/database-errors.ts';
import { parseTokenRow, type TokenRow } from './token-rows.ts';

const rowId = 1;

/** Returns the fingerprint of the secret key that the stored secrets are encrypted with; undefined if none was stored yet. */
export async function findKeyFingerprint(db: Db): Promise<Buffer | undefined> {
  const row: { fingerprint: Buffer } | undefined = await db('secret_key_check').where({ id: rowId }).first();
  return row?.fingerprint;
}

/** Stores a fingerprint, unless there is one already. */
export async function insertKeyFingerprint(db: Db, fingerprint: Buffer): Promise<void> {
  try {
    await db('secret_key_check').insert({ id: rowId, fingerprint });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

export const deleteKeyFingerprint = (db: Db): Promise<number> => db('secret_key_check').delete();

/** Returns the credential whose secret was encrypted last; undefined if no secret is stored. */
export async function findLastEncryptedSecret(db: Db): Promise<TokenRow | undefined> {
  const row = await db('tokens').whereNotNull('encrypted_secret').orderBy('created_at', 'desc').first();
  return row && parseTokenRow<TokenRow>(row);
}

/** Deletes the stored secrets of revealable tokens. The tokens stay valid. Returns their number. */
export const deleteStoredSecrets = (db: Db): Promise<number> =>
  db('tokens').where({ kind: 'API Token' }).whereNotNull('encrypted_secret').update({ encrypted_secret: null });
