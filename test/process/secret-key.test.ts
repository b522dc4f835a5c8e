import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { decrypt, encrypt } from '../../server/common/encryption.ts';
import { ConfigError, readConfig } from '../../server/process/config.ts';
import { readSecretKey } from '../../server/process/secret-key.ts';
import { runProgram } from '../support/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const embeddedIn = (name: string) => ({ secretKey: undefined, databaseUrl: `sqlite:${join(folder, name, 'gatehouse.db')}` });

it('creates the key once, next to the database, readable by its owner only', () => {
  const first = readSecretKey(embeddedIn('once'));
  expect(first).toHaveLength(32);
  expect(readSecretKey(embeddedIn('once'))).toEqual(first);
  expect(readSecretKey(embeddedIn('other'))).not.toEqual(first);
  expect(readdirSync(join(folder, 'once'))).toEqual(['secret.key']);
  expect(statSync(join(folder, 'once', 'secret.key')).mode & 0o777).toBe(0o600);
});

it('processes that start at the same time get the same key', async () => {
  const { databaseUrl } = embeddedIn('together');
  const program = join(folder, 'read.mjs');
  const module = new URL('../../server/process/secret-key.ts', import.meta.url).href;
  writeFileSync(
    program,
    `import { readSecretKey } from ${JSON.stringify(module)};
     process.stdout.write(readSecretKey({ databaseUrl: ${JSON.stringify(databaseUrl)} }).toString('base64'));`,
  );
  const processes = Array.from({ length: 6 }, () => runProgram(program, [], {}));
  expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual(Array(6).fill(0));
  expect([...new Set(processes.map(({ output }) => output()))]).toEqual([
    readSecretKey({ secretKey: undefined, databaseUrl }).toString('base64'),
  ]);
});

it('throws for a file without a valid key and does not replace it, because encrypted data would be lost', () => {
  readSecretKey(embeddedIn('damaged'));
  const path = join(folder, 'damaged', 'secret.key');
  writeFileSync(path, 'something else');
  expect(() => readSecretKey(embeddedIn('damaged'))).toThrow(/does not contain 32 bytes in base64/);
  expect(readFileSync(path, 'utf8')).toBe('something else');
});

it('uses the configured key; MySQL requires one, and it must be valid', () => {
  const key = Buffer.alloc(32, 9);
  const SECRET_KEY = key.toString('base64');
  const mysql = 'mysql://user:password@host:3306/db';
  expect(readSecretKey(readConfig({ SECRET_KEY, DATABASE_URL: mysql }))).toEqual(key);
  for (const env of [
    { DATABASE_URL: mysql },
    { SECRET_KEY: 'x' },
    { SECRET_KEY: `${SECRET_KEY}AAAA` },
    { SECRET_KEY: Buffer.alloc(31).toString('base64') },
  ])
    expect(() => readConfig(env)).toThrow(ConfigError);
});

it('decrypts only with the same key, purpose and id, and only unmodified data', () => {
  const [key, otherKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const encrypted = encrypt(key, 'secrets', 'one', 'a text');
  expect(decrypt(key, 'secrets', 'one', encrypted)).toBe('a text');
  expect(encrypt(key, 'secrets', 'one', 'a text').equals(encrypted)).toBe(false);
  expect(() => decrypt(otherKey, 'secrets', 'one', encrypted)).toThrow();
  expect(() => decrypt(key, 'answers', 'one', encrypted)).toThrow();
  expect(() => decrypt(key, 'secrets', 'two', encrypted)).toThrow();
  for (let at = 0; at < encrypted.length; at++) {
    const modified = Buffer.from(encrypted);
    modified[at] = (modified[at] as number) ^ 1;
    expect(() => decrypt(key, 'secrets', 'one', modified)).toThrow();
  }
});
