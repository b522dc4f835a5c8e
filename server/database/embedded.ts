import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Embedded, { type Database, type Statement } from 'better-sqlite3';
import type { Knex } from 'knex';

const memory = 'sqlite::memory:';
/** Only the process that made it sees an in-memory database, so all work on it stays in it. */
export const isInMemory = (databaseUrl: string): boolean => databaseUrl === memory;

const keptStatementsMax = 500;
const busyTimeoutMs = 5000;
const busyTimeout = `busy_timeout = ${busyTimeoutMs}`;

/** Prepares a statement once, not each time it runs. */
function keepStatements(connection: Database): void {
  const prepare = connection.prepare.bind(connection) as (sql: string) => Statement;
  const kept = new Map<string, Statement>();
  const keep = (sql: string) => {
    let statement = kept.get(sql);
    if (statement === undefined) {
      // A transaction that reads first and writes later can't wait for another writer: it must be a writer from its beginning.
      statement = prepare(sql === 'BEGIN;' ? 'BEGIN IMMEDIATE;' : sql);
      if (kept.size === keptStatementsMax) kept.delete(kept.keys().next().value as string);
      kept.set(sql, statement);
    }
    return statement;
  };
  Object.assign(connection, { prepare: keep });
}

export interface EmbeddedSettings {
  /** When the embedded database has written: once the disk has it, or once the operating system has. */
  synchronous?: 'FULL' | 'NORMAL';
  /**
   * From how many pages in the write-ahead log on a commit of this connection copies into the database what is not there yet, and waits for the disk
   * meanwhile. Pages that were copied count until the log begins anew, which it does when a commit finds all of it copied.
   */
  checkpointPages?: number;
}

/**
 * For a process whose event loop must not wait for the disk, beside one that checkpoints for it: under steady load it still does so itself once in 64 MB,
 * but little is left to copy then.
 */
export const rareCheckpoints: EmbeddedSettings = { checkpointPages: 16_000 };

/** Brings into an embedded database what waits in its write-ahead log; neither readers nor writers wait for it. */
export const checkpoint = async (db: Knex): Promise<void> => {
  await db.raw('PRAGMA wal_checkpoint(PASSIVE)');
};

/**
 * The one connection that knex has of the embedded database, and another one that only reads.
 *
 * The reader sees what was committed, and does not wait for a transaction that is on its way. An in-memory database has none.
 */
export function embedded(
  databaseUrl: string,
  { synchronous = 'FULL', checkpointPages = 4_000 }: EmbeddedSettings = {},
): { config: Knex.Config; reader: () => Database | undefined } {
  const filename = databaseUrl.slice('sqlite:'.length);
  if (!isInMemory(databaseUrl)) mkdirSync(dirname(filename), { recursive: true });
  let reader: Database | undefined;

  function openReader(connection: Database): void {
    const opened = new Embedded(filename, { readonly: true, timeout: busyTimeoutMs });
    keepStatements(opened);
    reader = opened;
    const close = connection.close.bind(connection);
    connection.close = () => {
      reader = undefined;
      opened.close();
      return close();
    };
  }

  const config: Knex.Config = {
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (connection: Database, done: (error: unknown) => void) => {
        try {
          const writing = ['journal_mode = WAL', `synchronous = ${synchronous}`, `wal_autocheckpoint = ${checkpointPages}`];
          for (const pragma of [...writing, 'foreign_keys = ON', busyTimeout]) connection.pragma(pragma);
          keepStatements(connection);
          if (!isInMemory(databaseUrl)) openReader(connection);
        } catch (error) {
          // The pool does not know it yet, and would never close it.
          connection.close();
          throw error;
        }
        done(null);
      },
    },
  };
  return { config, reader: () => reader };
}
