import type {
  CancelPersonnelEventData,
  CancelPersonnelEventResponses,
  CommentPersonnelEventData,
  CommentPersonnelEventResponses,
  CompleteStageData,
  CompleteStageResponses,
  GetPersonnelEventData,
  GetPersonnelEventResponses,
  ListPersonnelEventsData,
  ListPersonnelEventsResponses,
  PersonnelEvent,
  UpdatePersonnelEventData,
  UpdatePersonnelEventResponses,
} from '../../../generated/types.gen.ts';
import { conflict, invalid, notFound, orNotFound, unprocessable } from '../../common/errors.ts';
import { parseNameFilters } from '../../common/filters.ts';
import { presentPage, sliceOf } from '../../common/page.ts';
import { inTransaction } from '../../database/transactions.ts';
import { actorNameOf, type Context, callerOf, type Handler } from '../../handler.ts';
import { findSettings } from '../../organizations/store/settings.ts';
import { advanceEvent, markStageCompleted, setReturnDate } from '../advance-event.ts';
import { approveEvent } from '../approve-event.ts';
import { cancelEvent } from '../cancel-event.ts';
import type { ActorContext } from '../event-activities.ts';
import { returnDateOf } from '../event-dates.ts';
import { presentComment } from '../present-history.ts';
import { presentEvent, presentEventSummaries } from '../present-personnel-events.ts';
import { listAccessRequestsOfEvent } from '../store/access-requests.ts';
import { commentsMax, insertComment } from '../store/activities.ts';
import { hasCanceledSuspendedLeave } from '../store/offboardings.ts';
import { eventTypes, isEnded, type PersonnelEventRow, workStatuses } from '../store/personnel-event-rows.ts';
import * as store from '../store/personnel-events.ts';

const kind = 'Personnel Event';
/** The data that a refusal about an event reveals: these fields, and the number in its message. */
const revealing = (...fields: string[]) => ({ resource: 'personnel-events', fields: ['number', ...fields] });
const requestStates = { resource: 'access-requests', fields: ['action', 'status', 'relatedItems'] };

const eventOf = async (db: Context['db'], context: Context, id: string, options?: { lock: boolean }): Promise<PersonnelEventRow> =>
  orNotFound(await store.findPersonnelEvent(db, callerOf(context).environmentId, id, options), kind, id, 'personnel-events');

/** Changes an event and presents it. Locks its row first, so that the second of two concurrent calls sees the changes of the first. */
async function changeEvent(
  context: Context,
  id: string,
  change: (actorContext: ActorContext, event: PersonnelEventRow) => Promise<PersonnelEventRow>,
): Promise<PersonnelEvent> {
  const { now } = context;
  const event = await inTransaction(context.db, async (trx) =>
    change({ trx, now, actor: actorNameOf(context) }, await eventOf(trx, context, id, { lock: true })),
  );
  return presentEvent(context.db, event);
}

export const listPersonnelEvents: Handler<ListPersonnelEventsData, ListPersonnelEventsResponses> = async (
  { query: { page = 1, identityId, type, status } },
  context,
) => {
  const filters = parseNameFilters({ type, status }, { type: eventTypes, status: workStatuses });
  const filter = { environment_id: callerOf(context).environmentId, ...filters };
  const found = await store.listPersonnelEvents(context.db, { identityId, ...filter }, sliceOf(page));
  const rows = await presentEventSummaries(context.db, found.rows);
  return { status: 200, body: presentPage({ ...found, rows }, page, (item) => item) };
};

export const getPersonnelEvent: Handler<GetPersonnelEventData, GetPersonnelEventResponses> = async ({ path: { id }, query }, context) => ({
  status: 200,
  body: await presentEvent(context.db, await eventOf(context.db, context, id), query),
});

export const updatePersonnelEvent: Handler<UpdatePersonnelEventData, UpdatePersonnelEventResponses> = async (
  { path: { id }, body },
  context,
) => {
  const { timeZone } = await findSettings(context.db, callerOf(context).organizationId);
  const changed = await changeEvent(context, id, async (actorContext, event) => {
    if (event.type !== 'Absence')
      throw unprocessable(`${kind} ${event.number} is not a leave of absence and has no return date`, [revealing('type')]);
    const removal = event.stages.find(({ name }) => name === 'Removal');
    if (!removal || removal.status === 'Open' || isEnded(removal.status))
      throw conflict(`${kind} ${event.number} is ${event.status}, and its return date can't be changed any more`, [
        revealing('status', 'stages'),
      ]);
    const { neededUntil, errors } = returnDateOf(body.endDate, event.needed_on, timeZone);
    if (errors.length > 0) throw invalid(errors);
    return setReturnDate(actorContext, event, neededUntil);
  });
  return { status: 200, body: changed };
};

export const completeStage: Handler<CompleteStageData, CompleteStageResponses> = async ({ path: { id, stage: name } }, context) => {
  const changed = await changeEvent(context, id, async (actorContext, before) => {
    const event = structuredClone(before);
    const stage = event.stages.find((candidate) => candidate.name === name);
    if (!stage) throw notFound(`${name} stage of ${kind.toLowerCase()}`, id, 'personnel-events', ['stages']);
    if (stage.status !== 'Open')
      throw conflict(`The stage ${name} of ${kind.toLowerCase()} ${event.number} is ${stage.status} and can't be completed`, [
        revealing('stages'),
      ]);
    if (name === 'Provision' || name === 'Removal')
      throw conflict(
        `The stage ${name} of ${kind.toLowerCase()} ${event.number} completes automatically when its access requests have ended`,
        [revealing('stages')],
      );
    await markStageCompleted(actorContext, event, stage);
    if (name === 'Approval') await approveEvent(actorContext, event);
    return advanceEvent(actorContext, before, event);
  });
  return { status: 200, body: changed };
};

export const cancelPersonnelEvent: Handler<CancelPersonnelEventData, CancelPersonnelEventResponses> = async ({ path: { id } }, context) => {
  const changed = await changeEvent(context, id, async (actorContext, event) => {
    if (isEnded(event.status)) throw conflict(`${kind} ${event.number} is ${event.status} and can't be canceled`, [revealing('status')]);
    const requests = await listAccessRequestsOfEvent(actorContext.trx, event.id);
    if (event.type === 'Offboard' && (await hasCanceledSuspendedLeave(actorContext.trx, event)))
      throw conflict(
        `${kind} ${event.number} has canceled a leave whose access is still suspended and would never be restored; cancel its access requests instead`,
        [revealing('type', 'status'), requestStates],
      );
    if (requests.some(({ action, resolved_on }) => action === 'Suspend' && resolved_on !== null))
      throw conflict(`${kind} ${event.number} has already suspended access; set its return date, so that the access is restored`, [
        revealing('type', 'status'),
        requestStates,
      ]);
    return cancelEvent(actorContext, event);
  });
  return { status: 200, body: changed };
};

export const commentPersonnelEvent: Handler<CommentPersonnelEventData, CommentPersonnelEventResponses> = async (
  { path: { id }, body },
  context,
) => {
  const row = await eventOf(context.db, context, id);
  const subject = { table: 'personnel_events', id: row.id } as const;
  const comment = await insertComment(context.db, context.now, subject, { author: actorNameOf(context), text: body.text });
  if (!comment) throw conflict(`${kind} ${row.number} already has ${commentsMax} comments, the maximum`, [revealing('comments')]);
  return { status: 201, body: presentComment(comment) };
};
