import type { PersonnelEvent } from '../../generated/types.gen.ts';
import type { Db } from '../database/database.ts';
import { isoOrNull } from '../database/instants.ts';
import { neededOnOf } from './event-stages.ts';
import { presentActivity, presentComment, presentEventSummary } from './present-people.ts';
import { type ActivityRow, type CommentRow, listActivities, listComments } from './store/activities.ts';
import { findCustomFieldValues } from './store/custom-fields.ts';
import { findIdentity, type IdentityView } from './store/identities.ts';
import type { PersonnelEventRow } from './store/personnel-events.ts';

interface History {
  activity: ActivityRow[];
  comments: CommentRow[];
  /** What it says of custom fields. */
  custom: Awaited<ReturnType<typeof findCustomFieldValues>>;
}

/** An event with all that belongs to it. */
export function presentWholeEvent(
  row: PersonnelEventRow,
  identity: IdentityView | undefined,
  { activity, comments, custom }: History,
): PersonnelEvent {
  const requested = { ...row.requested_identity, ...custom } as PersonnelEvent['requestedIdentity'];
  return {
    ...presentEventSummary(row, identity),
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

/** An event as it is in the database. */
export async function presentEvent(db: Db, row: PersonnelEventRow): Promise<PersonnelEvent> {
  const [identity, activity, comments, custom] = await Promise.all([
    row.identity_id === null ? undefined : findIdentity(db, row.environment_id, row.identity_id),
    listActivities(db, row.id),
    listComments(db, row.id),
    findCustomFieldValues(db, row.id),
  ]);
  return presentWholeEvent(row, identity, { activity, comments, custom });
}
