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
  ResolveAccessRequestData,
  ResolveAccessRequestResponses,
} from '../../../generated/types.gen.ts';
import { conflict, orNotFound } from '../../common/errors.ts';
import { parseNameFilters } from '../../common/filters.ts';
import { presentPage, sliceOf } from '../../common/page.ts';
import { toInstant } from '../../database/instants.ts';
import { inTransaction } from '../../database/transactions.ts';
import { actorNameOf, type Context, callerOf, type Handler } from '../../handler.ts';
import { advanceEvent } from '../advance-event.ts';
import { changeAccessRequests } from '../event-activities.ts';
import { presentAccessRequest, presentAccessRequestSummaries } from '../present-access-requests.ts';
import { presentComment } from '../present-history.ts';
import { type AccessRequestChanges, type AccessRequestRow, requestActions } from '../store/access-request-rows.ts';
import * as store from '../store/access-requests.ts';
import { commentsMax, insertComment } from '../store/activities.ts';
import { type PersonnelEventRow, type WorkStatus, workStatuses } from '../store/personnel-event-rows.ts';
import { findPersonnelEvent } from '../store/personnel-events.ts';

const kind = 'Access Request';
/** The data that a refusal about a request reveals: these fields, and the number in its message. */
const revealing = (...fields: string[]) => ({ resource: 'access-requests', fields: ['number', ...fields] });

const accessRequestOf = async (db: Context['db'], context: Context, id: string): Promise<AccessRequestRow> =>
  orNotFound(await store.findAccessRequest(db, callerOf(context).environmentId, id), kind, id, 'access-requests');

export const listAccessRequests: Handler<ListAccessRequestsData, ListAccessRequestsResponses> = async (
  { query: { page = 1, identityId, applicationId, personnelEventId, status, type } },
  context,
) => {
  const { type: action, ...filters } = parseNameFilters({ status, type }, { status: workStatuses, type: requestActions });
  const filter = {
    environment_id: callerOf(context).environmentId,
    ...(applicationId !== undefined && { application_id: applicationId }),
    ...(action && { action }),
    ...filters,
  };
  const found = await store.listAccessRequests(context.db, { identityId, personnelEventId, ...filter }, sliceOf(page));
  const rows = await presentAccessRequestSummaries(context.db, found.rows);
  return { status: 200, body: presentPage({ ...found, rows }, page, (item) => item) };
};

export const getAccessRequest: Handler<GetAccessRequestData, GetAccessRequestResponses> = async ({ path: { id }, query }, context) => ({
  status: 200,
  body: await presentAccessRequest(context.db, await accessRequestOf(context.db, context, id), query),
});

/**
 * Changes an access request and advances its personnel event. Throws 409 unless the request has one of the statuses `from`.
 *
 * Locks the event's row first, so that the second of two concurrent calls sees the changes of the first.
 */
async function changeAccessRequest(
  context: Context,
  id: string,
  from: WorkStatus[],
  verb: string,
  changesOf: (row: AccessRequestRow) => AccessRequestChanges,
): Promise<AccessRequest> {
  const { environmentId } = callerOf(context);
  const { personnel_event_id } = await accessRequestOf(context.db, context, id);
  await inTransaction(context.db, async (trx) => {
    const event = (await findPersonnelEvent(trx, environmentId, personnel_event_id, { lock: true })) as PersonnelEventRow;
    const row = await accessRequestOf(trx, context, id);
    if (!from.includes(row.status)) throw conflict(`${kind} ${row.number} is ${row.status} and can't be ${verb}`, [revealing('status')]);
    const actorContext = { trx, now: context.now, actor: actorNameOf(context) };
    await changeAccessRequests(actorContext, [row], changesOf(row));
    await advanceEvent(actorContext, event);
  });
  return presentAccessRequest(context.db, await accessRequestOf(context.db, context, id));
}

export const resolveAccessRequest: Handler<ResolveAccessRequestData, ResolveAccessRequestResponses> = async ({ path: { id } }, context) => {
  const resolved = { status: 'Resolved', resolved_on: toInstant(context.now), resolved_by: actorNameOf(context) } as const;
  return { status: 200, body: await changeAccessRequest(context, id, ['Open'], 'resolved', () => resolved) };
};

export const completeAccessRequest: Handler<CompleteAccessRequestData, CompleteAccessRequestResponses> = async (
  { path: { id } },
  context,
) => {
  const [completedOn, actor] = [toInstant(context.now), actorNameOf(context)];
  const body = await changeAccessRequest(context, id, ['Open', 'Resolved'], 'completed', (row) => ({
    status: 'Completed',
    completed_on: completedOn,
    completed_by: actor,
    resolved_on: row.resolved_on ?? completedOn,
    resolved_by: row.resolved_by ?? actor,
  }));
  return { status: 200, body };
};

export const cancelAccessRequest: Handler<CancelAccessRequestData, CancelAccessRequestResponses> = async ({ path: { id } }, context) => {
  const canceled = { status: 'Canceled', completed_on: toInstant(context.now), completed_by: actorNameOf(context) } as const;
  const unfinished: WorkStatus[] = ['Open', 'Resolved', 'Scheduled', 'Snoozed', 'Pending'];
  return { status: 200, body: await changeAccessRequest(context, id, unfinished, 'canceled', () => canceled) };
};

export const commentAccessRequest: Handler<CommentAccessRequestData, CommentAccessRequestResponses> = async (
  { path: { id }, body },
  context,
) => {
  const row = await accessRequestOf(context.db, context, id);
  const subject = { table: 'access_requests', id: row.id } as const;
  const comment = await insertComment(context.db, context.now, subject, { author: actorNameOf(context), text: body.text });
  if (!comment) throw conflict(`${kind} ${row.number} already has ${commentsMax} comments, the maximum`, [revealing('comments')]);
  return { status: 201, body: presentComment(comment) };
};
