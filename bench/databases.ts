import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { findMySql, startMySql } from '../test/support/mysql.ts';

export interface DatabaseKind {
  name: string;
  /** Makes an empty one, and answers its URL. */
  create: (label: string) => Promise<string>;
  stop: () => Promise<void>;
}

/** Of a size for a million rows: the README advises the redo log, and the buffer pool holds what is built. */
export const startLargeMySql = () => startMySql({ bufferPool: '2G', redoLog: '1G' });

async function mySql(): Promise<DatabaseKind | undefined> {
  if (!findMySql()) return undefined;
  const server = await startLargeMySql();
  const connection = await mysql.createConnection(`${server.url}/mysql`);
  const made: string[] = [];
  return {
    name: 'MySQL',
    create: async (label) => {
      const name = `gatehouse_${label}_${randomUUID().slice(0, 8)}`;
      await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
      made.push(name);
      return `${server.url}/${name}`;
    },
    stop: async () => {
      for (const name of made) await connection.query(`DROP DATABASE ${name}`);
      await connection.end();
      await server.stop();
    },
  };
}

/** By the name that commands have for them; undefined where there is none on this machine. */
const databaseKinds: Record<string, (folder: string) => Promise<DatabaseKind | undefined>> = {
  embedded: async (folder) => ({
    name: 'Embedded',
    create: async (label) => `sqlite:${join(folder, `${label}-${randomUUID().slice(0, 8)}.db`)}`,
    stop: async () => {},
  }),
  mysql: mySql,
};

/** Does something with each of the databases named, one after another, and leaves nothing of them behind. */
export async function onEachDatabase(names: string, folder: string, work: (kind: DatabaseKind) => Promise<void>): Promise<void> {
  for (const name of names.split(',')) {
    const kind = await databaseKinds[name]?.(folder);
    if (!kind) throw new Error(`There is no database ${name}, or it is not installed`);
    try {
      await work(kind);
    } finally {
      await kind.stop();
    }
  }
}
