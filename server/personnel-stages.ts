import { type Instant, toInstant } from './store/instants.ts';
import { isEnded, type PersonnelEventRow, type Stage } from './store/personnel-events.ts';

/** A working stage has a date and access requests; the others wait for somebody who completes them. */
export const isWork = ({ name }: Stage) => name === 'Provision' || name === 'Removal';
export const neededOnOf = ({ name }: Stage, event: PersonnelEventRow): Instant | null =>
  name === 'Provision' ? event.needed_on : name === 'Removal' ? event.needed_until : null;

const stageNames = (type: PersonnelEventRow['type'], hasEnd: boolean): Stage['name'][] => {
  if (type === 'Absence') return ['Approval', 'Provision', 'Removal'];
  return hasEnd ? ['Approval', 'Provision', 'Removal', 'Verification'] : ['Approval', 'Provision', 'Verification'];
};

/** The stages of a new event, its status, and when something happens of itself. */
export function beginningOf(
  event: Pick<PersonnelEventRow, 'type' | 'needed_on' | 'needed_until'>,
  now: Date,
): Pick<PersonnelEventRow, 'stages' | 'status' | 'due_at'> {
  const names = stageNames(event.type, event.needed_until !== null);
  const stages = names.map((name): Stage => ({ name, status: 'Pending', completed_on: null }));
  const whole = { ...event, stages } as PersonnelEventRow;
  setWaiting(whole, now);
  return { stages, ...standingOf(whole, now) };
}

/** What the stages that are not there yet, or wait, show: whether they have a date, and whether it has come. */
export function setWaiting(event: PersonnelEventRow, now: Date): void {
  const current = currentOf(event);
  for (const stage of event.stages) {
    if (isEnded(stage.status) || stage.status === 'Open') continue;
    if (stage === current && !isWork(stage)) stage.status = 'Open';
    else if (!isWork(stage)) stage.status = 'Pending';
    else {
      const neededOn = neededOnOf(stage, event);
      stage.status = neededOn === null ? 'Snoozed' : neededOn > toInstant(now) ? 'Scheduled' : 'Pending';
    }
  }
}

export const currentOf = (event: PersonnelEventRow): Stage | undefined => event.stages.find(({ status }) => !isEnded(status));

export function standingOf(event: PersonnelEventRow, now: Date): Pick<PersonnelEventRow, 'status' | 'due_at'> {
  const current = currentOf(event);
  const isAhead = event.needed_on > toInstant(now);
  if (!current) return { status: 'Completed', due_at: null };
  if (current.name === 'Approval') return { status: isAhead ? 'Scheduled' : 'Pending', due_at: isAhead ? event.needed_on : null };
  if (current.name === 'Verification') return { status: 'Resolved', due_at: null };
  return { status: current.status, due_at: current.status === 'Scheduled' ? neededOnOf(current, event) : null };
}
