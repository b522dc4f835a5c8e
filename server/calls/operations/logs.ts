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
import { findFloor, findLog, type LogFilter, type LogRow, type LogSummary, listLogs as listRows } from '../store/api-log.ts';

/** How many calls a page looks at, at most, where a filter leaves some out. */
const lookedAtMax = 5_000;

/** Whose calls a caller sees: its organization's, and nobody's, if it is the host. */
const seenBy = ({ organizationId, isHost }: Caller): string[] => (isHost ? [organizationId, ''] : [organizationId]);

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
  durationMs: row.duration_ms,
  clientAddress: row.client_address,
  environmentId: row.environment_id,
});

const presentDetail = (row: LogRow): LoggedCallDetail => ({
  ...present(row),
  query: row.query,
  request: { body: row.request_body && unpackText(row.request_body), isCut: row.request_is_cut, files: row.files },
  response: { body: row.response_body && unpackText(row.response_body), isCut: row.response_is_cut },
});

/** The least id of a filter's instant. The contract lets leap seconds pass, which are no time here. */
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

const ofAll = <Result>(organizationIds: string[], ask: (organizationId: string) => Promise<Result>) =>
  Promise.all(organizationIds.map(ask));
const lesser = (one: string | undefined, other: string | undefined) =>
  one === undefined || (other !== undefined && other < one) ? other : one;

export const listLogs: Handler<ListLogsData, ListLogsResponses> = async ({ query }, context) => {
  const { actor, operation, method, path, before, limit = 50 } = query;
  const filter = { actor, operation, method, path, statuses: statusesOf(query) };
  const span = { from: idAt('from', query.from), below: lesser(before, idAt('until', query.until)) };
  const seen = seenBy(callerOf(context));

  // Down to the floor, no organization has more rows than may be looked at; without a filter, the page's limit is enough.
  const isFiltered = [actor, operation, method, path].some((value) => value !== undefined) || filter.statuses.length > 0;
  const floorOf = (organizationId: string) =>
    isFiltered ? findFloor(context.logDb, { organizationId, ...span }, lookedAtMax / seen.length) : Promise.resolve(undefined);
  const floor = (await ofAll(seen, floorOf)).reduce((one, other) =>
    one === undefined || (other !== undefined && other > one) ? other : one,
  );

  const rows = (
    await ofAll(seen, (organizationId) => listRows(context.logDb, { organizationId, ...span, from: floor ?? span.from }, filter, limit + 1))
  )
    .flat()
    .sort((one, other) => (one.id < other.id ? 1 : -1));
  const items = rows.slice(0, limit).map(present);
  const nextBefore = rows.length > limit ? (items.at(-1)?.id ?? null) : (floor ?? null);
  return { status: 200, body: { items, nextBefore } };
};

export const getLog: Handler<GetLogData, GetLogResponses> = async ({ path: { id } }, context) => {
  const row = orNotFound(await findLog(context.logDb, seenBy(callerOf(context)), id), 'Logged Call', id);
  return { status: 200, body: presentDetail(row) };
};
