import { randomUUID } from 'node:crypto';
import { type Doing, lockAffected, note, refuseOffboarded, systemActor } from './event-workflow.ts';
import { generateRequests } from './generate-access-requests.ts';
import { onboardedIdentity } from './identity-changes.ts';
import { insertIdentity, lockActiveByEmail } from './store/identities.ts';
import type { PersonnelEventRow } from './store/personnel-events.ts';

/** Whom an onboarding brings: the person a directory has brought by this address in the meantime, or a new one. */
async function onboard(doing: Doing, event: PersonnelEventRow): Promise<void> {
  const { trx, now } = doing;
  const email = event.requested_identity?.email;
  const known = email ? await lockActiveByEmail(trx, event.environment_id, email) : undefined;
  const id = known?.id ?? randomUUID();
  event.identity_id = id;
  if (!known) await insertIdentity(trx, onboardedIdentity(event, id, now));
  await note(doing, event, known ? 'Found the identity, by its e-mail address' : 'Made the identity');
}

/** What approval brings about: the person whom an onboarding makes, and the access requests. Throws 409 for somebody who is being offboarded. */
export async function approve(doing: Doing, event: PersonnelEventRow): Promise<void> {
  const itself = { ...doing, user: systemActor };
  if (event.type === 'Onboard') await onboard(itself, event);
  else await refuseOffboarded(doing.trx, event);
  const count = await generateRequests(doing.trx, doing.now, event, await lockAffected(doing.trx, event));
  await note(itself, event, `Made ${count} access request${count === 1 ? '' : 's'}`);
}
