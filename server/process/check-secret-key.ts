import { deleteAllAccessKeys } from '../access/store/delete-tokens.ts';
import {
  deleteKeyFingerprint,
  deleteStoredSecrets,
  findKeyFingerprint,
  findLastEncryptedSecret,
  insertKeyFingerprint,
} from '../access/store/secret-key-check.ts';
import { decryptSecret } from '../access/stored-secrets.ts';
import { fingerprintOf, isFingerprintOf } from '../common/encryption.ts';
import type { Db } from '../database/database.ts';
import { inTransaction } from '../database/transactions.ts';
import { deleteAllIdempotencyKeys } from '../http/store/idempotency-keys.ts';

const wrongKey = () =>
  new Error(
    'the secret key (SECRET_KEY, or the file secret.key beside the database) is not the one of this database; restore that key, or if it is lost, run "npm run token -- forget-secrets"',
  );

/** Tells whether the key decrypts what is stored. For a database of a version that stored no fingerprint. */
async function isKeyOfStoredSecrets(db: Db, secretKey: Buffer): Promise<boolean> {
  const last = await findLastEncryptedSecret(db);
  if (!last) return true;
  try {
    decryptSecret(secretKey, last);
    return true;
  } catch {
    return false;
  }
}

/**
 * Throws if the stored secrets were encrypted with another secret key. The first start on a database stores the fingerprint of its key.
 *
 * With another key, every secret that the server stores would be readable by some processes only, and no earlier secret by any.
 */
export async function checkSecretKey(db: Db, secretKey: Buffer): Promise<void> {
  if ((await findKeyFingerprint(db)) === undefined) {
    if (!(await isKeyOfStoredSecrets(db, secretKey))) throw wrongKey();
    await insertKeyFingerprint(db, fingerprintOf(secretKey));
  }
  // Read again, because another process may have stored its fingerprint first.
  if (!isFingerprintOf(await findKeyFingerprint(db), secretKey)) throw wrongKey();
}

/**
 * Deletes everything that needs a lost secret key, so that a server can start with a new one.
 *
 * Deletes all access keys, because nobody can exchange them any more, and stored secrets and responses. Tokens stay valid.
 */
export const forgetSecrets = (db: Db): Promise<{ accessKeys: number; revealableTokens: number }> =>
  inTransaction(db, async (trx) => {
    const accessKeys = await deleteAllAccessKeys(trx);
    const revealableTokens = await deleteStoredSecrets(trx);
    await deleteAllIdempotencyKeys(trx);
    await deleteKeyFingerprint(trx);
    return { accessKeys, revealableTokens };
  });
