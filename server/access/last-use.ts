import type { Log } from '../common/process-log.ts';
import type { Db } from '../database/database.ts';
import { updateTokensLastUsed } from './store/last-use.ts';

const flushMs = 10_000;

export type LastUse = ReturnType<typeof createLastUse>;

/**
 * Keeps when tokens were used, and writes it every ten seconds and at the stop: on each call, callers would wait for one row, and on the embedded database
 * the process waits with all it does until a build lets it write.
 */
export function createLastUse(db: Db, log: Log) {
  let uses = new Map<string, Date>();
  let writing: Promise<void> | undefined;
  const timer = setInterval(flush, flushMs);
  timer.unref();

  /** Calls that ran side by side are not noted in the order in which they came. */
  function record(tokenId: string, usedAt: Date): void {
    const noted = uses.get(tokenId);
    if (noted === undefined || noted < usedAt) uses.set(tokenId, usedAt);
  }

  async function write(): Promise<void> {
    if (uses.size === 0) return;
    const batch = uses;
    uses = new Map();
    try {
      await updateTokensLastUsed(db, batch);
    } catch (error) {
      // Written with the next batch.
      for (const [tokenId, usedAt] of batch) record(tokenId, usedAt);
      log.warn({ err: error }, 'the last use of tokens could not be written yet');
    }
  }

  /** Where a batch is on its way, what was noted since waits for the next. */
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
