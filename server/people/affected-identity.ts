import { conflict } from '../common/errors.ts';
import type { Db } from '../database/database.ts';
import { toInstant } from '../database/instants.ts';
import { type ActorContext, recordActivity } from './event-activities.ts';
import { lockIdentity, updateIdentity } from './store/identities.ts';
import type { IdentityRow } from './store/identity-rows.ts';
import { listOffboardingStatuses } from './store/offboardings.ts';
import type { PersonnelEventRow } from './store/personnel-event-rows.ts';

/** Returns the identity that an event affects. Its row stays locked until the transaction ends. */
export async function lockAffectedIdentity(trx: Db, event: PersonnelEventRow): Promise<IdentityRow> {
  const identity = event.identity_id && (await lockIdentity(trx, event.identity_id));
  if (!identity) throw new Error(`Personnel event ${event.id} refers to an identity that does not exist`);
  return identity;
}

/** An offboarding that is completed no longer counts once a directory has made the identity `Active` again. */
async function isBeingOrWasOffboarded(trx: Db, identity: IdentityRow): Promise<boolean> {
  const statuses = await listOffboardingStatuses(trx, identity.id);
  return statuses.some((status) => status === 'Open' || status === 'Resolved' || (status === 'Completed' && identity.status !== 'Active'));
}

/**
 * Returns whether an event, other than an offboarding, affects an identity that is being offboarded or was offboarded.
 *
 * Such an event must not open, because it could restore access that the offboarding removes.
 */
export const isBlockedByOffboarding = async (trx: Db, event: PersonnelEventRow): Promise<boolean> =>
  event.type !== 'Offboard' && (await isBeingOrWasOffboarded(trx, await lockAffectedIdentity(trx, event)));

/** Throws 409 if an offboarding blocks the event. */
export async function refuseIfBlockedByOffboarding(trx: Db, event: PersonnelEventRow): Promise<void> {
  if (await isBlockedByOffboarding(trx, event))
    throw conflict(`The identity of personnel event ${event.number} is being offboarded or was offboarded; cancel the event`, [
      { resource: 'personnel-events', fields: ['number', 'type', 'status'] },
      { resource: 'identities', fields: ['status'] },
    ]);
}

/** Disables the affected identity, unless it is already disabled or removed. */
export async function disableAffectedIdentity(context: ActorContext, event: PersonnelEventRow): Promise<void> {
  const identity = await lockAffectedIdentity(context.trx, event);
  if (identity.status !== 'Active') return;
  await updateIdentity(context.trx, identity, { status: 'Disabled', inactivated_date: toInstant(context.now) });
  await recordActivity(context, event, 'Disabled the identity');
}
