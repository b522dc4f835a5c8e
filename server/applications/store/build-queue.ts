import { randomUUID } from 'node:crypto';
import { type Db, selectRows } from '../../database/database.ts';
import { toInstant } from '../../database/instants.ts';
import { onIndex } from '../../database/join-in-order.ts';
import { inTransaction } from '../../database/transactions.ts';
import type { ApplicationImportRow, ImportMetrics } from './application-imports.ts';
import type { RecordCounts } from './applications.ts';
import { importSortKeyOf, recordImportMove } from './import-lists.ts';
import { deleteQueue, isStillNext, listQueues, lockQueue, moveToEnd, openStatuses, type QueuedEnvironment } from './import-queues.ts';

/** A worker's exclusive right to build an import. It expires `leaseMs` after its last renewal. */
export interface ImportLease {
  import: ApplicationImportRow;
  leaseId: string;
}

/** `sync_progress` of an import whose generation is switched and whose sync of identities has not started. */
export const syncNotStarted = '';

const table = 'application_imports';

const leasedRow = (db: Db, { import: { id }, leaseId }: ImportLease) => db(table).where({ id, lease_id: leaseId });
const endedColumns = (now: Date) => ({
  status: 'Finished' as const,
  build_end: toInstant(now),
  lease_id: null,
  lease_until: null,
  sync_progress: null,
});
const instantAfter = (now: Date, ms: number) => toInstant(new Date(now.getTime() + ms));

/**
 * Leases an open import for `leaseMs`: of the organization and its environment that were served the longest time ago, the oldest one of an
 * application that no other worker is building.
 *
 * The lock of the environment's queue keeps other workers out while one chooses, so builds of one application never overlap. The lease of a dead
 * worker expires. If that worker resumes, its later updates match no row, because `lease_id` has changed.
 */
export async function claimNextImport(db: Db, now: Date, leaseMs: number): Promise<ImportLease | undefined> {
  for await (const queued of listQueues(db)) {
    const { environmentId } = queued;
    // An idle worker must not block writers, so it first looks without a lock.
    if (!(await findClaimable(db, environmentId, now)) && (await findOldestImport(db, environmentId, []))) continue;
    const claim = await inTransaction(db, (trx) => claimOfEnvironment(trx, queued, now, leaseMs));
    // Another worker has claimed an import of the organization, so the order has changed.
    if (claim === 'turn taken') return claimNextImport(db, now, leaseMs);
    if (claim) return claim;
  }
  return undefined;
}

async function claimOfEnvironment(
  trx: Db,
  queued: QueuedEnvironment,
  now: Date,
  leaseMs: number,
): Promise<ImportLease | 'turn taken' | undefined> {
  const { environmentId } = queued;
  if (!(await lockQueue(trx, environmentId))) return undefined;
  if (!(await isStillNext(trx, queued))) return 'turn taken';
  for (;;) {
    const next = await findClaimable(trx, environmentId, now);
    if (!next) {
      if (!(await findOldestImport(trx, environmentId, []))) await deleteQueue(trx, environmentId);
      return undefined;
    }
    const leaseId = randomUUID();
    const build_start = next.build_start ?? toInstant(now);
    const changes = {
      status: next.status === 'Pending' ? ('Running' as const) : next.status,
      build_start,
      sort_key: importSortKeyOf({ build_start, number: next.number }),
      lease_id: leaseId,
      lease_until: instantAfter(now, leaseMs),
    };
    // Fails if the import was canceled meanwhile, or if the worker of an expired lease ended it.
    const isClaimed = await trx(table).where({ id: next.id, status: next.status, lease_id: next.lease_id }).update(changes);
    if (!isClaimed) continue;
    await recordImportMove(trx, next, changes.sort_key);
    await moveToEnd(trx, queued);
    return { import: { ...next, ...changes }, leaseId };
  }
}

/** Finds the import of an environment to claim next. */
async function findClaimable(db: Db, environmentId: string, now: Date): Promise<ApplicationImportRow | undefined> {
  // Few rows: each belongs to a running build, or to one whose worker died. `> ''` uses the index on both databases.
  const leased: Pick<ApplicationImportRow, 'id' | 'environment_id' | 'application_id' | 'lease_until'>[] = await db(table)
    .where('lease_id', '>', '')
    .orderBy('lease_id')
    .select('id', 'environment_id', 'application_id', 'lease_until');
  const ofEnvironment = leased.filter((row) => row.environment_id === environmentId);
  const isExpired = (row: (typeof leased)[number]) => row.lease_until === null || row.lease_until <= toInstant(now);
  const busyApplications = ofEnvironment.filter((row) => !isExpired(row)).map((row) => row.application_id);
  // Imports with an expired lease come first: until the lease id changes, their former worker may resume and switch the application.
  const expired = ofEnvironment.find((row) => isExpired(row) && !busyApplications.includes(row.application_id));
  return expired ? db(table).where({ id: expired.id }).first() : findOldestImport(db, environmentId, busyApplications);
}

/** Finds the open import of an environment with the lowest number, except those of some applications. */
async function findOldestImport(db: Db, environmentId: string, exceptApplications: string[]): Promise<ApplicationImportRow | undefined> {
  const except = exceptApplications.map(() => ' AND application_id <> ?').join('');
  // One part for each status, because each then reads its first match from the index and no other row.
  const ofStatus = `SELECT * FROM (SELECT * FROM ${onIndex(db, table, 'application_imports_queued')}
    WHERE environment_id = ? AND status = ?${except} ORDER BY number LIMIT 1) AS oldest`;
  const sql = openStatuses.map(() => ofStatus).join(' UNION ALL ');
  const values = openStatuses.flatMap((status) => [environmentId, status, ...exceptApplications]);
  const rows = await selectRows<ApplicationImportRow>(db, sql, values);
  return rows.sort((left, right) => left.number - right.number)[0];
}

/** Extends a lease and stores the log so far. Returns `cancel` if cancellation was requested and `lost` if another worker has the import. */
export const renewLease = (db: Db, lease: ImportLease, now: Date, leaseMs: number, log: string): Promise<'continue' | 'cancel' | 'lost'> =>
  inTransaction(db, async (trx) => {
    if ((await leasedRow(trx, lease).update({ lease_until: instantAfter(now, leaseMs), log })) === 0) return 'lost';
    const { status } = await leasedRow(trx, lease).first('status');
    return status === 'Canceling' ? 'cancel' : 'continue';
  });

/** Releases the lease of an unfinished import, so any worker can claim it at once. Returns false if the lease was lost. */
export const releaseLease = (db: Db, lease: ImportLease): Promise<boolean> =>
  inTransaction(db, async (trx) => (await leasedRow(trx, lease).update({ lease_id: null, lease_until: null })) > 0);

/** Ends an import that failed or was canceled. Returns false if the lease was lost. */
export const endImport = (db: Db, lease: ImportLease, now: Date, status: 'Failed' | 'Canceled', log: string): Promise<boolean> =>
  inTransaction(db, async (trx) => (await leasedRow(trx, lease).update({ ...endedColumns(now), status, log })) > 0);

/**
 * Makes a generation the one that readers see, in one transaction.
 *
 * Without `sync`, the import is `Finished` in the same transaction. With `sync`, it stays `Running` and can't be canceled; `endSync` finishes it.
 * Returns false and changes nothing if the lease was lost or the import was canceled.
 */
export const switchGeneration = (
  db: Db,
  lease: ImportLease,
  now: Date,
  { generationId, recordCounts, metrics, log }: { generationId: number; recordCounts: RecordCounts; metrics: ImportMetrics; log: string },
  sync: { sync_progress: string } | undefined,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const switched = await leasedRow(trx, lease)
      .where({ status: 'Running' })
      .update({ log, metrics: JSON.stringify(metrics), ...(sync ?? endedColumns(now)) });
    if (switched === 0) return false;
    await trx('generations')
      .where({ id: generationId })
      .update({ record_counts: JSON.stringify(recordCounts) });
    await trx('applications')
      .where({ id: lease.import.application_id })
      .update({ generation_id: generationId, last_updated: toInstant(now), ...(!sync && { synced_generation_id: generationId }) });
    return true;
  });

/** Stores the progress of a sync, in the transaction that syncs a batch of identities. Returns false if the lease was lost. */
export const updateSyncProgress = async (trx: Db, lease: ImportLease, sync_progress: string): Promise<boolean> =>
  (await leasedRow(trx, lease).update({ sync_progress })) > 0;

/** Finishes an import after the sync of identities. Returns false if the lease was lost. */
export const endSync = (db: Db, lease: ImportLease, now: Date, generationId: number): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    if ((await leasedRow(trx, lease).update(endedColumns(now))) === 0) return false;
    await trx('applications').where({ id: lease.import.application_id }).update({ synced_generation_id: generationId });
    return true;
  });
