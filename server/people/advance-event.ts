import { type Instant, toInstant } from '../database/instants.ts';
import { disableAffectedIdentity, isBlockedByOffboarding } from './affected-identity.ts';
import { applyEffectiveDate } from './apply-effective-date.ts';
import { cancelEvent } from './cancel-event.ts';
import { type ActorContext, asSystemActor, changeAccessRequests, recordActivity } from './event-activities.ts';
import { currentStageOf, eventProgressOf, isWorkStage, neededOnOf, updateWaitingStages } from './event-stages.ts';
import { hasUnfinishedAccessRequests, listUnfinishedAccessRequests } from './store/access-requests.ts';
import { isEnded, type PersonnelEventRow, type Stage } from './store/personnel-event-rows.ts';
import { updatePersonnelEvent } from './store/personnel-events.ts';

/**
 * Opens and completes all work stages that can open or complete now, then stores the event. The caller must have locked the event's row.
 *
 * A work stage opens when all earlier stages have ended and its date has passed. It completes when all its access requests have ended. Every
 * change to an event ends with this function, so that all effects of a change are in one place. It is idempotent. `before` is the stored row;
 * `changed` may hold changes that are not stored yet.
 */
export async function advanceEvent(
  context: ActorContext,
  before: PersonnelEventRow,
  changed: PersonnelEventRow = before,
): Promise<PersonnelEventRow> {
  const { trx, now } = context;
  const systemContext = asSystemActor(context);
  const event = structuredClone(changed);
  for (let stage = currentStageOf(event); stage && isWorkStage(stage); stage = currentStageOf(event)) {
    const neededOn = neededOnOf(stage.name, event);
    if (neededOn === null || neededOn > toInstant(now)) break;
    if (stage.status !== 'Open') {
      if (await isBlockedByOffboarding(trx, event)) {
        await recordActivity(systemContext, event, 'Was offboarded');
        return cancelEvent(systemContext, before, event);
      }
      await openWorkStage(systemContext, event, stage);
    }
    if (await hasUnfinishedAccessRequests(trx, event.id, stage.name)) break;
    await markStageCompleted(systemContext, event, stage);
    if (stage.name === 'Provision' && event.type === 'Offboard') await disableAffectedIdentity(systemContext, event);
  }
  updateWaitingStages(event, now);
  await updateWaitingAccessRequests(systemContext, event);
  Object.assign(event, eventProgressOf(event, now));
  if (event.status === 'Completed' && event.completed_on === null) {
    event.completed_on = toInstant(now);
    await recordActivity(systemContext, event, 'Completed the event');
  }
  await updatePersonnelEvent(trx, before, event);
  return event;
}

async function openWorkStage(context: ActorContext, event: PersonnelEventRow, stage: Stage): Promise<void> {
  stage.status = 'Open';
  await recordActivity(context, event, `Opened the stage ${stage.name}`);
  if (stage.name === 'Provision') await applyEffectiveDate(context, event);
  await changeAccessRequests(context, await listUnfinishedAccessRequests(context.trx, event.id, stage.name), { status: 'Open' });
}

/** Gives the access requests of a stage that has not opened yet the status of the stage. */
async function updateWaitingAccessRequests(context: ActorContext, event: PersonnelEventRow): Promise<void> {
  for (const stage of event.stages.filter((stage) => isWorkStage(stage) && !isEnded(stage.status) && stage.status !== 'Open')) {
    const requests = await listUnfinishedAccessRequests(context.trx, event.id, stage.name);
    const outdated = requests.filter(({ status }) => status !== stage.status);
    await changeAccessRequests(context, outdated, { status: stage.status });
  }
}

/** Marks a stage as completed and records it. The caller must call `advanceEvent` afterwards. */
export async function markStageCompleted(context: ActorContext, event: PersonnelEventRow, stage: Stage): Promise<void> {
  Object.assign(stage, { status: 'Completed', completed_on: toInstant(context.now) });
  await recordActivity(context, event, `Completed the stage ${stage.name}`);
}

/** Sets or clears the return date of a leave. Its stage `Removal` must not have opened yet. */
export async function setReturnDate(
  context: ActorContext,
  before: PersonnelEventRow,
  neededUntil: Instant | null,
): Promise<PersonnelEventRow> {
  await changeAccessRequests(context, await listUnfinishedAccessRequests(context.trx, before.id, 'Removal'), { needed_on: neededUntil });
  const description = neededUntil === null ? 'Took the return date back' : `Set the return date to ${neededUntil.slice(0, 16)} UTC`;
  await recordActivity(context, before, description);
  return advanceEvent(context, before, { ...before, needed_until: neededUntil });
}
