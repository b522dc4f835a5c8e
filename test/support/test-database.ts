import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { newFolder } from './fast-folder.ts';
import { createEmpty, createMigrated, newDatabaseName, runOnServer, type Template } from './migrated-database.ts';
import { expectNoSecrets, searchFolder, searchMySql } from './secrets-search.ts';

declare module 'vitest' {
  interface ProvidedContext {
    mySqlUrl: string | undefined;
    mySqlTemplate: Template;
    coverageFolder: string;
  }
}

export const isMySqlRun = process.env.TEST_DATABASE === 'mysql';

export interface TestDatabase {
  url: string;
  folder: string;
  /** Finds secrets stored in clear in the database or in the folder. */
  search: () => Promise<string[]>;
  remove: () => Promise<void>;
}

async function removeIfClean(search: () => Promise<string[]>, remove: () => Promise<void>): Promise<void> {
  expectNoSecrets('the database', await search().finally(remove));
}

/**
 * Creates a database of the kind that this run tests, and a folder for files. With `isMigrated`, a MySQL database has all tables.
 *
 * `remove` deletes both, and throws if it finds a secret in them.
 */
export async function newDatabase({ isMigrated = false } = {}): Promise<TestDatabase> {
  const folder = newFolder('test');
  const removeFolder = async () => rmSync(folder, { recursive: true, force: true });
  const server = inject('mySqlUrl');
  if (!server) {
    // An embedded database is always empty: migrating it at the start is as fast as copying a migrated one.
    const search = async () => searchFolder(folder);
    return { url: `sqlite:${join(folder, 'gatehouse.db')}`, folder, search, remove: () => removeIfClean(search, removeFolder) };
  }

  const name = newDatabaseName();
  await (isMigrated ? createMigrated(server, name, inject('mySqlTemplate')) : createEmpty(server, name));
  const url = `${server}/${name}`;
  const search = async () => [...(await searchMySql(url)), ...searchFolder(folder)];
  const remove = async () => {
    await runOnServer(server, `DROP DATABASE ${name}`);
    await removeFolder();
  };
  return { url, folder, search, remove: () => removeIfClean(search, remove) };
}
