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
import * as importQueues from './migrations/0009-import-queues.ts';
import * as callCounts from './migrations/0010-call-counts.ts';
import * as secretKeyCheck from './migrations/0011-secret-key-check.ts';
import * as tokenCreators from './migrations/0012-token-creators.ts';
import * as boundedReads from './migrations/0013-bounded-reads.ts';
import * as deletedTokens from './migrations/0014-deleted-tokens.ts';
import * as deletedTenants from './migrations/0015-deleted-tenants.ts';
import * as importTurns from './migrations/0016-import-turns.ts';
import * as countedImports from './migrations/0017-counted-imports.ts';
import * as countedApplications from './migrations/0018-counted-applications.ts';
import { UnfitDatabase } from './unusable-database.ts';

interface Migration {
  up: (db: Knex) => Promise<void>;
}
/**
 * All migrations, in order.
 *
 * Every database stores these names: never change a name, and never change the effect of a released migration.
 */
const migrations: Record<string, Migration> = {
  '0001-begin': begin,
  '0002-people': people,
  '0003-facts': facts,
  '0004-idempotency': idempotency,
  '0005-access': access,
  // The embedded database has its log in a separate file; see log-database.ts.
  '0006-api-log': { up: async (db) => (isMySql(db) ? apiLog.up(db) : undefined) },
  '0007-rate-limits': rateLimits,
  '0008-terms': terms,
  '0009-import-queues': importQueues,
  '0010-call-counts': { up: async (db) => (isMySql(db) ? callCounts.up(db) : undefined) },
  '0011-secret-key-check': secretKeyCheck,
  '0012-token-creators': tokenCreators,
  '0013-bounded-reads': boundedReads,
  '0014-deleted-tokens': deletedTokens,
  '0015-deleted-tenants': deletedTenants,
  '0016-import-turns': importTurns,
  '0017-counted-imports': countedImports,
  '0018-counted-applications': countedApplications,
};
const logMigrations: Record<string, Migration> = { '0006-api-log': apiLog, '0010-call-counts': callCounts };

const configOf = (source: Record<string, Migration>): Knex.MigratorConfig => ({
  migrationSource: {
    getMigrations: async () => Object.keys(source),
    getMigrationName: (name: string) => name,
    getMigration: async (name: string) => ({ down: async () => {}, ...(source[name] as Migration) }),
  },
  tableName: 'migrations',
});
const lockName = 'gatehouse_migrations';
const lockSeconds = 60;

/**
 * Brings the tables up to date. Processes that start at the same time wait for the first one.
 *
 * Knex's own lock is a row, which remains locked forever if its process is killed. The lock used here is the database's own lock, which ends
 * with its connection; while holding it, this function frees knex's lock row. MySQL commits each change of a table separately, so every
 * migration must be able to run again after an interrupted run.
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
    if (Number(locked) !== 1)
      throw new UnfitDatabase(
        `another process has been changing the tables for over ${lockSeconds} seconds; wait until it has ended, then start again`,
      );
    await runMigrations(db, config);
  } finally {
    await holder.promise().query('SELECT RELEASE_LOCK(?)', [lockName]);
    await db.client.releaseConnection(holder);
  }
}

const migrateEmbedded = (db: Db, config: Knex.MigratorConfig): Promise<void> => db.transaction((trx) => runMigrations(trx, config));

async function runMigrations(db: Knex, config: Knex.MigratorConfig): Promise<void> {
  await db.migrate.forceFreeMigrationsLock(config);
  try {
    await db.migrate.latest(config);
  } catch (error) {
    // Knex has no code for this error: the database stores the name of a migration that this version does not have.
    if (!/migration directory is corrupt/.test((error as Error).message)) throw error;
    throw new UnfitDatabase('a newer version of Gatehouse has changed it; start that version, or restore a backup of this version', {
      cause: error,
    });
  }
}

/** Brings the separate log file of the embedded database up to date. */
export const migrateLog = (logDb: Db): Promise<void> => migrateEmbedded(logDb, configOf(logMigrations));

/** Tells whether all migrations of this version of the program have run. */
export async function isMigrated(db: Db): Promise<boolean> {
  if (!(await db.schema.hasTable('migrations'))) return false;
  const rows: { name: string }[] = await db('migrations').select('name');
  return Object.keys(migrations).every((name) => rows.some((row) => row.name === name));
}
