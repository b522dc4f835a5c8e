import type { Database } from 'better-sqlite3';
import createKnex, { type Knex } from 'knex';
import { errorCodeOf } from './database-errors.ts';
import { type EmbeddedSettings, embedded } from './embedded.ts';

export type Db = Knex;

export const isMySql = (db: Db): boolean => db.client.config.client === 'mysql2';

type AskMySql = (statement: { sql: string; values?: Value[]; timeout?: number }, done: (error: unknown, result?: unknown) => void) => void;
interface MySqlConnection {
  query: AskMySql;
  execute: AskMySql;
  destroy: () => void;
}

const settings = "SET NAMES utf8mb4 COLLATE utf8mb4_bin, time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'";

function mySql(databaseUrl: string): Knex.Config {
  const url = new URL(databaseUrl);
  return {
    client: 'mysql2',
    connection: {
      host: url.hostname,
      port: Number(url.port || 3306),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: decodeURIComponent(url.pathname.slice(1)),
      charset: 'utf8mb4',
      timezone: 'Z',
      dateStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: true,
      connectTimeout: 3000,
      // biome-ignore lint/suspicious/noExplicitAny: knex's type lags behind mysql2's options.
      ...({ jsonStrings: true } as any),
    },
    pool: {
      min: 0,
      max: 10,
      afterCreate: (connection: MySqlConnection, done: (error: unknown, connection: unknown) => void) =>
        connection.query({ sql: settings }, (error) => done(error, connection)),
    },
    acquireConnectionTimeout: 4000,
  };
}

const readers = new WeakMap<Db, () => Database | undefined>();

/** Opens nothing yet: a database that is away is the first query's failure, which `isUnavailable` knows. */
export function createDatabase(databaseUrl: string, settings: EmbeddedSettings = {}): Db {
  const quiet = () => {};
  // What knex would print on its own is thrown as well, and logged by whoever asked.
  const log = { warn: quiet, error: quiet, deprecate: quiet, debug: quiet };
  const common = { log, compileSqlOnError: false };
  if (!databaseUrl.startsWith('sqlite:')) return createKnex({ ...mySql(databaseUrl), ...common });
  const { config, reader } = embedded(databaseUrl, settings);
  const db = createKnex({ ...config, ...common });
  readers.set(db, reader);
  return db;
}

/** What a statement's `?` stand for. */
export type Value = string | number | boolean | Buffer | null;
const toEmbedded = (value: Value) => (typeof value === 'boolean' ? Number(value) : value);

/** Runs a statement that reads, for paths on which knex's work for it would be most of its cost. */
export async function selectRows<Row>(db: Db, sql: string, values: Value[]): Promise<Row[]> {
  const reader = readers.get(db)?.();
  if (reader) return reader.prepare(sql).all(values.map(toEmbedded)) as Row[];
  if (db.isTransaction) {
    const result = await db.raw(sql, values);
    return isMySql(db) ? result[0] : result;
  }
  const found = isMySql(db)
    ? onConnection(db, (connection: MySqlConnection) => ask(connection, 'query', sql, values))
    : onConnection(db, (connection: Database) => connection.prepare(sql).all(values.map(toEmbedded)));
  return (await found) as Row[];
}

/** Runs a statement that writes, past knex as well. MySQL keeps it prepared for each connection, so there must not be many different ones. */
export async function runStatement(db: Db, sql: string, values: Value[]): Promise<void> {
  if (db.isTransaction) await db.raw(sql, values);
  else if (isMySql(db)) await onConnection(db, (connection: MySqlConnection) => ask(connection, 'execute', sql, values));
  else await onConnection(db, (connection: Database) => connection.prepare(sql).run(values.map(toEmbedded)));
}

async function onConnection<Connection, Result>(db: Db, work: (connection: Connection) => Result | Promise<Result>): Promise<Result> {
  const connection: Connection = await db.client.acquireConnection();
  try {
    return await work(connection);
  } finally {
    await db.client.releaseConnection(connection);
  }
}

/** Others wait for what these statements answer, so a server that is silent is one that is away; its connection is not used again. */
const silentMs = 5_000;

const ask = (connection: MySqlConnection, how: 'query' | 'execute', sql: string, values: Value[]): Promise<unknown> =>
  new Promise((resolve, reject) => {
    connection[how]({ sql, values, timeout: silentMs }, (error, result) => {
      if (!error) return resolve(result);
      if (errorCodeOf(error) === 'PROTOCOL_SEQUENCE_TIMEOUT') connection.destroy();
      reject(error);
    });
  });
