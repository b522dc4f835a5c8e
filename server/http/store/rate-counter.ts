import { RateLimiterMemory, RateLimiterMySQL, RateLimiterRes } from 'rate-limiter-flexible';
import { type Db, isMySql } from '../../database/database.ts';
import { isDeadlock } from '../../database/database-errors.ts';

/** Adds points to the count of a token or an address. Returns the new count, even if it is over the limit, and the time to the window's end. */
export type AddPoints = (id: string, points: number) => Promise<{ counted: number; endsInMs: number }>;

const triesMax = 10;

/**
 * Creates the counter of one kind of limit, such as the requests of tokens.
 *
 * On MySQL all processes count in the table `rate_limits`. If the clocks of the processes differ, the window is
 * wrong by that difference. The counter throws if the database cannot be reached. SQLite serves one process only, which counts in memory.
 */
export function createRateCounter(db: Db, kind: string, limit: number, windowSeconds: number): AddPoints {
  const settings = { keyPrefix: kind, points: limit, duration: windowSeconds };
  const limiter = isMySql(db)
    ? new RateLimiterMySQL({
        ...settings,
        storeClient: db,
        storeType: 'knex',
        dbName: db.client.config.connection.database,
        tableName: 'rate_limits',
        // A migration creates the table.
        tableCreated: true,
        // Every five minutes the library deletes counts that ended an hour ago. Its timer does not keep the process alive.
        clearExpiredByTimeout: true,
      })
    : new RateLimiterMemory(settings);

  return async (id, points) => {
    for (let tries = 1; ; tries++) {
      try {
        const { consumedPoints, msBeforeNext } = await limiter.consume(id, points);
        return { counted: consumedPoints, endsInMs: msBeforeNext };
      } catch (thrown) {
        if (thrown instanceof RateLimiterRes) return { counted: thrown.consumedPoints, endsInMs: thrown.msBeforeNext };
        if (!isDeadlock(thrown) || tries === triesMax) throw thrown;
      }
    }
  };
}
