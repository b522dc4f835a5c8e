import type { Database } from 'better-sqlite3';
import createKnex, { type Knex } from 'knex';
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
      if (codeOf(error) === 'PROTOCOL_SEQUENCE_TIMEOUT') connection.destroy();
      reject(error);
    });
  });

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

const unavailableCodes =
  /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN|PROTOCOL_\w+|ER_CON_COUNT_ERROR|ER_SERVER_SHUTDOWN|ER_LOCK_WAIT_TIMEOUT|ER_LOCK_DEADLOCK|SQLITE_BUSY\w*|SQLITE_CANTOPEN\w*|SQLITE_IOERR\w*|SQLITE_FULL)$/;

/** Whether the database itself could not be asked, in contrast to a question that is wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    unavailableCodes.test(codeOf(error)) ||
    error.name === 'KnexTimeoutError' ||
    error.message === 'Unable to acquire a connection' ||
    /(^| - )(Connection lost|Can't add new command when connection is in closed state)/.test(error.message)
  );
}

const rowCodes =
  /^(ER_DATA_\w+|ER_DUP_ENTRY|ER_TRUNCATED_\w+|ER_BAD_NULL_ERROR|ER_NO_REFERENCED_ROW\w*|SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)\w*)$/;

/** Whether a database refused a row for what is in it, or somebody else than a database refused: another row may go in all the same. */
export function isOfRow(error: unknown): boolean {
  const isOfDatabase =
    /^(ER_|SQLITE_|PROTOCOL_|E[A-Z])/.test(codeOf(error)) || (error as { name?: string } | null)?.name === 'KnexTimeoutError';
  return rowCodes.test(codeOf(error)) || !isOfDatabase;
}

export const isDuplicateKey = (error: unknown): boolean => /^(ER_DUP_ENTRY|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY))$/.test(codeOf(error));

/** Whether the database undid a transaction so that others can go on. */
export const isDeadlock = (error: unknown): boolean => codeOf(error) === 'ER_LOCK_DEADLOCK';

const deadlockTries = 10;

/**
 * All of `work` or nothing of it; `work` runs again when the database chose it as a deadlock's victim, so it must have no other effects.
 *
 * MySQL runs it as READ COMMITTED, so that a row read again is the row as it is now. Within another transaction it is a part of that, which can be
 * undone by itself; a deadlock ends the whole, and is for the outermost to try again.
 */
export async function inTransaction<Result>(db: Db, work: (trx: Knex.Transaction) => Promise<Result>): Promise<Result> {
  if (db.isTransaction) return withEndings(db, work, {}, async (endings) => void endingsOf(db).push(...endings));
  for (let tries = 1; ; tries++) {
    try {
      const config = isMySql(db) ? { isolationLevel: 'read committed' as const } : {};
      return await withEndings(db, work, config, async (endings, trx) => {
        for (const ending of new Set(endings.map(({ run }) => run)))
          await ending(
            trx,
            endings.filter(({ run }) => run === ending).flatMap(({ on }) => on),
          );
      });
    } catch (error) {
      if (!isDeadlock(error) || tries === deadlockTries) throw error;
    }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: each kind of ending has things of its own kind.
type Run = (trx: Db, on: any[]) => Promise<void>;
interface Ending {
  run: Run;
  on: unknown[];
}
const pending = new WeakMap<Db, Ending[]>();

function endingsOf(trx: Db): Ending[] {
  const endings = pending.get(trx);
  if (!endings) throw new Error('This must be done in a transaction of inTransaction');
  return endings;
}

const withEndings = <Result>(
  db: Db,
  work: (trx: Knex.Transaction) => Promise<Result>,
  config: Knex.TransactionConfig,
  end: (endings: Ending[], trx: Db) => Promise<void>,
): Promise<Result> =>
  db.transaction(async (trx) => {
    pending.set(trx, []);
    const result = await work(trx);
    await end(endingsOf(trx), trx);
    return result;
  }, config);

/** Leaves something to be done once, on all that was left for it, as the last thing in the outermost transaction. */
export function atTheEnd<Thing>(trx: Db, run: (trx: Db, on: Thing[]) => Promise<void>, on: Thing[]): void {
  endingsOf(trx).push({ run, on });
}
