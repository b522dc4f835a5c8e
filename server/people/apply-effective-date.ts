import { lockAffectedIdentity } from './affected-identity.ts';
import { cancelEvent } from './cancel-event.ts';
import { type ActorContext, recordActivity } from './event-activities.ts';
import { generateAccessRequests } from './generate-access-requests.ts';
import { requestedChanges } from './identity-changes.ts';
import { updateIdentity } from './store/identities.ts';
import type { PersonnelEventRow } from './store/personnel-event-rows.ts';
import { lockOtherUnfinishedEvents } from './store/personnel-events.ts';

/**
 * Applies an event's effects on its effective date.
 *
 * Adds access requests for accounts that imports have found since the approval. A role transition changes the identity. An offboarding cancels
 * the identity's other events, because a return from leave or a new role would restore access.
 */
export async function applyEffectiveDate(context: ActorContext, event: PersonnelEventRow): Promise<void> {
  const { trx, now } = context;
  const identity = await lockAffectedIdentity(trx, event);
  if (event.type !== 'Onboard') {
    const count = await generateAccessRequests(trx, now, event, identity);
    if (count > 0) await recordActivity(context, event, `Made ${count} more access request${count === 1 ? '' : 's'}`);
  }
  if (event.type === 'Role Transition' && event.requested_identity) {
    await updateIdentity(trx, identity, requestedChanges(event.requested_identity));
    await recordActivity(context, event, 'Changed the identity');
  }
  if (event.type === 'Offboard')
    for (const otherEvent of await lockOtherUnfinishedEvents(trx, identity.id, event.id)) {
      await recordActivity(context, otherEvent, `Offboarded by personnel event ${event.number}`);
      await cancelEvent(context, otherEvent);
    }
}
