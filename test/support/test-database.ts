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
  /** The secrets that lie in it, or in the folder, in clear. */
  search: () => Promise<string[]>;
  remove: () => Promise<void>;
}

async function removeIfClean(search: () => Promise<string[]>, remove: () => Promise<void>): Promise<void> {
  expectNoSecrets('the database', await search().finally(remove));
}

/**
 * A new database of this run's kind, empty or with all tables, and a folder for files beside it; both are gone after `remove`, which throws if there
 * was a secret in them.
 */
export async function newDatabase({ isMigrated = false } = {}): Promise<TestDatabase> {
  const folder = newFolder('test');
  const removeFolder = async () => rmSync(folder, { recursive: true, force: true });
  const server = inject('mySqlUrl');
  if (!server) {
    // Migrating it takes no longer than copying one would.
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
