import { randomUUID } from 'node:crypto';
import type { Db } from '../../database/database.ts';
import { toInstant } from '../../database/instants.ts';
import { inTransaction } from '../../database/transactions.ts';
import type { ApplicationImportRow, ImportMetrics } from './application-imports.ts';
import type { RecordCounts } from './applications.ts';

/** A worker's exclusive right to build an import. It expires `leaseMs` after its last renewal. */
export interface ImportLease {
  import: ApplicationImportRow;
  leaseId: string;
}

/** `sync_progress` of an import whose generation is switched and whose sync of identities has not started. */
export const syncNotStarted = '';

const table = 'application_imports';
const openStatuses = ['Pending', 'Running', 'Canceling'];
const claimCandidatesMax = 1000;

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
 * Leases the oldest import that has not ended, for `leaseMs`. Imports with an expired lease come first. Skips applications for which another
 * import is being built.
 *
 * Locks all open rows before it chooses one, so builds of one application never overlap. The lease of a dead worker expires. If that worker
 * resumes, its later updates match no row, because `lease_id` has changed.
 */
export async function claimNextImport(db: Db, now: Date, leaseMs: number): Promise<ImportLease | undefined> {
  // An idle worker must not block writers, so it first looks without a lock.
  if (!(await db(table).whereIn('status', openStatuses).first('id'))) return undefined;
  return inTransaction(db, async (trx) => {
    const rows: ApplicationImportRow[] = await trx(table)
      .whereIn('status', openStatuses)
      .orderBy('created_at')
      .orderBy('number')
      .limit(claimCandidatesMax)
      .forUpdate();
    const isLeased = (row: ApplicationImportRow) => row.lease_until !== null && row.lease_until > toInstant(now);
    const busyApplications = new Set(rows.filter(isLeased).map((row) => row.application_id));
    // Imports with an expired lease come first: until the lease id changes, their former worker may resume and switch the application.
    const next = [...rows.filter((row) => row.lease_id), ...rows].find((row) => !busyApplications.has(row.application_id));
    if (!next) return undefined;

    const leaseId = randomUUID();
    const build_start = next.build_start ?? toInstant(now);
    const changes = {
      status: next.status === 'Pending' ? ('Running' as const) : next.status,
      build_start,
      sort_at: build_start,
      lease_id: leaseId,
      lease_until: instantAfter(now, leaseMs),
    };
    await trx(table).where({ id: next.id }).update(changes);
    return { import: { ...next, ...changes }, leaseId };
  });
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
