import { createDatabase, type Db } from './database.ts';
import { type EmbeddedSettings, isInMemory } from './embedded.ts';
import { migrateLog } from './migrate.ts';

/** The file beside the embedded database's: `x-log.db` beside `x.db`. */
const besides = (databaseUrl: string) => databaseUrl.replace(/(\.[^./\\]*)?$/, '-log$1');

/**
 * The database of the API log, and what closes it.
 *
 * With MySQL it is a table of the one database. The embedded database has one writer at a time, whom all other writers wait for: there the log is a file
 * of its own, so that no call waits for a build's transaction, nor a build for the log. It is written through to the operating system, not to the disk
 * (`synchronous = NORMAL`): a killed process loses nothing, a machine without power the last moments at most.
 */
export function openLog(databaseUrl: string, db: Db, settings: EmbeddedSettings = {}): { logDb: Db; closeLog: () => Promise<void> } {
  if (!databaseUrl.startsWith('sqlite:')) return { logDb: db, closeLog: async () => {} };
  const logDb = createDatabase(isInMemory(databaseUrl) ? databaseUrl : besides(databaseUrl), { ...settings, synchronous: 'NORMAL' });
  return { logDb, closeLog: () => logDb.destroy() };
}

/** Makes the table where `migrate` has not. */
export const prepareLog = async (logDb: Db, db: Db): Promise<void> => {
  if (logDb !== db) await migrateLog(logDb);
};
