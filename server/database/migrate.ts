import type { Knex } from 'knex';
import { type Db, isMySql } from './database.ts';
import * as begin from './migrations/0001-begin.ts';
import * as people from './migrations/0002-people.ts';
import * as facts from './migrations/0003-facts.ts';
import * as idempotency from './migrations/0004-idempotency.ts';
import * as access from './migrations/0005-access.ts';
import * as apiLog from './migrations/0006-api-log.ts';
import * as rateLimits from './migrations/0007-rate-limits.ts';
import * as terms from './migrations/0008-terms.ts';

interface Migration {
  up: (db: Knex) => Promise<void>;
}
/** In order. The names are in every database there is: never change one, and never change what a released one does. */
const migrations: Record<string, Migration> = {
  '0001-begin': begin,
  '0002-people': people,
  '0003-facts': facts,
  '0004-idempotency': idempotency,
  '0005-access': access,
  // The embedded log is a file of its own; see log-database.ts.
  '0006-api-log': { up: async (db) => (isMySql(db) ? apiLog.up(db) : undefined) },
  '0007-rate-limits': rateLimits,
  '0008-terms': terms,
};
const logMigrations: Record<string, Migration> = { '0006-api-log': apiLog };

const configOf = (all: Record<string, Migration>): Knex.MigratorConfig => ({
  migrationSource: {
    getMigrations: async () => Object.keys(all),
    getMigrationName: (name: string) => name,
    getMigration: async (name: string) => ({ down: async () => {}, ...(all[name] as Migration) }),
  },
  tableName: 'migrations',
});
const lockName = 'gatehouse_migrations';
const lockSeconds = 60;

/**
 * Brings the tables up to date; processes that start together wait for the first of them.
 *
 * Knex's own lock is a row that a killed process leaves behind for ever. The lock here is the database's and ends with its holder; knex's row
 * is freed under it. MySQL commits each change of a table by itself, so a migration must survive being run again after it broke off half-way.
 */
export async function migrate(db: Db): Promise<void> {
  const config = configOf(migrations);
  if (!isMySql(db)) {
    await migrateEmbedded(db, config);
    return;
  }
  const holder = await db.client.acquireConnection();
  try {
    const [[{ locked }]] = await holder.promise().query(`SELECT GET_LOCK(?, ${lockSeconds}) AS locked`, [lockName]);
    if (Number(locked) !== 1) throw new Error(`Another process has been changing the tables for over ${lockSeconds} seconds`);
    await db.migrate.forceFreeMigrationsLock(config);
    await db.migrate.latest(config);
  } finally {
    await holder.promise().query('SELECT RELEASE_LOCK(?)', [lockName]);
    await db.client.releaseConnection(holder);
  }
}

const migrateEmbedded = (db: Db, config: Knex.MigratorConfig): Promise<void> =>
  db.transaction(async (trx) => {
    await trx.migrate.forceFreeMigrationsLock(config);
    await trx.migrate.latest(config);
  });

/** The same for the log's own file. */
export const migrateLog = (logDb: Db): Promise<void> => migrateEmbedded(logDb, configOf(logMigrations));

/** Whether the tables are those that this version of the program needs. */
export async function isMigrated(db: Db): Promise<boolean> {
  if (!(await db.schema.hasTable('migrations'))) return false;
  const rows: { name: string }[] = await db('migrations').select('name');
  return Object.keys(migrations).every((name) => rows.some((row) => row.name === name));
}
