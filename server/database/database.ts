import type { Database } from 'better-sqlite3';
import createKnex, { type Knex } from 'knex';
import { errorCodeOf } from './database-errors.ts';
import { type EmbeddedSettings, embeddedConfig } from './embedded.ts';
import { whenUnlocked } from './write-lock.ts';

export type Db = Knex;

export const isMySql = (db: Db): boolean => db.client.config.client === 'mysql2';

type MySqlStatement = (
  statement: { sql: string; values?: Value[]; timeout?: number },
  done: (error: unknown, result?: unknown) => void,
) => void;
interface MySqlConnection {
  query: MySqlStatement;
  execute: MySqlStatement;
  destroy: () => void;
}

const sessionSettings =
  "SET NAMES utf8mb4 COLLATE utf8mb4_bin, time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'";

function mySqlConfig(databaseUrl: string): Knex.Config {
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
        connection.query({ sql: sessionSettings }, (error) => done(error, connection)),
    },
    acquireConnectionTimeout: 4000,
  };
}

/** The read-only connection of each embedded database; see `embeddedConfig`. */
const readers = new WeakMap<Db, () => Database | undefined>();

/** Creates the client of a database. It connects at the first query, which fails with an `isUnavailable` error if the database cannot be reached. */
export function createDatabase(databaseUrl: string, settings: EmbeddedSettings = {}): Db {
  const ignore = () => {};
  // Knex also throws the errors that it prints; the callers log them.
  const log = { warn: ignore, error: ignore, deprecate: ignore, debug: ignore };
  const common = { log, compileSqlOnError: false };
  if (!databaseUrl.startsWith('sqlite:')) return createKnex({ ...mySqlConfig(databaseUrl), ...common });
  const { config, reader } = embeddedConfig(databaseUrl, settings);
  const db = createKnex({ ...config, ...common });
  readers.set(db, reader);
  return db;
}

/** A value that is bound to a `?` of a statement. */
export type Value = string | number | boolean | Buffer | null;
const toSqliteValue = (value: Value) => (typeof value === 'boolean' ? Number(value) : value);

/** Runs a SELECT without knex's query builder, for paths on which the builder would cost more than the query. */
export async function selectRows<Row>(db: Db, sql: string, values: Value[]): Promise<Row[]> {
  const reader = readers.get(db)?.();
  if (reader) return reader.prepare(sql).all(values.map(toSqliteValue)) as Row[];
  if (db.isTransaction) {
    const result = await db.raw(sql, values);
    return isMySql(db) ? result[0] : result;
  }
  const rows = isMySql(db)
    ? onConnection(db, (connection: MySqlConnection) => runOnMySql(connection, 'query', sql, values))
    : onConnection(db, (connection: Database) => connection.prepare(sql).all(values.map(toSqliteValue)));
  return (await rows) as Row[];
}

/**
 * Runs a writing statement without knex's query builder.
 *
 * MySQL caches a prepared statement per text and connection, so callers must use few different texts.
 */
export async function runStatement(db: Db, sql: string, values: Value[]): Promise<void> {
  if (db.isTransaction) await db.raw(sql, values);
  else if (isMySql(db)) await onConnection(db, (connection: MySqlConnection) => runOnMySql(connection, 'execute', sql, values));
  else await onConnection(db, (connection: Database) => whenUnlocked(() => connection.prepare(sql).run(values.map(toSqliteValue))));
}

async function onConnection<Connection, Result>(db: Db, work: (connection: Connection) => Result | Promise<Result>): Promise<Result> {
  const connection: Connection = await db.client.acquireConnection();
  try {
    return await work(connection);
  } finally {
    await db.client.releaseConnection(connection);
  }
}

/**
 * A MySQL server that does not respond in this time counts as unavailable. The connection is closed and not used again.
 *
 * The limit is short because other requests wait for the results of these statements.
 */
const responseTimeoutMs = 5_000;

const runOnMySql = (connection: MySqlConnection, method: 'query' | 'execute', sql: string, values: Value[]): Promise<unknown> =>
  new Promise((resolve, reject) => {
    connection[method]({ sql, values, timeout: responseTimeoutMs }, (error, result) => {
      if (!error) return resolve(result);
      if (errorCodeOf(error) === 'PROTOCOL_SEQUENCE_TIMEOUT') connection.destroy();
      reject(error);
    });
  });
