import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Db } from '../../database/database.ts';
import { toInstant } from '../../database/instants.ts';
import { inTransaction } from '../../database/transactions.ts';

const batchMax = 100;

/**
 * Updates the last use of tokens, but never to an earlier time.
 *
 * Two processes may report uses of the same token in any order, and a failed update may be repeated. Writes in batches, one transaction each, because
 * the embedded database blocks the event loop while it writes. Sorts by id, so that two processes on MySQL lock rows in the same order and cannot
 * deadlock.
 */
export async function updateTokensLastUsed(db: Db, uses: Iterable<[tokenId: string, usedAt: Date]>): Promise<void> {
  const sorted = [...uses].sort(([a], [b]) => (a < b ? -1 : 1));
  for (let from = 0; from < sorted.length; from += batchMax) {
    if (from > 0) await yieldToEventLoop();
    await inTransaction(db, async (trx) => {
      for (const [id, usedAt] of sorted.slice(from, from + batchMax)) {
        const last_used_at = toInstant(usedAt);
        await trx('tokens')
          .where({ id })
          .where((earlier) => earlier.whereNull('last_used_at').orWhere('last_used_at', '<', last_used_at))
          .update({ last_used_at });
      }
    });
  }
}
