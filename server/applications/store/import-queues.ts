import { type Db, selectRows } from '../../database/database.ts';
import { onIndex } from '../../database/join-in-order.ts';

/**
 * The queue of an environment's open imports. Workers serve the environments in turn, so that the imports of one do not delay those of another.
 *
 * A row means that the environment may have open imports. `addToQueue` inserts it and a claim that finds no open import deletes it, both under
 * the lock of this row.
 */
interface ImportQueue {
  environment_id: string;
  turn: number;
}

/** The states of imports that have not ended. */
export const openStatuses = ['Pending', 'Running', 'Canceling'] as const;

/** Thrown instead of inserting an import into an environment that has the maximum number of open imports. */
export class QueueFull extends Error {}

const table = 'import_queues';
/** More than the builds that run at a time. An environment of which no import can be claimed has a running build. */
const queuesMax = 1000;

const nextTurn = async (trx: Db): Promise<number> => {
  const last: { turn: number | string } | undefined = await trx<ImportQueue>(table).orderBy('turn', 'desc').first('turn');
  return Number(last?.turn ?? 0) + 1;
};

/** Lists environments that may have open imports: first the one that was served the longest time ago. */
export const listQueues = async (db: Db): Promise<string[]> => {
  const rows: Pick<ImportQueue, 'environment_id'>[] = await db(table).orderBy('turn').limit(queuesMax).select('environment_id');
  return rows.map(({ environment_id }) => environment_id);
};

/** Puts an environment at the end of the order, if it is not in it. Must run before its import is inserted, in the same transaction. */
export async function addToQueue(trx: Db, environmentId: string): Promise<void> {
  if (await lockQueue(trx, environmentId)) return;
  const row: ImportQueue = { environment_id: environmentId, turn: await nextTurn(trx) };
  await trx(table).insert(row).onConflict('environment_id').ignore();
}

/** Locks an environment's queue until the transaction ends, so that no other worker claims one of its imports. Returns false if it is deleted. */
export const lockQueue = async (trx: Db, environmentId: string): Promise<boolean> =>
  (await trx(table).where({ environment_id: environmentId }).forUpdate().first('environment_id')) !== undefined;

/** Moves an environment to the end of the order. */
export const moveToEnd = async (trx: Db, environmentId: string): Promise<void> => {
  await trx(table)
    .where({ environment_id: environmentId })
    .update({ turn: await nextTurn(trx) });
};

export const deleteQueue = async (trx: Db, environmentId: string): Promise<void> => {
  await trx(table).where({ environment_id: environmentId }).delete();
};

/** Tells whether an environment has `max` open imports. Reads no more than `max` entries of an index. */
export async function isQueueFull(db: Db, environmentId: string, max: number): Promise<boolean> {
  const marks = openStatuses.map(() => '?').join(', ');
  const sql = `SELECT COUNT(*) AS count FROM
    (SELECT 1 AS one FROM ${onIndex(db, 'application_imports', 'application_imports_queued')}
      WHERE environment_id = ? AND status IN (${marks}) LIMIT ${max}) AS open_imports`;
  const [row] = await selectRows<{ count: number }>(db, sql, [environmentId, ...openStatuses]);
  return Number(row?.count) >= max;
}
