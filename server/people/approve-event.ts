import { randomUUID } from 'node:crypto';
import { lockAffectedIdentity, refuseIfBlockedByOffboarding } from './affected-identity.ts';
import { type ActorContext, asSystemActor, recordActivity } from './event-activities.ts';
import { generateAccessRequests } from './generate-access-requests.ts';
import { newOnboardedIdentity } from './identity-changes.ts';
import { insertIdentity, lockActiveIdentityByEmail } from './store/identities.ts';
import type { PersonnelEventRow } from './store/personnel-event-rows.ts';

/** Links an onboarding to the active identity that a directory has already imported with its e-mail address, or else to a new identity. */
async function linkOnboardedIdentity(context: ActorContext, event: PersonnelEventRow): Promise<void> {
  const { trx, now } = context;
  const email = event.requested_identity?.email;
  const existing = email ? await lockActiveIdentityByEmail(trx, event.environment_id, email) : undefined;
  const id = existing?.id ?? randomUUID();
  event.identity_id = id;
  if (!existing) await insertIdentity(trx, newOnboardedIdentity(event, id, now));
  await recordActivity(context, event, existing ? 'Found the identity, by its e-mail address' : 'Made the identity');
}

/**
 * Creates what an approved event needs: the identity of an onboarding, and the access requests. Sets `identity_id` of an onboarding.
 *
 * Throws 409 if the identity is being offboarded or was offboarded, unless the event is an offboarding.
 */
export async function approveEvent(context: ActorContext, event: PersonnelEventRow): Promise<void> {
  const systemContext = asSystemActor(context);
  if (event.type === 'Onboard') await linkOnboardedIdentity(systemContext, event);
  else await refuseIfBlockedByOffboarding(context.trx, event);
  const identity = await lockAffectedIdentity(context.trx, event);
  const count = await generateAccessRequests(context.trx, context.now, event, identity);
  await recordActivity(systemContext, event, `Made ${count} access request${count === 1 ? '' : 's'}`);
}
