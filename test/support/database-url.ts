import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    mySqlUrl: string | undefined;
    coverageFolder: string;
  }
}

export const isMySqlRun = process.env.TEST_DATABASE === 'mysql';

/** A new, empty database of this run's kind, and a folder for files beside it; both are gone after `remove`. */
export async function newDatabase(): Promise<{ url: string; folder: string; remove: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  const server = inject('mySqlUrl');
  if (!server) return { url: `sqlite:${join(folder, 'gatehouse.db')}`, folder, remove: async () => removeFolder() };

  const name = `gatehouse_test_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string) => {
    const connection = await mysql.createConnection(`${server}/mysql`);
    await connection.query(sql);
    await connection.end();
  };
  // A default collation that no key may rely on.
  await run(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
  return {
    url: `${server}/${name}`,
    folder,
    remove: async () => {
      await run(`DROP DATABASE ${name}`);
      removeFolder();
    },
  };
}
