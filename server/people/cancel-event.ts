import { toInstant } from '../database/instants.ts';
import { disableAffectedIdentity, lockAffectedIdentity } from './affected-identity.ts';
import { type ActorContext, changeAccessRequests, recordActivity } from './event-activities.ts';
import { listUnfinishedAccessRequests } from './store/access-requests.ts';
import { isEnded, type PersonnelEventRow } from './store/personnel-event-rows.ts';
import { updatePersonnelEvent } from './store/personnel-events.ts';

/**
 * Cancels an event whose row is locked, with its unfinished stages and access requests.
 *
 * Disables an identity that an onboarding created, unless a directory has imported it in the meantime. `before` is the stored row; `changed`
 * may hold changes that are not stored yet.
 */
export async function cancelEvent(
  context: ActorContext,
  before: PersonnelEventRow,
  changed: PersonnelEventRow = before,
): Promise<PersonnelEventRow> {
  const { trx, now, actor } = context;
  const event = structuredClone(changed);
  for (const stage of event.stages) if (!isEnded(stage.status)) stage.status = 'Canceled';
  const requests = await listUnfinishedAccessRequests(trx, event.id);
  await changeAccessRequests(context, requests, { status: 'Canceled', completed_on: toInstant(now), completed_by: actor });
  Object.assign(event, { status: 'Canceled', completed_on: toInstant(now), due_at: null });
  await recordActivity(context, event, 'Canceled the event');
  if (event.type === 'Onboard' && event.identity_id && (await lockAffectedIdentity(trx, event)).application_id === null)
    await disableAffectedIdentity(context, event);
  await updatePersonnelEvent(trx, before, event);
  return event;
}
