import type { Knex } from 'knex';
import { type Db, isMySql } from './database.ts';
import { isDeadlock } from './database-errors.ts';

const deadlockTries = 10;

/**
 * All of `work` or nothing of it; `work` runs again when the database chose it as a deadlock's victim, so it must have no other effects.
 *
 * MySQL runs it as READ COMMITTED, so that a row read again is the row as it is now. Within another transaction it is a part of that, which can be
 * undone by itself; a deadlock ends the whole, and is for the outermost to try again.
 */
export async function inTransaction<Result>(db: Db, work: (trx: Knex.Transaction) => Promise<Result>): Promise<Result> {
  if (db.isTransaction) return withEndings(db, work, {}, async (endings) => void endingsOf(db).push(...endings));
  for (let tries = 1; ; tries++) {
    try {
      const config = isMySql(db) ? { isolationLevel: 'read committed' as const } : {};
      return await withEndings(db, work, config, async (endings, trx) => {
        for (const ending of new Set(endings.map(({ run }) => run)))
          await ending(
            trx,
            endings.filter(({ run }) => run === ending).flatMap(({ on }) => on),
          );
      });
    } catch (error) {
      if (!isDeadlock(error) || tries === deadlockTries) throw error;
    }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: each kind of ending has things of its own kind.
type Run = (trx: Db, on: any[]) => Promise<void>;
interface Ending {
  run: Run;
  on: unknown[];
}
const pending = new WeakMap<Db, Ending[]>();

function endingsOf(trx: Db): Ending[] {
  const endings = pending.get(trx);
  if (!endings) throw new Error('This must be done in a transaction of inTransaction');
  return endings;
}

const withEndings = <Result>(
  db: Db,
  work: (trx: Knex.Transaction) => Promise<Result>,
  config: Knex.TransactionConfig,
  end: (endings: Ending[], trx: Db) => Promise<void>,
): Promise<Result> =>
  db.transaction(async (trx) => {
    pending.set(trx, []);
    const result = await work(trx);
    await end(endingsOf(trx), trx);
    return result;
  }, config);

/** Leaves something to be done once, on all that was left for it, as the last thing in the outermost transaction. */
export function beforeCommit<Thing>(trx: Db, run: (trx: Db, on: Thing[]) => Promise<void>, on: Thing[]): void {
  endingsOf(trx).push({ run, on });
}
