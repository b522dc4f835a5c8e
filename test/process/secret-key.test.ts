import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { decrypt, encrypt } from '../../server/common/encryption.ts';
import { ConfigError, readConfig } from '../../server/process/config.ts';
import { createKeyFile, readKeyFile } from '../../server/process/secret-key.ts';
import { runProgram } from '../support/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fileIn = (name: string) => join(folder, name, 'secret.key');

it('creates the key once, readable by its owner only', () => {
  expect(readKeyFile(fileIn('once'))).toBeUndefined();
  const first = createKeyFile(fileIn('once'));
  expect(first).toHaveLength(32);
  expect(createKeyFile(fileIn('once'))).toEqual(first);
  expect(readKeyFile(fileIn('once'))).toEqual(first);
  expect(createKeyFile(fileIn('other'))).not.toEqual(first);
  expect(readdirSync(join(folder, 'once'))).toEqual(['secret.key']);
  expect(statSync(join(folder, 'once', 'secret.key')).mode & 0o777).toBe(0o600);
});

it('processes that start at the same time get the same key', async () => {
  const path = fileIn('together');
  const program = join(folder, 'read.mjs');
  const module = new URL('../../server/process/secret-key.ts', import.meta.url).href;
  writeFileSync(
    program,
    `import { createKeyFile } from ${JSON.stringify(module)};
     process.stdout.write(createKeyFile(${JSON.stringify(path)}).toString('base64'));`,
  );
  const processes = Array.from({ length: 6 }, () => runProgram(program, [], {}));
  expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual(Array(6).fill(0));
  expect([...new Set(processes.map(({ output }) => output()))]).toEqual([readKeyFile(path)?.toString('base64')]);
});

it('throws for a file without a valid key and does not replace it, because encrypted data would be lost', () => {
  const path = fileIn('damaged');
  createKeyFile(path);
  writeFileSync(path, 'something else');
  for (const use of [readKeyFile, createKeyFile]) expect(() => use(path)).toThrow(`${path} does not contain 32 bytes in base64`);
  expect(readFileSync(path, 'utf8')).toBe('something else');
});

it('uses the configured key; MySQL requires one, and it must be valid', () => {
  const key = Buffer.alloc(32, 9);
  const SECRET_KEY = key.toString('base64');
  const mysql = 'mysql://user:password@host:3306/db';
  expect(readConfig({ SECRET_KEY, DATABASE_URL: mysql }).secretKey).toEqual(key);
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
