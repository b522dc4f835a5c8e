import { randomUUID } from 'node:crypto';
import { onboardedIdentity, requestedChanges } from './personnel-identity.ts';
import { generateRequests } from './personnel-requests.ts';
import { currentOf, isWork, neededOnOf, setWaiting, standingOf } from './personnel-stages.ts';
import { type AccessRequestHead, listRequestsOfEvent, updateAccessRequests } from './store/access-requests.ts';
import type { Db } from './store/database.ts';
import { type Doer, insertActivities } from './store/histories.ts';
import { insertIdentity, lockIdentity, updateIdentity } from './store/identities.ts';
import { type Instant, toInstant } from './store/instants.ts';
import {
  isEnded,
  lockOtherEvents,
  type PersonnelEventRow,
  type Stage,
  updatePersonnelEvent,
  type WorkStatus,
} from './store/personnel-events.ts';

/** Who does something, when, in the transaction that holds the event's row. */
export interface Doing {
  trx: Db;
  now: Date;
  user: Doer;
}

/** The name under which things happen by themselves. */
export const byItself: Doer = 'Gatehouse';

const note = ({ trx, now }: Doing, user: Doer, event: PersonnelEventRow, description: string) =>
  insertActivities(trx, now, user, [{ subject_id: event.id, description }]);

/** Gives requests another status, and notes it for each. */
export async function moveRequests(doing: Doing, requests: AccessRequestHead[], changes: Parameters<typeof updateAccessRequests>[2]) {
  await updateAccessRequests(doing.trx, requests, changes);
  const description =
    { Open: 'Opened', Snoozed: 'Snoozed', Scheduled: 'Scheduled' }[changes.status as string] ?? (changes.status as string);
  await insertActivities(
    doing.trx,
    doing.now,
    doing.user,
    requests.map(({ id }) => ({ subject_id: id, description })),
  );
}

/**
 * Carries an event, whose row the caller has locked, as far as it goes by itself, and writes what has changed since `before`.
 *
 * A working stage opens when its turn and its date have come, and completes when all its requests have ended; what follows from that is done
 * here and nowhere else. Done again, it changes nothing.
 */
export async function advance(doing: Doing, before: PersonnelEventRow, event: PersonnelEventRow): Promise<PersonnelEventRow> {
  const { trx, now } = doing;
  const itself = { ...doing, user: byItself };
  for (let stage = currentOf(event); stage && isWork(stage); stage = currentOf(event)) {
    const neededOn = neededOnOf(stage, event);
    if (neededOn === null || neededOn > toInstant(now)) break;
    const { name } = stage;
    const requests = (await listRequestsOfEvent(trx, event.id)).filter((request) => request.stage === name && !isEnded(request.status));
    if (stage.status !== 'Open') {
      stage.status = 'Open';
      await note(doing, byItself, event, `Opened the stage ${name}`);
      await moveRequests(itself, requests, { status: 'Open' });
      if (name === 'Provision') await takeEffect(itself, event);
    }
    if (requests.length > 0) break;
    await end(itself, event, stage, 'Completed');
    if (name === 'Provision' && event.type === 'Offboard') await disable(itself, event);
  }
  setWaiting(event, now);
  Object.assign(event, standingOf(event, now));
  if (event.status === 'Completed' && event.completed_on === null) {
    event.completed_on = toInstant(now);
    await note(doing, byItself, event, 'Completed the event');
  }
  await updatePersonnelEvent(trx, before, event);
  return event;
}

/** Ends a stage; whoever calls advances the event. */
export async function end(doing: Doing, event: PersonnelEventRow, stage: Stage, status: 'Completed' | 'Canceled'): Promise<void> {
  stage.status = status;
  if (status === 'Completed') {
    stage.completed_on = toInstant(doing.now);
    await note(doing, doing.user, event, `Completed the stage ${stage.name}`);
  }
}

/** What approval brings about: the person whom an onboarding makes, and the access requests. */
export async function approve(doing: Doing, event: PersonnelEventRow): Promise<void> {
  const { trx, now } = doing;
  if (event.type === 'Onboard') {
    event.identity_id = randomUUID();
    await insertIdentity(trx, onboardedIdentity(event, event.identity_id, now));
    await note(doing, byItself, event, 'Made the identity');
  }
  const identity = await lockIdentity(trx, event.identity_id as string);
  if (!identity) throw new Error(`Personnel event ${event.id} is about an identity that is not there`);
  const count = await generateRequests(trx, now, event, identity);
  await note(doing, byItself, event, `Made ${count} access request${count === 1 ? '' : 's'}`);
}

/** What happens on the effective date. */
async function takeEffect(doing: Doing, event: PersonnelEventRow): Promise<void> {
  const identityId = event.identity_id as string;
  if (event.type === 'Role Transition' && event.requested_identity) {
    const identity = await lockIdentity(doing.trx, identityId);
    if (identity) await updateIdentity(doing.trx, identity, requestedChanges(event.requested_identity));
    await note(doing, doing.user, event, 'Changed the identity');
  }
  // Whoever leaves is not given access again by a return from leave or a new role.
  if (event.type === 'Offboard')
    for (const other of await lockOtherEvents(doing.trx, identityId, event.id)) {
      await note(doing, doing.user, other, `Offboarded by personnel event ${event.number}`);
      await cancel(doing, other);
    }
}

async function disable(doing: Doing, event: PersonnelEventRow): Promise<void> {
  const identity = await lockIdentity(doing.trx, event.identity_id as string);
  if (identity?.status !== 'Active') return;
  await updateIdentity(doing.trx, identity, { status: 'Disabled', inactivated_date: toInstant(doing.now) });
  await note(doing, doing.user, event, 'Disabled the identity');
}

/** Ends an event, whose row is locked, with all of it that has not ended. */
export async function cancel(doing: Doing, before: PersonnelEventRow): Promise<PersonnelEventRow> {
  const { trx, now } = doing;
  const event = structuredClone(before);
  for (const stage of event.stages) if (!isEnded(stage.status)) await end(doing, event, stage, 'Canceled');
  const requests = (await listRequestsOfEvent(trx, event.id)).filter(({ status }) => !isEnded(status));
  await moveRequests(doing, requests, { status: 'Canceled', completed_on: toInstant(now), completed_by: doing.user });
  Object.assign(event, { status: 'Canceled' satisfies WorkStatus, completed_on: toInstant(now), due_at: null });
  await note(doing, doing.user, event, 'Canceled the event');
  if (event.type === 'Onboard' && event.identity_id) {
    const identity = await lockIdentity(trx, event.identity_id);
    if (identity?.application_id === null) await disable(doing, event);
  }
  await updatePersonnelEvent(trx, before, event);
  return event;
}

/** Gives a leave another return date, or none; its stage `Removal` has not opened yet. */
export async function setReturnDate(doing: Doing, before: PersonnelEventRow, neededUntil: Instant | null): Promise<PersonnelEventRow> {
  const event = { ...structuredClone(before), needed_until: neededUntil };
  const status: WorkStatus = neededUntil === null ? 'Snoozed' : 'Scheduled';
  const requests = (await listRequestsOfEvent(doing.trx, event.id)).filter(({ stage, status }) => stage === 'Removal' && !isEnded(status));
  await moveRequests(doing, requests, { status, needed_on: neededUntil });
  await note(
    doing,
    doing.user,
    event,
    neededUntil === null ? 'Took the return date back' : `Set the return date to ${neededUntil.slice(0, 16)} UTC`,
  );
  return advance(doing, before, event);
}
