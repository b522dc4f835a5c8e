import type { Db } from '../database/database.ts';
import type { AccessRequestChanges, AccessRequestHead } from './store/access-request-rows.ts';
import { updateAccessRequests } from './store/access-requests.ts';
import { type ActorName, insertActivities } from './store/activities.ts';
import type { PersonnelEventRow } from './store/personnel-event-rows.ts';

/** The actor of a change, its time, and the transaction that has locked the event's row. */
export interface ActorContext {
  trx: Db;
  now: Date;
  actor: ActorName;
}

/** The actor of changes that no caller requested. */
export const systemActor: ActorName = 'Gatehouse';

export const asSystemActor = (context: ActorContext): ActorContext => ({ ...context, actor: systemActor });

export const recordActivity = ({ trx, now, actor }: ActorContext, event: PersonnelEventRow, description: string): Promise<void> =>
  insertActivities(trx, now, actor, [{ subject_id: event.id, description }]);

const activityOfStatus: Partial<Record<string, string>> = { Open: 'Opened', Pending: 'Came due before an earlier stage ended' };

/** Updates access requests. Records an activity for each of them if their status changes. */
export async function changeAccessRequests(
  { trx, now, actor }: ActorContext,
  requests: AccessRequestHead[],
  changes: AccessRequestChanges,
): Promise<void> {
  await updateAccessRequests(trx, requests, changes);
  if (changes.status === undefined) return;
  const description = activityOfStatus[changes.status] ?? changes.status;
  await insertActivities(
    trx,
    now,
    actor,
    requests.map(({ id }) => ({ subject_id: id, description })),
  );
}
