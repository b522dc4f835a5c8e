import { randomUUID } from 'node:crypto';
import { type Db } from '../../database/database.ts';
import { toInstant } from '../../database/instants.ts';
import { inTransaction } from '../../database/transactions.ts';
import type { ApplicationImportRow, ImportMetrics } from './application-imports.ts';
import type { RecordCounts } from './applications.ts';

/** An import that this process is building until `leaseMs` after it last said so. */
export interface ImportLease {
  import: ApplicationImportRow;
  leaseId: string;
}

/** `sync_progress` of an import whose records are switched and whose identities are still to be synced. */
export const syncNotStarted = '';

const table = 'application_imports';
const open = ['Pending', 'Running', 'Canceling'];
const claimCandidatesMax = 1000;

const owned = (db: Db, { import: { id }, leaseId }: ImportLease) => db(table).where({ id, lease_id: leaseId });
const ended = (now: Date) => ({
  status: 'Finished' as const,
  build_end: toInstant(now),
  lease_id: null,
  lease_until: null,
  sync_progress: null,
});
const later = (now: Date, ms: number) => toInstant(new Date(now.getTime() + ms));

/**
 * Takes the oldest open import of an application that nobody is building, for `leaseMs`.
 *
 * All open rows are locked together and the choice is made here, so that builds of one application never overlap. The lease, not the
 * connection, is the ownership: a worker that dies simply lets it run out, and every later step of its own is refused by `lease_id`.
 */
export async function claimNextImport(db: Db, now: Date, leaseMs: number): Promise<ImportLease | undefined> {
  // Looking first without a lock: an idle worker must not stand in the writers' way.
  if (!(await db(table).whereIn('status', open).first('id'))) return undefined;
  return inTransaction(db, async (trx) => {
    const rows: ApplicationImportRow[] = await trx(table)
      .whereIn('status', open)
      .orderBy('created_at')
      .orderBy('number')
      .limit(claimCandidatesMax)
      .forUpdate();
    const leased = (row: ApplicationImportRow) => row.lease_until !== null && row.lease_until > toInstant(now);
    const busy = new Set(rows.filter(leased).map((row) => row.application_id));
    // One whose worker is gone comes before all others: as long as it is not taken over, that worker may wake up and go on with it.
    const next = [...rows.filter((row) => row.lease_id), ...rows].find((row) => !busy.has(row.application_id));
    if (!next) return undefined;

    const leaseId = randomUUID();
    const build_start = next.build_start ?? toInstant(now);
    const changes = {
      status: next.status === 'Pending' ? ('Running' as const) : next.status,
      build_start,
      sort_at: build_start,
      lease_id: leaseId,
      lease_until: later(now, leaseMs),
    };
    await trx(table).where({ id: next.id }).update(changes);
    return { import: { ...next, ...changes }, leaseId };
  });
}

/** Says that the build goes on, with its log so far. Answers whether it is still ours and still wanted. */
export const renewLease = (db: Db, lease: ImportLease, now: Date, leaseMs: number, log: string): Promise<'continue' | 'cancel' | 'lost'> =>
  inTransaction(db, async (trx) => {
    if ((await owned(trx, lease).update({ lease_until: later(now, leaseMs), log })) === 0) return 'lost';
    const { status } = await owned(trx, lease).first('status');
    return status === 'Canceling' ? 'cancel' : 'continue';
  });

/** Gives a build back unfinished, for the next worker to begin again at once. False when it is no longer ours. */
export const releaseLease = (db: Db, lease: ImportLease): Promise<boolean> =>
  inTransaction(db, async (trx) => (await owned(trx, lease).update({ lease_id: null, lease_until: null })) > 0);

/** Ends a build that goes no further. False when it is no longer ours. */
export const endImport = (db: Db, lease: ImportLease, now: Date, status: 'Failed' | 'Canceled', log: string): Promise<boolean> =>
  inTransaction(db, async (trx) => (await owned(trx, lease).update({ ...ended(now), status, log })) > 0);

/**
 * The one moment at which readers see the new records: all of them, or nothing at all.
 *
 * The import is `Finished` with it, unless something is to be synced from the records first: then it goes on, can't be canceled any more,
 * and `endSync` finishes it. False, and nothing changed, when the build is no longer ours or was canceled meanwhile.
 */
export const switchGeneration = (
  db: Db,
  lease: ImportLease,
  now: Date,
  { generationId, recordCounts, metrics, log }: { generationId: number; recordCounts: RecordCounts; metrics: ImportMetrics; log: string },
  carry: { sync_progress: string } | undefined,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const switched = await owned(trx, lease)
      .where({ status: 'Running' })
      .update({ log, metrics: JSON.stringify(metrics), ...(carry ?? ended(now)) });
    if (switched === 0) return false;
    await trx('generations')
      .where({ id: generationId })
      .update({ record_counts: JSON.stringify(recordCounts) });
    await trx('applications')
      .where({ id: lease.import.application_id })
      .update({ generation_id: generationId, last_updated: toInstant(now), ...(!carry && { synced_generation_id: generationId }) });
    return true;
  });

/** Notes, in the transaction that carries over a piece, how far that is; false when the import is no longer ours. */
export const updateSyncProgress = async (trx: Db, lease: ImportLease, sync_progress: string): Promise<boolean> =>
  (await owned(trx, lease).update({ sync_progress })) > 0;

/** Finishes an import of which all is synced. False when it is no longer ours. */
export const endSync = (db: Db, lease: ImportLease, now: Date, generationId: number): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    if ((await owned(trx, lease).update(ended(now))) === 0) return false;
    await trx('applications').where({ id: lease.import.application_id }).update({ synced_generation_id: generationId });
    return true;
  });
