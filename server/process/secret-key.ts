import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileOf } from '../database/embedded.ts';
import { closeToOthers, createPrivateFolder, privateFileMode } from '../database/private-files.ts';

const keyBytes = 32;

export const newSecretKey = (): Buffer => randomBytes(keyBytes);

/** Decodes a key of 32 bytes from base64. Returns undefined for any other text. */
export function parseSecretKey(text: string): Buffer | undefined {
  const key = Buffer.from(text.trim(), 'base64');
  return key.length === keyBytes && key.toString('base64') === text.trim() ? key : undefined;
}

/** Returns the path of the file that has the key of an embedded database, beside the database. */
export const keyFileOf = (databaseUrl: string): string => join(dirname(fileOf(databaseUrl)), 'secret.key');

/** How to continue without the secret key. All messages about a lost or wrong key end with it. */
export const withoutKey =
  'If it is lost for good, stop all processes and run "npm run token -- forget-secrets": all access keys and stored secrets are deleted, tokens stay valid, and the next start takes a new key. See "A lost secret key" in docs/guides/operating.md';

/** Reads a key file. Returns undefined if it does not exist. Throws if it cannot be read or does not contain a valid key. */
export function readKeyFile(path: string): Buffer | undefined {
  let text: string;
  try {
    closeToOthers(path);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new Error(`the secret key ${path} cannot be read (${code}); it must be a file that the user who runs Gatehouse may read`);
  }
  const key = parseSecretKey(text);
  if (!key)
    throw new Error(`${path} does not contain 32 bytes in base64; put the original file back. ${withoutKey}, after you deleted this file`);
  return key;
}

/**
 * Creates a key file with a new random key, and returns its key.
 *
 * Never replaces a file: of processes that create it at the same time, all get the key of the first.
 */
export function createKeyFile(path: string): Buffer {
  const temporaryPath = `${path}.${randomUUID()}`;
  try {
    createPrivateFolder(dirname(path));
    // Linking a complete file is atomic: no process reads half a key, and only the first link succeeds.
    writeFileSync(temporaryPath, `${newSecretKey().toString('base64')}\n`, { mode: privateFileMode });
    linkSync(temporaryPath, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw new Error(`the secret key ${path} cannot be created (${code}); check its folder, or set SECRET_KEY`);
  } finally {
    rmSync(temporaryPath, { force: true });
  }
  return readKeyFile(path) as Buffer;
}
