import { conflict } from '../common/errors.ts';
import type { Db } from '../database/database.ts';
import { type Instant, toInstant } from '../database/instants.ts';
import { currentOf, isWork, neededOnOf, setWaiting, standingOf } from './event-stages.ts';
import { generateRequests } from './generate-access-requests.ts';
import { requestedChanges } from './identity-changes.ts';
import {
  type AccessRequestChanges,
  type AccessRequestHead,
  hasUnfinishedRequests,
  listUnfinishedRequests,
  updateAccessRequests,
} from './store/access-requests.ts';
import { type ActorName, insertActivities } from './store/activities.ts';
import { type IdentityRow, lockIdentity, updateIdentity } from './store/identities.ts';
import { listOffboardStatuses } from './store/offboardings.ts';
import { isEnded, lockOtherEvents, type PersonnelEventRow, type Stage, updatePersonnelEvent } from './store/personnel-events.ts';

/** Who does something, when, in the transaction that holds the event's row. */
export interface Doing {
  trx: Db;
  now: Date;
  user: ActorName;
}

/** The name under which things happen by themselves. */
export const systemActor: ActorName = 'Gatehouse';

export const note = ({ trx, now, user }: Doing, event: PersonnelEventRow, description: string): Promise<void> =>
  insertActivities(trx, now, user, [{ subject_id: event.id, description }]);

const doings: Partial<Record<string, string>> = { Open: 'Opened', Pending: 'Came due before its turn' };

/** Gives requests other values, and notes for each the status that it has got. */
export async function moveRequests(doing: Doing, requests: AccessRequestHead[], changes: AccessRequestChanges): Promise<void> {
  await updateAccessRequests(doing.trx, requests, changes);
  if (changes.status === undefined) return;
  const description = doings[changes.status] ?? changes.status;
  await insertActivities(
    doing.trx,
    doing.now,
    doing.user,
    requests.map(({ id }) => ({ subject_id: id, description })),
  );
}

/** The identity of an event, which nobody else changes until the transaction ends. */
export async function lockAffected(trx: Db, event: PersonnelEventRow): Promise<IdentityRow> {
  const identity = event.identity_id && (await lockIdentity(trx, event.identity_id));
  if (!identity) throw new Error(`Personnel event ${event.id} is about an identity that is not there`);
  return identity;
}

/** Whether a person's offboarding is under way or done, so that nothing may give access again; whoever has come back since is Active. */
async function isOffboarded(trx: Db, identity: IdentityRow): Promise<boolean> {
  const statuses = await listOffboardStatuses(trx, identity.id);
  return statuses.some((status) => status === 'Open' || status === 'Resolved' || (status === 'Completed' && identity.status !== 'Active'));
}

export async function refuseOffboarded(trx: Db, event: PersonnelEventRow): Promise<void> {
  if (event.type !== 'Offboard' && (await isOffboarded(trx, await lockAffected(trx, event))))
    throw conflict(`The identity of personnel event ${event.number} is being offboarded, or was; cancel the event`);
}

/**
 * Carries an event, whose row the caller has locked, as far as it goes by itself, and writes what has changed since `before`.
 *
 * A working stage opens when its turn and its date have come, and completes when all its requests have ended; what follows from that is done
 * here and nowhere else. Done again, it changes nothing.
 */
export async function advance(doing: Doing, before: PersonnelEventRow, changed = before): Promise<PersonnelEventRow> {
  const { trx, now } = doing;
  const itself = { ...doing, user: systemActor };
  const event = structuredClone(changed);
  for (let stage = currentOf(event); stage && isWork(stage); stage = currentOf(event)) {
    const neededOn = neededOnOf(stage.name, event);
    if (neededOn === null || neededOn > toInstant(now)) break;
    if (stage.status !== 'Open') {
      if (event.type !== 'Offboard' && (await isOffboarded(trx, await lockAffected(trx, event)))) {
        await note(itself, event, 'Was offboarded');
        return cancel(itself, before, event);
      }
      stage.status = 'Open';
      await note(itself, event, `Opened the stage ${stage.name}`);
      if (stage.name === 'Provision') await takeEffect(itself, event);
      await moveRequests(itself, await listUnfinishedRequests(trx, event.id, stage.name), { status: 'Open' });
    }
    if (await hasUnfinishedRequests(trx, event.id, stage.name)) break;
    await complete(itself, event, stage);
    if (stage.name === 'Provision' && event.type === 'Offboard') await disable(itself, event);
  }
  setWaiting(event, now);
  for (const stage of event.stages.filter((stage) => isWork(stage) && !isEnded(stage.status) && stage.status !== 'Open')) {
    const requests = await listUnfinishedRequests(trx, event.id, stage.name);
    const others = requests.filter(({ status }) => status !== stage.status);
    await moveRequests(itself, others, { status: stage.status });
  }
  Object.assign(event, standingOf(event, now));
  if (event.status === 'Completed' && event.completed_on === null) {
    event.completed_on = toInstant(now);
    await note(itself, event, 'Completed the event');
  }
  await updatePersonnelEvent(trx, before, event);
  return event;
}

/** Whoever calls advances the event. */
export async function complete(doing: Doing, event: PersonnelEventRow, stage: Stage): Promise<void> {
  Object.assign(stage, { status: 'Completed', completed_on: toInstant(doing.now) });
  await note(doing, event, `Completed the stage ${stage.name}`);
}

/** What happens on the effective date. */
async function takeEffect(doing: Doing, event: PersonnelEventRow): Promise<void> {
  const { trx, now } = doing;
  const identity = await lockAffected(trx, event);
  if (event.type !== 'Onboard') {
    // Accounts that imports have brought since the approval.
    const count = await generateRequests(trx, now, event, identity);
    if (count > 0) await note(doing, event, `Made ${count} more access request${count === 1 ? '' : 's'}`);
  }
  if (event.type === 'Role Transition' && event.requested_identity) {
    await updateIdentity(trx, identity, requestedChanges(event.requested_identity));
    await note(doing, event, 'Changed the identity');
  }
  // Whoever leaves is not given access again by a return from leave or a new role.
  if (event.type === 'Offboard')
    for (const other of await lockOtherEvents(trx, identity.id, event.id)) {
      await note(doing, other, `Offboarded by personnel event ${event.number}`);
      await cancel(doing, other);
    }
}

async function disable(doing: Doing, event: PersonnelEventRow): Promise<void> {
  const identity = await lockAffected(doing.trx, event);
  if (identity.status !== 'Active') return;
  await updateIdentity(doing.trx, identity, { status: 'Disabled', inactivated_date: toInstant(doing.now) });
  await note(doing, event, 'Disabled the identity');
}

/** Ends an event, whose row is locked, with all of it that has not ended. */
export async function cancel(doing: Doing, before: PersonnelEventRow, changed = before): Promise<PersonnelEventRow> {
  const { trx, now, user } = doing;
  const event = structuredClone(changed);
  for (const stage of event.stages) if (!isEnded(stage.status)) stage.status = 'Canceled';
  const requests = await listUnfinishedRequests(trx, event.id);
  await moveRequests(doing, requests, { status: 'Canceled', completed_on: toInstant(now), completed_by: user });
  Object.assign(event, { status: 'Canceled', completed_on: toInstant(now), due_at: null });
  await note(doing, event, 'Canceled the event');
  if (event.type === 'Onboard' && event.identity_id && (await lockAffected(trx, event)).application_id === null)
    await disable(doing, event);
  await updatePersonnelEvent(trx, before, event);
  return event;
}

/** Gives a leave another return date, or none; its stage `Removal` has not opened yet. */
export async function setReturnDate(doing: Doing, before: PersonnelEventRow, neededUntil: Instant | null): Promise<PersonnelEventRow> {
  await moveRequests(doing, await listUnfinishedRequests(doing.trx, before.id, 'Removal'), { needed_on: neededUntil });
  const what = neededUntil === null ? 'Took the return date back' : `Set the return date to ${neededUntil.slice(0, 16)} UTC`;
  await note(doing, before, what);
  return advance(doing, before, { ...before, needed_until: neededUntil });
}
