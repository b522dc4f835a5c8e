import { dirname, resolve } from 'node:path';
import Embedded, { type Database, type Statement } from 'better-sqlite3';
import type { Knex } from 'knex';
import { createPrivateFolder, makeDatabaseFilesPrivate } from './private-files.ts';
import { WaitingClient, writeLockMsMax } from './write-lock.ts';

const scheme = 'sqlite:';

export const isEmbedded = (databaseUrl: string): boolean => databaseUrl.startsWith(scheme);

/** Returns the absolute path of the file of an embedded database. */
export const fileOf = (databaseUrl: string): string => resolve(databaseUrl.slice(scheme.length));

/** Tells whether the database is in memory. Only the process that created it can use it, so no other process can do work on it. */
export const isInMemory = (databaseUrl: string): boolean => databaseUrl === 'sqlite::memory:';

const cachedStatementsMax = 500;

/** A statement without effect that returns no rows. */
const nothing = 'SELECT 1 WHERE 0';

/** Caches prepared statements by their text, so that each is prepared once and not at every run. */
function cacheStatements(connection: Database): void {
  const prepare = connection.prepare.bind(connection) as (sql: string) => Statement;
  const cache = new Map<string, Statement>();
  const prepareCached = (given: string) => {
    // SQLite ends a transaction whose disk is full. Then there is nothing to roll back, and the error of the full disk must remain the error.
    const sql = /^ROLLBACK;?$/.test(given) && !connection.inTransaction ? nothing : given;
    let statement = cache.get(sql);
    if (statement === undefined) {
      // SQLite cannot turn a reading transaction into a writing one while another writer is active, so every transaction begins as a writer.
      statement = prepare(sql === 'BEGIN;' ? 'BEGIN IMMEDIATE;' : sql);
      if (cache.size === cachedStatementsMax) cache.delete(cache.keys().next().value as string);
      cache.set(sql, statement);
    }
    return statement;
  };
  Object.assign(connection, { prepare: prepareCached });
}

export interface EmbeddedSettings {
  /** When a commit returns: `FULL` after the data is on disk, `NORMAL` after the operating system has the data. */
  synchronous?: 'FULL' | 'NORMAL';
  /**
   * SQLite `wal_autocheckpoint`: number of WAL pages from which a commit of this connection checkpoints, and waits for the disk.
   *
   * Checkpointed pages still count until the WAL restarts. It restarts when a commit finds all of it checkpointed.
   */
  checkpointPages?: number;
}

/**
 * For a process whose event loop must not wait for the disk because another process checkpoints for it.
 *
 * Under steady load this process still checkpoints once per 64 MB of WAL, but then few pages remain to be copied.
 */
export const rareCheckpoints: EmbeddedSettings = { checkpointPages: 16_000 };

/** Copies the pages of the write-ahead log into the database file. Neither readers nor writers wait for it. */
export const checkpoint = async (db: Knex): Promise<void> => {
  await db.raw('PRAGMA wal_checkpoint(PASSIVE)');
};

/**
 * Returns knex's configuration for the embedded database, and the read-only connection that exists beside knex's only connection.
 *
 * The reader sees committed data and does not wait for an open transaction. An in-memory database has no reader.
 */
export function embeddedConfig(
  databaseUrl: string,
  { synchronous = 'FULL', checkpointPages = 4_000 }: EmbeddedSettings = {},
): { config: Knex.Config; reader: () => Database | undefined } {
  const filename = databaseUrl.slice(scheme.length);
  if (!isInMemory(databaseUrl)) {
    createPrivateFolder(dirname(filename));
    makeDatabaseFilesPrivate(filename);
  }
  let reader: Database | undefined;

  function openReader(connection: Database): void {
    const opened = new Embedded(filename, { readonly: true, timeout: writeLockMsMax });
    cacheStatements(opened);
    reader = opened;
    const close = connection.close.bind(connection);
    connection.close = () => {
      reader = undefined;
      opened.close();
      return close();
    };
  }

  const config: Knex.Config = {
    client: WaitingClient,
    connection: { filename },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (connection: Database, done: (error: unknown) => void) => {
        try {
          const writePragmas = ['journal_mode = WAL', `synchronous = ${synchronous}`, `wal_autocheckpoint = ${checkpointPages}`];
          for (const pragma of [...writePragmas, 'foreign_keys = ON', 'busy_timeout = 0']) connection.pragma(pragma);
          cacheStatements(connection);
          if (!isInMemory(databaseUrl)) openReader(connection);
        } catch (error) {
          // The pool does not know this connection yet and would never close it.
          connection.close();
          throw error;
        }
        done(null);
      },
    },
  };
  return { config, reader: () => reader };
}
