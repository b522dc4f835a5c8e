import { RateLimiterMemory, RateLimiterMySQL, RateLimiterRes } from 'rate-limiter-flexible';
import { type Db, isMySql } from '../../database/database.ts';
import { isDeadlock } from '../../database/database-errors.ts';

/** Adds points to somebody's count; answers the count with them, however high, and when it starts again. */
export type CountPoints = (who: string, points: number) => Promise<{ counted: number; endsInMs: number }>;

const triesMax = 10;

/**
 * Counts of a kind, such as a token's requests, each over its own windows. On MySQL all processes count in the table `rate_limits` (their clocks
 * must agree as closely as a window is to be kept), and a database that is away is an error; on SQLite, which is one process, in its memory.
 */
export function createRateCounter(db: Db, kind: string, limit: number, windowSeconds: number): CountPoints {
  const usual = { keyPrefix: kind, points: limit, duration: windowSeconds };
  const limiter = isMySql(db)
    ? new RateLimiterMySQL({
        ...usual,
        storeClient: db,
        storeType: 'knex',
        dbName: db.client.config.connection.database,
        tableName: 'rate_limits',
        // By a migration of ours.
        tableCreated: true,
        // Every five minutes what ended an hour ago is deleted; the timer keeps no process alive and minds no closed database.
        clearExpiredByTimeout: true,
      })
    : new RateLimiterMemory(usual);

  return async (who, points) => {
    for (let tries = 1; ; tries++) {
      try {
        const { consumedPoints, msBeforeNext } = await limiter.consume(who, points);
        return { counted: consumedPoints, endsInMs: msBeforeNext };
      } catch (thrown) {
        if (thrown instanceof RateLimiterRes) return { counted: thrown.consumedPoints, endsInMs: thrown.msBeforeNext };
        if (!isDeadlock(thrown) || tries === triesMax) throw thrown;
      }
    }
  };
}
