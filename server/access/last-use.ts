import type { Log } from '../common/process-log.ts';
import type { Db } from '../database/database.ts';
import { updateTokensLastUsed } from './store/last-use.ts';

const flushMs = 10_000;

export type LastUse = ReturnType<typeof createLastUse>;

/**
 * Collects the last use of each token in memory, and stores it every ten seconds and at the stop.
 *
 * Storing it on each call would be slow: concurrent calls of one token would wait for its row, and on the embedded database the whole process would
 * block while a build holds the write lock.
 */
export function createLastUse(db: Db, log: Log) {
  let uses = new Map<string, Date>();
  let writing: Promise<void> | undefined;
  const timer = setInterval(flush, flushMs);
  timer.unref();

  /** Ignores a use earlier than the recorded one: concurrent calls are recorded in any order. */
  function record(tokenId: string, usedAt: Date): void {
    const recorded = uses.get(tokenId);
    if (recorded === undefined || recorded < usedAt) uses.set(tokenId, usedAt);
  }

  async function write(): Promise<void> {
    if (uses.size === 0) return;
    const batch = uses;
    uses = new Map();
    try {
      await updateTokensLastUsed(db, batch);
    } catch (error) {
      // The next write includes this batch.
      for (const [tokenId, usedAt] of batch) record(tokenId, usedAt);
      log.warn({ err: error }, 'the last use of tokens could not be written yet');
    }
  }

  /** Stores the recorded uses. Uses that are recorded while a write runs wait for the next write. */
  function flush(): Promise<void> {
    writing ??= write().finally(() => {
      writing = undefined;
    });
    return writing;
  }

  return {
    record,
    flush,
    stop: async () => {
      clearInterval(timer);
      await writing;
      await flush();
    },
  };
}
