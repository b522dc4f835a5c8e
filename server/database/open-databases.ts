import { createDatabase, type Db } from './database.ts';
import type { EmbeddedSettings } from './embedded.ts';
import { logUrlOf, openLog, prepareLog } from './log-database.ts';
import { migrate } from './migrate.ts';
import { withDatabaseName } from './unusable-database.ts';

interface OpenDatabases {
  db: Db;
  /** The database of the API log; with MySQL it is `db`. */
  logDb: Db;
  close: () => Promise<void>;
}

/**
 * Opens the database and that of the API log, and brings their tables up to date. Throws `UnusableDatabase` if one of them cannot be used.
 *
 * Creates no file for the log if the database itself cannot be used.
 */
export async function openDatabases(databaseUrl: string, settings: EmbeddedSettings = {}): Promise<OpenDatabases> {
  const db = await withDatabaseName(databaseUrl, () => createDatabase(databaseUrl, settings));
  let log: ReturnType<typeof openLog> | undefined;
  const close = async () => {
    await log?.closeLog();
    await db.destroy();
  };
  try {
    await withDatabaseName(databaseUrl, () => migrate(db));
    const { logDb } = await withDatabaseName(logUrlOf(databaseUrl), async () => {
      log = openLog(databaseUrl, db, settings);
      await prepareLog(log.logDb, db);
      return log;
    });
    return { db, logDb, close };
  } catch (error) {
    await close();
    throw error;
  }
}
