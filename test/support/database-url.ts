import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { inject } from 'vitest';
import { expectNone, searchFolder, searchMySql } from './secrets-search.ts';

declare module 'vitest' {
  interface ProvidedContext {
    mySqlUrl: string | undefined;
    coverageFolder: string;
  }
}

export const isMySqlRun = process.env.TEST_DATABASE === 'mysql';

export interface TestDatabase {
  url: string;
  folder: string;
  /** The secrets that lie in it, or in the folder, in clear. */
  search: () => Promise<string[]>;
  remove: () => Promise<void>;
}

async function removeIfClean(search: () => Promise<string[]>, remove: () => Promise<void>): Promise<void> {
  expectNone('the database', await search().finally(remove));
}

/** A new, empty database of this run's kind, and a folder for files beside it; both are gone after `remove`, which throws if there was a secret in them. */
export async function newDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  const removeFolder = async () => rmSync(folder, { recursive: true, force: true });
  const server = inject('mySqlUrl');
  if (!server) {
    const search = async () => searchFolder(folder);
    return { url: `sqlite:${join(folder, 'gatehouse.db')}`, folder, search, remove: () => removeIfClean(search, removeFolder) };
  }

  const name = `gatehouse_test_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string) => {
    const connection = await mysql.createConnection(`${server}/mysql`);
    await connection.query(sql);
    await connection.end();
  };
  // A default collation that no key may rely on.
  await run(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
  const url = `${server}/${name}`;
  const search = async () => [...(await searchMySql(url)), ...searchFolder(folder)];
  const remove = async () => {
    await run(`DROP DATABASE ${name}`);
    await removeFolder();
  };
  return { url, folder, search, remove: () => removeIfClean(search, remove) };
}
