import { createDatabase, type Db } from './database.ts';
import { type EmbeddedSettings, isEmbedded, isInMemory } from './embedded.ts';
import { migrateLog } from './migrate.ts';

/** The log's file beside the embedded database's file: `x-log.db` beside `x.db`. In memory and with MySQL, the URL is the same. */
export const logUrlOf = (databaseUrl: string): string =>
  !isEmbedded(databaseUrl) || isInMemory(databaseUrl) ? databaseUrl : databaseUrl.replace(/(\.[^./\\]*)?$/, '-log$1');

/**
 * Opens the database of the API log. Returns it with a function that closes it.
 *
 * With MySQL the log is a table of the main database. The embedded database has one writer at a time, so its log is a separate file: calls do
 * not wait for a build's transaction, and builds do not wait for the log. The log file uses `synchronous = NORMAL`: a killed process loses
 * nothing; a power failure loses at most the calls of the last moments.
 */
export function openLog(databaseUrl: string, db: Db, settings: EmbeddedSettings = {}): { logDb: Db; closeLog: () => Promise<void> } {
  if (!isEmbedded(databaseUrl)) return { logDb: db, closeLog: async () => {} };
  const logDb = createDatabase(logUrlOf(databaseUrl), { ...settings, synchronous: 'NORMAL' });
  return { logDb, closeLog: () => logDb.destroy() };
}

/** Creates the log's table in a separate log file. With MySQL, `migrate` has created the table. */
export const prepareLog = async (logDb: Db, db: Db): Promise<void> => {
  if (logDb !== db) await migrateLog(logDb);
};
