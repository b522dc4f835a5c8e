import type {
  AccessRequest,
  CancelAccessRequestData,
  CancelAccessRequestResponses,
  CommentAccessRequestData,
  CommentAccessRequestResponses,
  CompleteAccessRequestData,
  CompleteAccessRequestResponses,
  GetAccessRequestData,
  GetAccessRequestResponses,
  ListAccessRequestsData,
  ListAccessRequestsResponses,
  RequestResponse,
  ResolveAccessRequestData,
  ResolveAccessRequestResponses,
} from '../../../generated/types.gen.ts';
import { conflict, orNotFound } from '../../common/errors.ts';
import { namesMeant } from '../../common/filters.ts';
import { presentPage, sliceOf } from '../../common/page.ts';
import { inTransaction } from '../../database/database.ts';
import { isoOrNull, toInstant } from '../../database/instants.ts';
import { actorNameOf, type Context, callerOf, type Handler } from '../../handler.ts';
import { advance, moveRequests } from '../event-workflow.ts';
import { presentActivity, presentComment, presentRequests } from '../present-people.ts';
import * as store from '../store/access-requests.ts';
import { commentsMax, insertComment, listActivities, listComments } from '../store/activities.ts';
import { findPersonnelEvent, type PersonnelEventRow, type WorkStatus, workStatuses } from '../store/personnel-events.ts';

const kind = 'Access Request';

const requestOf = async (db: Context['db'], context: Context, id: string): Promise<store.AccessRequestRow> =>
  orNotFound(await store.findAccessRequest(db, callerOf(context).environmentId, id), kind, id);

/** Who has answered for a request, and who must still. */
function responsesOf(row: store.AccessRequestHead): RequestResponse[] {
  const isCanceled = row.status === 'Canceled';
  const provisioned = row.resolved_on
    ? { status: 'Completed' as const, user: row.resolved_by, date: isoOrNull(row.resolved_on) }
    : { status: row.status, user: null, date: null };
  const verified =
    row.status === 'Completed'
      ? { status: 'Completed' as const, user: row.completed_by, date: isoOrNull(row.completed_on) }
      : { status: isCanceled ? row.status : row.resolved_on ? ('Open' as const) : ('Pending' as const), user: null, date: null };
  return [
    { name: 'Provisioning', ...provisioned },
    { name: 'Verification', ...verified },
  ];
}

async function presentWhole({ db }: Context, row: store.AccessRequestRow): Promise<AccessRequest> {
  const [[summary], activity, comments, event] = await Promise.all([
    presentRequests(db, [row]),
    listActivities(db, row.id),
    listComments(db, row.id),
    findPersonnelEvent(db, row.environment_id, row.personnel_event_id),
  ]);
  return {
    ...(summary as NonNullable<typeof summary>),
    privileges: row.privileges,
    activity: activity.map(presentActivity),
    comments: comments.map(presentComment),
    responses: responsesOf(row),
    relatedItems: event ? [{ id: event.id, kind: 'Personnel Event', number: event.number }] : [],
  };
}

export const listAccessRequests: Handler<ListAccessRequestsData, ListAccessRequestsResponses> = async (
  { query: { page = 1, identityId, applicationId, personnelEventId, status, type } },
  context,
) => {
  const { type: action, ...meant } = namesMeant({ status, type }, { status: workStatuses, type: store.requestActions });
  const filter = {
    environment_id: callerOf(context).environmentId,
    ...(applicationId !== undefined && { application_id: applicationId }),
    ...(action && { action }),
    ...meant,
  };
  const found = await store.listAccessRequests(context.db, { identityId, personnelEventId, ...filter }, sliceOf(page));
  const rows = await presentRequests(context.db, found.rows);
  return { status: 200, body: presentPage({ ...found, rows }, page, (item) => item) };
};

export const getAccessRequest: Handler<GetAccessRequestData, GetAccessRequestResponses> = async ({ path: { id } }, context) => ({
  status: 200,
  body: await presentWhole(context, await requestOf(context.db, context, id)),
});

/** Moves a request on, and with it the event that it belongs to, whose row is locked first: of two calls at once, the second sees what the first did. */
async function move(
  context: Context,
  id: string,
  from: WorkStatus[],
  verb: string,
  changesOf: (row: store.AccessRequestRow) => store.AccessRequestChanges,
): Promise<AccessRequest> {
  const { environmentId } = callerOf(context);
  const { personnel_event_id } = await requestOf(context.db, context, id);
  await inTransaction(context.db, async (trx) => {
    const event = (await findPersonnelEvent(trx, environmentId, personnel_event_id, { lock: true })) as PersonnelEventRow;
    const row = await requestOf(trx, context, id);
    if (!from.includes(row.status)) throw conflict(`${kind} ${row.number} is ${row.status} and can't be ${verb}`);
    const doing = { trx, now: context.now, user: actorNameOf(context) };
    await moveRequests(doing, [row], changesOf(row));
    await advance(doing, event);
  });
  return presentWhole(context, await requestOf(context.db, context, id));
}

export const resolveAccessRequest: Handler<ResolveAccessRequestData, ResolveAccessRequestResponses> = async ({ path: { id } }, context) => {
  const resolved = { status: 'Resolved', resolved_on: toInstant(context.now), resolved_by: actorNameOf(context) } as const;
  return { status: 200, body: await move(context, id, ['Open'], 'resolved', () => resolved) };
};

export const completeAccessRequest: Handler<CompleteAccessRequestData, CompleteAccessRequestResponses> = async (
  { path: { id } },
  context,
) => {
  const [at, user] = [toInstant(context.now), actorNameOf(context)];
  const body = await move(context, id, ['Open', 'Resolved'], 'completed', (row) => ({
    status: 'Completed',
    completed_on: at,
    completed_by: user,
    resolved_on: row.resolved_on ?? at,
    resolved_by: row.resolved_by ?? user,
  }));
  return { status: 200, body };
};

export const cancelAccessRequest: Handler<CancelAccessRequestData, CancelAccessRequestResponses> = async ({ path: { id } }, context) => {
  const canceled = { status: 'Canceled', completed_on: toInstant(context.now), completed_by: actorNameOf(context) } as const;
  const unfinished: WorkStatus[] = ['Open', 'Resolved', 'Scheduled', 'Snoozed', 'Pending'];
  return { status: 200, body: await move(context, id, unfinished, 'canceled', () => canceled) };
};

export const commentAccessRequest: Handler<CommentAccessRequestData, CommentAccessRequestResponses> = async (
  { path: { id }, body },
  context,
) => {
  const row = await requestOf(context.db, context, id);
  const subject = { table: 'access_requests', id: row.id } as const;
  const comment = await insertComment(context.db, context.now, subject, { author: actorNameOf(context), text: body.text });
  if (!comment) throw conflict(`${kind} ${row.number} has ${commentsMax} comments and takes no more`);
  return { status: 201, body: presentComment(comment) };
};
