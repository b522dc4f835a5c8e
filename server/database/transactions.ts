import type { Knex } from 'knex';
import { type Db, isMySql } from './database.ts';
import { isDeadlock } from './database-errors.ts';

const deadlockTries = 10;

/**
 * Runs `work` in a transaction: all of its writes are committed, or none.
 *
 * `work` runs again if the transaction is rolled back by a deadlock, so it must have no effects outside the transaction.
 * MySQL uses READ COMMITTED, so a row that is read again is the latest committed row. Inside another transaction, `work` runs in a savepoint:
 * an error rolls back only `work`. A deadlock rolls back everything, and only the outermost transaction retries.
 */
export async function inTransaction<Result>(db: Db, work: (trx: Knex.Transaction) => Promise<Result>): Promise<Result> {
  if (db.isTransaction) return runWithSteps(db, work, {}, async (steps) => void stepsOf(db).push(...steps));
  for (let tries = 1; ; tries++) {
    try {
      const config = isMySql(db) ? { isolationLevel: 'read committed' as const } : {};
      return await runWithSteps(db, work, config, runSteps);
    } catch (error) {
      if (!isDeadlock(error) || tries === deadlockTries) throw error;
    }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: each step has items of its own type.
type StepRunner = (trx: Db, items: any[]) => Promise<void>;
/** Work that is postponed to the end of the transaction. */
interface Step {
  run: StepRunner;
  items: unknown[];
}
const pendingSteps = new WeakMap<Db, Step[]>();

function stepsOf(trx: Db): Step[] {
  const steps = pendingSteps.get(trx);
  if (!steps) throw new Error('beforeCommit needs a transaction that inTransaction started');
  return steps;
}

/** Calls each different runner once, with the items of all its steps. */
async function runSteps(steps: Step[], trx: Db): Promise<void> {
  for (const runner of new Set(steps.map(({ run }) => run)))
    await runner(
      trx,
      steps.filter(({ run }) => run === runner).flatMap(({ items }) => items),
    );
}

const runWithSteps = <Result>(
  db: Db,
  work: (trx: Knex.Transaction) => Promise<Result>,
  config: Knex.TransactionConfig,
  finish: (steps: Step[], trx: Db) => Promise<void>,
): Promise<Result> =>
  db.transaction(async (trx) => {
    pendingSteps.set(trx, []);
    const result = await work(trx);
    await finish(stepsOf(trx), trx);
    return result;
  }, config);

/**
 * Postpones `run` to the end of the outermost transaction, just before it commits.
 *
 * Several calls with the same `run` are combined into one call with all their items.
 */
export function beforeCommit<Item>(trx: Db, run: (trx: Db, items: Item[]) => Promise<void>, items: Item[]): void {
  stepsOf(trx).push({ run, items });
}
