import { setTimeout as delay } from 'node:timers/promises';
import EmbeddedClient from 'knex/lib/dialects/better-sqlite3/index.js';
import { errorCodeOf } from './database-errors.ts';

/** Milliseconds that a statement waits for the write lock of the embedded database. */
export const writeLockMsMax = 5000;

const isLocked = (error: unknown) => /^SQLITE_BUSY(_RECOVERY)?$/.test(errorCodeOf(error));

/**
 * Runs a statement on the embedded database. While another process has the write lock, tries again every two milliseconds on average.
 *
 * SQLite's own `busy_timeout` must be 0. It stops the event loop, and its tries become so rare that a process that writes all the time lets no other
 * process write. Rejects with `SQLITE_BUSY` after `writeLockMsMax`.
 */
export async function whenUnlocked<Result>(run: () => Result | Promise<Result>): Promise<Result> {
  for (const endsAt = performance.now() + writeLockMsMax; ; ) {
    try {
      return await run();
    } catch (error) {
      if (!isLocked(error) || performance.now() > endsAt) throw error;
    }
    await delay(1 + 2 * Math.random());
  }
}

/** Knex's client of the embedded database, with statements that wait for the write lock. */
export class WaitingClient extends EmbeddedClient {
  override _query(connection: unknown, query: object): Promise<object> {
    return whenUnlocked(() => super._query(connection, query));
  }
}
