import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const keyBytes = 32;
const embedded = 'sqlite:';
const memory = 'sqlite::memory:';

/** 32 bytes written as base64; undefined for any other text. */
export function parseSecretKey(text: string): Buffer | undefined {
  const key = Buffer.from(text.trim(), 'base64');
  return key.length === keyBytes && key.toString('base64') === text.trim() ? key : undefined;
}

/**
 * The server's key: as it is set, or else, with an embedded database, from the file `secret.key` beside it, which the first start makes. Of processes
 * that start together all get the same. An in-memory database goes with its process, and so does its key.
 */
export function readSecretKey({ secretKey, databaseUrl }: { secretKey: Buffer | undefined; databaseUrl: string }): Buffer {
  if (secretKey) return secretKey;
  if (databaseUrl === memory) return randomBytes(keyBytes);
  const path = join(dirname(databaseUrl.slice(embedded.length)), 'secret.key');
  mkdirSync(dirname(path), { recursive: true });
  const written = `${path}.${randomUUID()}`;
  try {
    // Linked only when it is whole: nobody reads half a key, and the first link is the one that counts.
    writeFileSync(written, `${randomBytes(keyBytes).toString('base64')}\n`, { mode: 0o600 });
    linkSync(written, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(written, { force: true });
  }
  const key = parseSecretKey(readFileSync(path, 'utf8'));
  if (!key) throw new Error(`${path} does not hold 32 bytes in base64; without the key that was there, what it encrypted is lost`);
  return key;
}
