import { type Instant, toInstant } from '../database/instants.ts';
import { isEnded, type PersonnelEventRow, type Stage, type WorkStatus } from './store/personnel-events.ts';

type Dated = Pick<PersonnelEventRow, 'needed_on' | 'needed_until'>;

/** A working stage has a date and access requests; the others wait for somebody who completes them. */
export const isWork = ({ name }: Pick<Stage, 'name'>): boolean => name === 'Provision' || name === 'Removal';
export const neededOnOf = (name: Stage['name'], event: Dated): Instant | null =>
  name === 'Provision' ? event.needed_on : name === 'Removal' ? event.needed_until : null;

/** What a working stage, and its requests, show until it opens: whether it has a date, and whether that has come before its turn. */
export const waitingStatus = (neededOn: Instant | null, now: Date): WorkStatus =>
  neededOn === null ? 'Snoozed' : neededOn > toInstant(now) ? 'Scheduled' : 'Pending';

const stageNames = (type: PersonnelEventRow['type'], hasEnd: boolean): Stage['name'][] => {
  if (type === 'Absence') return ['Approval', 'Provision', 'Removal'];
  return hasEnd ? ['Approval', 'Provision', 'Removal', 'Verification'] : ['Approval', 'Provision', 'Verification'];
};

/** The stages of a new event, its status, and when something happens of itself. */
export function beginningOf(
  event: Dated & Pick<PersonnelEventRow, 'type'>,
  now: Date,
): Pick<PersonnelEventRow, 'stages' | 'status' | 'due_at'> {
  const names = stageNames(event.type, event.needed_until !== null);
  const begun = { ...event, stages: names.map((name): Stage => ({ name, status: 'Pending', completed_on: null })) };
  setWaiting(begun, now);
  return { stages: begun.stages, ...standingOf(begun, now) };
}

type Staged = Dated & Pick<PersonnelEventRow, 'stages'>;

/** The stage whose turn it is; none once all have ended. */
export const currentOf = ({ stages }: Pick<PersonnelEventRow, 'stages'>): Stage | undefined =>
  stages.find(({ status }) => !isEnded(status));

/** Gives the stages that have not begun the status that they have by now. */
export function setWaiting(event: Staged, now: Date): void {
  const current = currentOf(event);
  for (const stage of event.stages) {
    if (isEnded(stage.status) || stage.status === 'Open') continue;
    if (isWork(stage)) stage.status = waitingStatus(neededOnOf(stage.name, event), now);
    else stage.status = stage === current ? 'Open' : 'Pending';
  }
}

/** What the stages make of the whole event, and when a date changes that. */
export function standingOf(event: Staged, now: Date): Pick<PersonnelEventRow, 'status' | 'due_at'> {
  const current = currentOf(event);
  const dates = event.stages.flatMap((stage) => (isEnded(stage.status) ? [] : (neededOnOf(stage.name, event) ?? [])));
  const due_at = dates.filter((date) => date > toInstant(now)).sort()[0] ?? null;
  if (!current) return { status: 'Completed', due_at };
  if (current.name === 'Approval') return { status: event.needed_on > toInstant(now) ? 'Scheduled' : 'Pending', due_at };
  return { status: current.name === 'Verification' ? 'Resolved' : current.status, due_at };
}
