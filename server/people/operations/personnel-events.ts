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
import { namesMeant } from '../../common/filters.ts';
import { presentPage, sliceOf } from '../../common/page.ts';
import { inTransaction } from '../../database/database.ts';
import { actorNameOf, type Context, callerOf, type Handler } from '../../handler.ts';
import { findSettings } from '../../organizations/store/settings.ts';
import { approve } from '../approve-event.ts';
import { returnDateOf } from '../event-dates.ts';
import { advance, cancel, complete, type Doing, setReturnDate } from '../event-workflow.ts';
import { presentEvent } from '../present-event.ts';
import { presentComment, presentEvents } from '../present-people.ts';
import { listRequestsOfEvent } from '../store/access-requests.ts';
import { commentsMax, insertComment } from '../store/activities.ts';
import { hasEndedLeave } from '../store/offboardings.ts';
import * as store from '../store/personnel-events.ts';

const kind = 'Personnel Event';

const eventOf = async (db: Context['db'], context: Context, id: string, options?: { lock: boolean }): Promise<store.PersonnelEventRow> =>
  orNotFound(await store.findPersonnelEvent(db, callerOf(context).environmentId, id, options), kind, id);

/** Changes an event, whose row is locked: of two calls at once, the second sees what the first did. */
async function change(
  context: Context,
  id: string,
  work: (doing: Doing, event: store.PersonnelEventRow) => Promise<store.PersonnelEventRow>,
): Promise<PersonnelEvent> {
  const { now } = context;
  const event = await inTransaction(context.db, async (trx) =>
    work({ trx, now, user: actorNameOf(context) }, await eventOf(trx, context, id, { lock: true })),
  );
  return presentEvent(context.db, event);
}

export const listPersonnelEvents: Handler<ListPersonnelEventsData, ListPersonnelEventsResponses> = async (
  { query: { page = 1, identityId, type, status } },
  context,
) => {
  const meant = namesMeant({ type, status }, { type: store.eventTypes, status: store.workStatuses });
  const filter = { environment_id: callerOf(context).environmentId, ...meant };
  const found = await store.listPersonnelEvents(context.db, { identityId, ...filter }, sliceOf(page));
  const rows = await presentEvents(context.db, found.rows);
  return { status: 200, body: presentPage({ ...found, rows }, page, (item) => item) };
};

export const getPersonnelEvent: Handler<GetPersonnelEventData, GetPersonnelEventResponses> = async ({ path: { id } }, context) => ({
  status: 200,
  body: await presentEvent(context.db, await eventOf(context.db, context, id)),
});

export const updatePersonnelEvent: Handler<UpdatePersonnelEventData, UpdatePersonnelEventResponses> = async (
  { path: { id }, body },
  context,
) => {
  const { timeZone } = await findSettings(context.db, callerOf(context).organizationId);
  const changed = await change(context, id, async (doing, event) => {
    if (event.type !== 'Absence') throw unprocessable(`${kind} ${event.number} is no leave of absence, and has no return date`);
    const removal = event.stages.find(({ name }) => name === 'Removal');
    if (!removal || removal.status === 'Open' || store.isEnded(removal.status))
      throw conflict(`${kind} ${event.number} is ${event.status}, and its return date can't be changed any more`);
    const { neededUntil, errors } = returnDateOf(body.endDate, event.needed_on, timeZone);
    if (errors.length > 0) throw invalid(...errors);
    return setReturnDate(doing, event, neededUntil);
  });
  return { status: 200, body: changed };
};

export const completeStage: Handler<CompleteStageData, CompleteStageResponses> = async ({ path: { id, stage: name } }, context) => {
  const changed = await change(context, id, async (doing, before) => {
    const event = structuredClone(before);
    const stage = event.stages.find((one) => one.name === name);
    if (!stage) throw notFound(`${name} stage of ${kind.toLowerCase()}`, id);
    if (stage.status !== 'Open')
      throw conflict(`The stage ${name} of ${kind.toLowerCase()} ${event.number} is ${stage.status} and can't be completed`);
    if (name === 'Provision' || name === 'Removal')
      throw conflict(`The stage ${name} of ${kind.toLowerCase()} ${event.number} completes by itself when its access requests have ended`);
    await complete(doing, event, stage);
    if (name === 'Approval') await approve(doing, event);
    return advance(doing, before, event);
  });
  return { status: 200, body: changed };
};

export const cancelPersonnelEvent: Handler<CancelPersonnelEventData, CancelPersonnelEventResponses> = async ({ path: { id } }, context) => {
  const changed = await change(context, id, async (doing, event) => {
    if (store.isEnded(event.status)) throw conflict(`${kind} ${event.number} is ${event.status} and can't be canceled`);
    const requests = await listRequestsOfEvent(doing.trx, event.id);
    if (event.type === 'Offboard' && (await hasEndedLeave(doing.trx, event)))
      throw conflict(
        `${kind} ${event.number} has ended a leave whose suspended access nobody would restore; cancel its access requests instead`,
      );
    if (requests.some(({ action, resolved_on }) => action === 'Suspend' && resolved_on !== null))
      throw conflict(`${kind} ${event.number} has suspended access already; set its return date, so that it is restored`);
    return cancel(doing, event);
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
  if (!comment) throw conflict(`${kind} ${row.number} has ${commentsMax} comments and takes no more`);
  return { status: 201, body: presentComment(comment) };
};
