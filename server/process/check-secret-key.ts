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
import { isInMemory } from '../database/embedded.ts';
import { inTransaction } from '../database/transactions.ts';
import { deleteAllIdempotencyKeys } from '../http/store/idempotency-keys.ts';
import type { Config } from './config.ts';
import { createKeyFile, keyFileOf, newSecretKey, readKeyFile, withoutKey } from './secret-key.ts';

const wrongKey = (source: string) =>
  new Error(
    `${source} is not the secret key of this database: the secrets in it were encrypted with another one. Restore the original key. ${withoutKey}`,
  );

const lostKey = (path: string) =>
  new Error(
    `the secret key of this database is missing: there is no file ${path}, and SECRET_KEY is not set. It encrypts the secrets of access keys and revealable tokens. Put the file back, or set SECRET_KEY. ${withoutKey}`,
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

/** Throws if the stored secrets were encrypted with another secret key. The first start on a database stores the fingerprint of its key. */
async function requireKeyOf(db: Db, secretKey: Buffer, source: string): Promise<void> {
  if ((await findKeyFingerprint(db)) === undefined) {
    if (!(await isKeyOfStoredSecrets(db, secretKey))) throw wrongKey(source);
    await insertKeyFingerprint(db, fingerprintOf(secretKey));
  }
  // Read again, because another process may have stored its fingerprint first.
  if (!isFingerprintOf(await findKeyFingerprint(db), secretKey)) throw wrongKey(source);
}

/** Tells whether the database belongs to a secret key, which must then not be replaced by a new one. */
const belongsToKey = async (db: Db): Promise<boolean> =>
  (await findKeyFingerprint(db)) !== undefined || (await findLastEncryptedSecret(db)) !== undefined;

/** Returns the key in the file beside an embedded database. Only the first start on a database creates the file. */
async function keyBeside(db: Db, path: string): Promise<Buffer> {
  const key = readKeyFile(path);
  if (key) return key;
  if (!(await belongsToKey(db))) return createKeyFile(path);
  // Read again, because another process may have created the file first.
  const created = readKeyFile(path);
  if (!created) throw lostKey(path);
  return created;
}

/**
 * Returns the server's encryption key: the configured one, or the one in the file `secret.key` beside the embedded database.
 *
 * Throws if the database belongs to another key, or to one that is missing: with a new key, every secret that the server stores would be readable by
 * some processes only, and no earlier secret by any. An in-memory database gets a new random key, because its data ends with the process.
 */
export async function requireSecretKey(db: Db, { secretKey, databaseUrl }: Pick<Config, 'secretKey' | 'databaseUrl'>): Promise<Buffer> {
  if (!secretKey && isInMemory(databaseUrl)) return newSecretKey();
  const [key, source] = secretKey ? [secretKey, 'SECRET_KEY'] : [await keyBeside(db, keyFileOf(databaseUrl)), keyFileOf(databaseUrl)];
  await requireKeyOf(db, key, source);
  return key;
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
