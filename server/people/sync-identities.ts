import { setTimeout as wait } from 'node:timers/promises';
import { BuildEnd, type Heartbeat, type HeartbeatSettings } from '../applications/build/heartbeat.ts';
import { type ApplicationRow, findApplication } from '../applications/store/applications.ts';
import { endSync, type ImportLease, updateSyncProgress } from '../applications/store/build-queue.ts';
import { listChangedKeys } from '../applications/store/changed-records.ts';
import { inTransaction } from '../database/transactions.ts';
import { updateIdentities } from './update-identities.ts';

const keysAtOnce = 500;
/** On SQLite there is one writer at a time: the others get their turn between two pieces. */
const restMs = 5;

/** First what is new or changed, then what is gone; each behind the last key that was synced. */
interface Place {
  what: 'changed' | 'gone';
  after: string;
}
const start: Place = { what: 'changed', after: '' };

/**
 * Carries what an import has changed in a directory over to the identities, piece by piece, and finishes the import.
 *
 * Each piece is one transaction together with the note of how far it is: whoever goes on with it, after whatever happened, leaves none out and does
 * none twice but the last, which changes nothing the second time.
 */
export async function syncIdentities(
  { db, clock }: Pick<HeartbeatSettings, 'db' | 'clock'>,
  lease: ImportLease,
  heartbeat: Heartbeat,
): Promise<void> {
  const { environment_id, application_id, sync_progress } = lease.import;
  const application = (await findApplication(db, environment_id, application_id)) as ApplicationRow;
  const generations = { before: application.synced_generation_id, now: application.generation_id };
  let place: Place = sync_progress ? JSON.parse(sync_progress) : start;
  for (;;) {
    const { keys, after } = await listChangedKeys(db, 'identities', place.what, generations, { after: place.after, limit: keysAtOnce });
    const isLast = after === undefined && place.what === 'gone';
    const next: Place = after === undefined ? { what: 'gone', after: '' } : { ...place, after };
    const isOurs = await inTransaction(db, async (trx) => {
      if (!(await updateSyncProgress(trx, lease, JSON.stringify(isLast ? place : next)))) return false;
      if (keys.length > 0) await updateIdentities(trx, application, keys, clock());
      return true;
    });
    if (!isOurs) throw new BuildEnd('lost');
    if (isLast) break;
    place = next;
    await heartbeat();
    await wait(restMs);
  }
  if (!(await endSync(db, lease, clock(), application.generation_id as number))) throw new BuildEnd('lost');
}
