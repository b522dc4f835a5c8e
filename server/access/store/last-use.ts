import { setImmediate as turn } from 'node:timers/promises';
import { type Db } from '../../database/database.ts';
import { toInstant } from '../../database/instants.ts';
import { inTransaction } from '../../database/transactions.ts';

const pieceMax = 100;

/**
 * Only forward: of two processes that saw the same token, the later use stays, and to write one again does no harm.
 *
 * In pieces, each a transaction, and by id: the embedded database writes on the event loop, and on MySQL two processes would wait for each other's rows.
 */
export async function updateTokensLastUsed(db: Db, uses: Iterable<[tokenId: string, usedAt: Date]>): Promise<void> {
  const sorted = [...uses].sort(([one], [other]) => (one < other ? -1 : 1));
  for (let from = 0; from < sorted.length; from += pieceMax) {
    if (from > 0) await turn();
    await inTransaction(db, async (trx) => {
      for (const [id, usedAt] of sorted.slice(from, from + pieceMax)) {
        const last_used_at = toInstant(usedAt);
        await trx('tokens')
          .where({ id })
          .where((older) => older.whereNull('last_used_at').orWhere('last_used_at', '<', last_used_at))
          .update({ last_used_at });
      }
    });
  }
}
