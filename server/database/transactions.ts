import type { Knex } from 'knex';
import { type Db, isMySql } from './database.ts';
import { isDeadlock, isOutOfSpace } from './database-errors.ts';

const deadlockTries = 10;

const errorsOfCommits = new WeakSet<object>();

/**
 * Tells whether a transaction failed with this error while it committed: its changes may be stored, for instance because the connection was lost after
 * the database had received the commit.
 */
export const isCommitUnknown = (error: unknown): boolean => errorsOfCommits.has(Object(error));

/**
 * Runs `work` in a transaction: all of its writes are committed, or none.
 *
 * `work` runs again if the transaction is rolled back by a deadlock, so it must have no effects outside the transaction.
 * MySQL uses READ COMMITTED, so a row that is read again is the latest committed row. Inside another transaction, `work` runs in a savepoint:
 * an error rolls back only `work`. A deadlock rolls back everything, and only the outermost transaction retries.
 */
export async function inTransaction<Result>(db: Db, work: (trx: Knex.Transaction) => Promise<Result>): Promise<Result> {
  if (db.isTransaction)
    return runThenFinish(db, work, {}, async (postponed) => {
      for (const later of postponed) postponedWorkOf(db).push(later);
    });
  for (let tries = 1; ; tries++) {
    let isCommitting = false;
    try {
      const config = isMySql(db) ? { isolationLevel: 'read committed' as const } : {};
      return await runThenFinish(db, work, config, async (postponed, trx) => {
        await runPostponedWork(postponed, trx);
        isCommitting = true;
      });
    } catch (error) {
      if (isDeadlock(error) && tries < deadlockTries) continue;
      // A database without space has stored nothing.
      if (isCommitting && !isOutOfSpace(error)) errorsOfCommits.add(Object(error));
      throw error;
    }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: each postponed work has items of its own type.
type WorkRunner = (trx: Db, items: any[]) => Promise<void>;
/** Work that is postponed to the end of the transaction. */
interface PostponedWork {
  run: WorkRunner;
  items: unknown[];
}
const postponedWorkByTransaction = new WeakMap<Db, PostponedWork[]>();

function postponedWorkOf(trx: Db): PostponedWork[] {
  const postponed = postponedWorkByTransaction.get(trx);
  if (!postponed) throw new Error('beforeCommit needs a transaction that inTransaction started');
  return postponed;
}

/** Calls each different runner once, with the items of all its postponed calls. */
async function runPostponedWork(postponed: PostponedWork[], trx: Db): Promise<void> {
  for (const runner of new Set(postponed.map(({ run }) => run)))
    await runner(
      trx,
      postponed.filter(({ run }) => run === runner).flatMap(({ items }) => items),
    );
}

const runThenFinish = <Result>(
  db: Db,
  work: (trx: Knex.Transaction) => Promise<Result>,
  config: Knex.TransactionConfig,
  finish: (postponed: PostponedWork[], trx: Db) => Promise<void>,
): Promise<Result> =>
  db.transaction(async (trx) => {
    postponedWorkByTransaction.set(trx, []);
    const result = await work(trx);
    await finish(postponedWorkOf(trx), trx);
    return result;
  }, config);

/**
 * Postpones `run` to the end of the outermost transaction, just before it commits.
 *
 * Several calls with the same `run` are combined into one call with all their items.
 */
export function beforeCommit<Item>(trx: Db, run: (trx: Db, items: Item[]) => Promise<void>, items: Item[]): void {
  postponedWorkOf(trx).push({ run, items });
}
