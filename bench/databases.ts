import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { findMySql, startMySql } from '../test/support/mysql.ts';

export interface DatabaseKind {
  name: string;
  /** Creates an empty database and returns its URL. */
  create: (label: string) => Promise<string>;
  stop: () => Promise<void>;
}

/** Starts MySQL with room for a million rows: the redo log that the README recommends, and a buffer pool that fits the rows of a build. */
export const startLargeMySql = () => startMySql({ bufferPool: '2G', redoLog: '1G' });

async function mySql(): Promise<DatabaseKind | undefined> {
  if (!findMySql()) return undefined;
  const server = await startLargeMySql();
  const connection = await mysql.createConnection(`${server.url}/mysql`);
  const created: string[] = [];
  return {
    name: 'MySQL',
    create: async (label) => {
      const name = `gatehouse_${label}_${randomUUID().slice(0, 8)}`;
      await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
      created.push(name);
      return `${server.url}/${name}`;
    },
    stop: async () => {
      for (const name of created) await connection.query(`DROP DATABASE ${name}`);
      await connection.end();
      await server.stop();
    },
  };
}

/** The kinds of databases, by the name that the commands use; undefined if a kind is not installed. */
const databaseKinds: Record<string, (folder: string) => Promise<DatabaseKind | undefined>> = {
  embedded: async (folder) => ({
    name: 'Embedded',
    create: async (label) => `sqlite:${join(folder, `${label}-${randomUUID().slice(0, 8)}.db`)}`,
    stop: async () => {},
  }),
  mysql: mySql,
};

/** Runs `work` on each of the named kinds of databases, one after another, and deletes the databases afterwards. */
export async function onEachDatabase(names: string, folder: string, work: (kind: DatabaseKind) => Promise<void>): Promise<void> {
  for (const name of names.split(',')) {
    const kind = await databaseKinds[name]?.(folder);
    if (!kind) throw new Error(`Database ${name} is unknown or not installed`);
    try {
      await work(kind);
    } finally {
      await kind.stop();
    }
  }
}
