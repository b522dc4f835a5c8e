import type {
  GetLogData,
  GetLogResponses,
  ListLogsData,
  ListLogsResponses,
  LoggedCall,
  LoggedCallDetail,
} from '../../../generated/types.gen.ts';
import { invalid, orNotFound } from '../../common/errors.ts';
import { isoOf } from '../../database/instants.ts';
import { type Caller, callerOf, type Handler } from '../../handler.ts';
import { unpackText } from '../compressed-text.ts';
import { leastCorrelationId } from '../correlation-id.ts';
import { findLog, findNewestId, type LogFilter, type LogSummary, listLogs as listRows, type StoredLogRow } from '../store/api-log.ts';

/** Maximum number of calls that a filtered page examines. */
const examinedMax = 5_000;

/** Returns the organization ids whose calls the caller may see. The host also sees the calls that have no known caller (empty id). */
const visibleOrganizationsOf = ({ organizationId, isHost }: Caller): string[] => (isHost ? [organizationId, ''] : [organizationId]);

const present = (row: LogSummary): LoggedCall => ({
  id: row.id,
  kind: 'Logged Call',
  time: isoOf(row.called_at),
  actor:
    row.actor_id === null ? null : { kind: row.actor_kind as 'API Token' | 'Access Key', id: row.actor_id, name: row.actor_name as string },
  operation: row.operation,
  method: row.method,
  path: row.path,
  status: row.status,
  success: row.status < 400,
  callCount: row.call_count,
  durationMs: row.duration_ms,
  clientAddress: row.client_address,
  environmentId: row.environment_id,
});

const presentDetail = (row: StoredLogRow): LoggedCallDetail => ({
  ...present(row),
  query: row.query,
  request: { body: row.request_body && unpackText(row.request_body), isCut: row.request_is_cut, files: row.files },
  response: { body: row.response_body && unpackText(row.response_body), isCut: row.response_is_cut },
});

/** Returns the smallest id of a filter's instant. Throws a 400 for a leap second, which the contract allows but `Date` cannot represent. */
function idAt(field: 'from' | 'until', text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw invalid({ field, message: 'Must be an ISO 8601 instant' });
  return leastCorrelationId(time);
}

type Query = NonNullable<ListLogsData['query']>;

function statusesOf({ statusClass, success }: Query): LogFilter['statuses'] {
  const hundreds = statusClass && Number(statusClass[0]) * 100;
  return [
    ...(hundreds ? [[hundreds, hundreds + 100] as [number, number]] : []),
    ...(success === undefined ? [] : [(success ? [100, 400] : [400, 600]) as [number, number]]),
  ];
}

const smallerId = (left: string | undefined, right: string | undefined) =>
  left === undefined || (right !== undefined && right < left) ? right : left;
const greaterId = (left: string | undefined, right: string | undefined) =>
  left === undefined || (right !== undefined && right > left) ? right : left;

export const listLogs: Handler<ListLogsData, ListLogsResponses> = async ({ query }, context) => {
  const { actor, operation, method, path, before, limit = 50 } = query;
  const filter = { actor, operation, method, path, statuses: statusesOf(query) };
  const span = { from: idAt('from', query.from), below: smallerId(before, idAt('until', query.until)) };
  const organizationIds = visibleOrganizationsOf(callerOf(context));

  // A filtered page examines only rows from `floor` on, which limits its cost. An unfiltered page is limited by the page size.
  const isFiltered = [actor, operation, method, path].some((value) => value !== undefined) || filter.statuses.length > 0;
  const floorOf = (organizationId: string) =>
    isFiltered
      ? findNewestId(context.logDb, { organizationId, ...span }, examinedMax / organizationIds.length)
      : Promise.resolve(undefined);
  const floor = (await Promise.all(organizationIds.map(floorOf))).reduce(greaterId);

  const listOf = (organizationId: string) =>
    listRows(context.logDb, { organizationId, ...span, from: floor ?? span.from }, filter, limit + 1);
  const rows = (await Promise.all(organizationIds.map(listOf))).flat().sort((left, right) => (left.id < right.id ? 1 : -1));
  const items = rows.slice(0, limit).map(present);
  const nextBefore = rows.length > limit ? (items.at(-1)?.id ?? null) : (floor ?? null);
  return { status: 200, body: { items, nextBefore } };
};

export const getLog: Handler<GetLogData, GetLogResponses> = async ({ path: { id } }, context) => {
  const row = orNotFound(await findLog(context.logDb, visibleOrganizationsOf(callerOf(context)), id), 'Logged Call', id, 'logs');
  return { status: 200, body: presentDetail(row) };
};
