import type { PersonnelEvent } from '../generated/types.gen.ts';
import { neededOnOf } from './personnel-stages.ts';
import { presentActivity, presentComment, presentEvents } from './present-people.ts';
import { findCustomFieldValues } from './store/custom-fields.ts';
import type { Db } from './store/database.ts';
import { listActivities, listComments } from './store/histories.ts';
import { isoOrNull } from './store/instants.ts';
import type { PersonnelEventRow } from './store/personnel-events.ts';

/** An event with all that belongs to it. */
export async function presentEvent(db: Db, row: PersonnelEventRow): Promise<PersonnelEvent> {
  const [[summary], activity, comments, custom] = await Promise.all([
    presentEvents(db, [row]),
    listActivities(db, row.id),
    listComments(db, row.id),
    findCustomFieldValues(db, row.id),
  ]);
  const requested = { ...row.requested_identity, ...custom } as PersonnelEvent['requestedIdentity'];
  return {
    ...(summary as NonNullable<typeof summary>),
    stages: row.stages.map((stage) => ({
      name: stage.name,
      status: stage.status,
      neededOn: isoOrNull(neededOnOf(stage.name, row)),
      completedOn: isoOrNull(stage.completed_on),
    })),
    activity: activity.map(presentActivity),
    comments: comments.map(presentComment),
    requestedIdentity: row.requested_identity === null ? null : requested,
  };
}
