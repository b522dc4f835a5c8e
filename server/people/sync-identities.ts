import { setTimeout as wait } from 'node:timers/promises';
import { BuildInterruption, type Heartbeat, type HeartbeatSettings } from '../applications/build/heartbeat.ts';
import { type ApplicationRow, findApplication } from '../applications/store/applications.ts';
import { endSync, type ImportLease, updateSyncProgress } from '../applications/store/build-queue.ts';
import { listChangedKeys } from '../applications/store/changed-records.ts';
import { inTransaction } from '../database/transactions.ts';
import { updateIdentities } from './update-identities.ts';

const keysPerBatch = 500;
/** Throttles the sync between two batches, because SQLite allows one writer at a time and other writers must get their turn. */
const throttleMs = 5;

/** The progress of a sync, as stored with the import. New and changed records are synced before removed records (`gone`). */
interface SyncProgress {
  what: 'changed' | 'gone';
  /** The last key that was synced. Records are synced in the order of their keys. */
  after: string;
}
const initialProgress: SyncProgress = { what: 'changed', after: '' };

/**
 * Syncs the identities of a directory with an import's changes in batches, and finishes the import.
 *
 * Each transaction updates one batch and stores the progress. A worker that resumes an interrupted sync therefore skips no batch. It can repeat
 * only the last one, which changes nothing the second time.
 *
 * Throws `BuildInterruption` with the reason `lost` if another worker has taken the lease.
 */
export async function syncIdentities(
  { db, clock }: Pick<HeartbeatSettings, 'db' | 'clock'>,
  lease: ImportLease,
  heartbeat: Heartbeat,
): Promise<void> {
  const { environment_id, application_id, sync_progress } = lease.import;
  const application = (await findApplication(db, environment_id, application_id)) as ApplicationRow;
  const generations = { before: application.synced_generation_id, now: application.generation_id };
  let progress: SyncProgress = sync_progress ? JSON.parse(sync_progress) : initialProgress;
  for (;;) {
    const { keys, after } = await listChangedKeys(db, 'identities', progress.what, generations, {
      after: progress.after,
      limit: keysPerBatch,
    });
    const isLast = after === undefined && progress.what === 'gone';
    const next: SyncProgress = after === undefined ? { what: 'gone', after: '' } : { ...progress, after };
    const isLeaseHeld = await inTransaction(db, async (trx) => {
      if (!(await updateSyncProgress(trx, lease, JSON.stringify(isLast ? progress : next)))) return false;
      if (keys.length > 0) await updateIdentities(trx, application, keys, clock());
      return true;
    });
    if (!isLeaseHeld) throw new BuildInterruption('lost');
    if (isLast) break;
    progress = next;
    await heartbeat();
    await wait(throttleMs);
  }
  if (!(await endSync(db, lease, clock(), application.generation_id as number))) throw new BuildInterruption('lost');
}
