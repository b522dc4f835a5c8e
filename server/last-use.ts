import type { Log } from './log.ts';
import type { Db } from './store/database.ts';
import { updateTokensLastUsed } from './store/tokens.ts';

const flushMs = 2_000;

export type LastUse = ReturnType<typeof createLastUse>;

/** Keeps when tokens were used, and writes it every two seconds and at the stop: a write on each call would have callers wait for one row. */
export function createLastUse(db: Db, log: Log) {
  let uses = new Map<string, Date>();
  const timer = setInterval(flush, flushMs);
  timer.unref();

  async function flush(): Promise<void> {
    if (uses.size === 0) return;
    const writing = uses;
    uses = new Map();
    try {
      await updateTokensLastUsed(db, writing);
    } catch (error) {
      // Written with the next batch; what was used again meanwhile is newer.
      for (const [tokenId, usedAt] of writing) if (!uses.has(tokenId)) uses.set(tokenId, usedAt);
      log.warn({ err: error }, 'the last use of tokens could not be written yet');
    }
  }

  return {
    record: (tokenId: string, usedAt: Date) => {
      uses.set(tokenId, usedAt);
    },
    flush,
    stop: async () => {
      clearInterval(timer);
      await flush();
    },
  };
}
