import { type Instant, toInstant } from '../database/instants.ts';
import { isEnded, type PersonnelEventRow, type Stage, type WorkStatus } from './store/personnel-event-rows.ts';

type EventDates = Pick<PersonnelEventRow, 'needed_on' | 'needed_until'>;

/** A work stage has a date and access requests. A caller completes the other stages (Approval, Verification). */
export const isWorkStage = ({ name }: Pick<Stage, 'name'>): boolean => name === 'Provision' || name === 'Removal';

/** Returns the date before which a work stage does not open. Null if it has no date yet, and for all other stages. */
export const neededOnOf = (name: Stage['name'], event: EventDates): Instant | null =>
  name === 'Provision' ? event.needed_on : name === 'Removal' ? event.needed_until : null;

/** The status of a work stage and its access requests before the stage opens. `Pending`: its date has passed, but an earlier stage has not ended. */
export const waitingStatus = (neededOn: Instant | null, now: Date): WorkStatus =>
  neededOn === null ? 'Snoozed' : neededOn > toInstant(now) ? 'Scheduled' : 'Pending';

const stageNames = (type: PersonnelEventRow['type'], hasEnd: boolean): Stage['name'][] => {
  if (type === 'Absence') return ['Approval', 'Provision', 'Removal'];
  return hasEnd ? ['Approval', 'Provision', 'Removal', 'Verification'] : ['Approval', 'Provision', 'Verification'];
};

/** Returns the stages and the progress of a new event. */
export function newEventProgress(
  event: EventDates & Pick<PersonnelEventRow, 'type'>,
  now: Date,
): Pick<PersonnelEventRow, 'stages' | 'status' | 'due_at'> {
  const names = stageNames(event.type, event.needed_until !== null);
  const staged = { ...event, stages: names.map((name): Stage => ({ name, status: 'Pending', completed_on: null })) };
  updateWaitingStages(staged, now);
  return { stages: staged.stages, ...eventProgressOf(staged, now) };
}

type StagedEvent = EventDates & Pick<PersonnelEventRow, 'stages'>;

/** Returns the first stage that has not ended, or undefined if all have ended. */
export const currentStageOf = ({ stages }: Pick<PersonnelEventRow, 'stages'>): Stage | undefined =>
  stages.find(({ status }) => !isEnded(status));

/** Updates the status of all stages that have not opened, in place. Opens a stage without work if it is the current one. */
export function updateWaitingStages(event: StagedEvent, now: Date): void {
  const current = currentStageOf(event);
  for (const stage of event.stages) {
    if (isEnded(stage.status) || stage.status === 'Open') continue;
    if (isWorkStage(stage)) stage.status = waitingStatus(neededOnOf(stage.name, event), now);
    else stage.status = stage === current ? 'Open' : 'Pending';
  }
}

/** Derives an event's status from its stages. `due_at` is the next date on which a stage can open, or null. */
export function eventProgressOf(event: StagedEvent, now: Date): Pick<PersonnelEventRow, 'status' | 'due_at'> {
  const current = currentStageOf(event);
  const dates = event.stages.flatMap((stage) => (isEnded(stage.status) ? [] : (neededOnOf(stage.name, event) ?? [])));
  const due_at = dates.filter((date) => date > toInstant(now)).sort()[0] ?? null;
  if (!current) return { status: 'Completed', due_at };
  if (current.name === 'Approval') return { status: event.needed_on > toInstant(now) ? 'Scheduled' : 'Pending', due_at };
  return { status: current.name === 'Verification' ? 'Resolved' : current.status, due_at };
}
