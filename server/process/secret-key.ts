import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { closeToOthers, createPrivateFolder, privateFileMode } from '../database/private-files.ts';

const keyBytes = 32;
const embeddedScheme = 'sqlite:';
const inMemoryUrl = 'sqlite::memory:';

/** Decodes a key of 32 bytes from base64. Returns undefined for any other text. */
export function parseSecretKey(text: string): Buffer | undefined {
  const key = Buffer.from(text.trim(), 'base64');
  return key.length === keyBytes && key.toString('base64') === text.trim() ? key : undefined;
}

/**
 * Returns the server's encryption key: the configured one, or the one in the file `secret.key` next to the embedded database.
 *
 * The first start creates that file. Processes that start at the same time get the same key. An in-memory database gets a new random key, because
 * its data ends with the process. Throws if the file does not contain a valid key.
 */
export function readSecretKey({ secretKey, databaseUrl }: { secretKey: Buffer | undefined; databaseUrl: string }): Buffer {
  if (secretKey) return secretKey;
  if (databaseUrl === inMemoryUrl) return randomBytes(keyBytes);
  const path = join(dirname(databaseUrl.slice(embeddedScheme.length)), 'secret.key');
  createPrivateFolder(dirname(path));
  const temporaryPath = `${path}.${randomUUID()}`;
  try {
    // Linking a complete file is atomic: no process reads half a key, and only the first link succeeds.
    writeFileSync(temporaryPath, `${randomBytes(keyBytes).toString('base64')}\n`, { mode: privateFileMode });
    linkSync(temporaryPath, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporaryPath, { force: true });
  }
  closeToOthers(path);
  const key = parseSecretKey(readFileSync(path, 'utf8'));
  if (!key)
    throw new Error(`${path} does not contain 32 bytes in base64; restore the original file, because it decrypts the stored secrets`);
  return key;
}
