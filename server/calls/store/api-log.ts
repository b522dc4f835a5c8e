import type { Knex } from 'knex';
import { type Db, runStatement, type Value } from '../../database/database.ts';
import { isDuplicateKey } from '../../database/database-errors.ts';
import type { Instant } from '../../database/instants.ts';

export interface LogRow {
  /** Empty for calls that have no known caller. */
  organization_id: string;
  /** The correlation id, 32 hexadecimal digits. */
  id: string;
  called_at: Instant;
  actor_kind: string | null;
  actor_id: string | null;
  actor_name: string | null;
  operation: string | null;
  method: string;
  path: string;
  query: string;
  status: number;
  duration_ms: number;
  client_address: string;
  environment_id: string | null;
  request_body: Buffer | null;
  request_is_cut: boolean;
  response_body: Buffer | null;
  response_is_cut: boolean;
  files: { part: string; name: string; bytes: number; sha256: string }[];
}
/** A row as it is stored: `call_count` is the number of calls for which it stands. */
export type StoredLogRow = LogRow & { call_count: number };
export type LogSummary = Omit<StoredLogRow, 'query' | 'request_body' | 'request_is_cut' | 'response_body' | 'response_is_cut' | 'files'>;

const summaryColumns = [
  ...['organization_id', 'id', 'called_at', 'actor_kind', 'actor_id', 'actor_name', 'operation', 'method', 'path'],
  ...['status', 'duration_ms', 'client_address', 'environment_id'],
];
const columns = [...summaryColumns, 'query', 'request_body', 'request_is_cut', 'response_body', 'response_is_cut', 'files'];

const keyOf = (id: string) => Buffer.from(id, 'hex');
const idOf = (key: Buffer) => key.toString('hex');

/** Insert statements by their number of rows, cached because knex would build the text again for every insert. */
const insertStatements: string[] = [];
function insertStatementOf(count: number): string {
  const marks = `(${columns.map(() => '?').join(',')})`;
  insertStatements[count] ??= `INSERT INTO api_log (${columns.join(',')}) VALUES ${Array(count).fill(marks).join(',')}`;
  return insertStatements[count];
}

const valuesOf = (row: LogRow): Value[] => [
  ...[row.organization_id, keyOf(row.id), row.called_at, row.actor_kind, row.actor_id, row.actor_name, row.operation, row.method, row.path],
  ...[row.status, row.duration_ms, row.client_address, row.environment_id],
  ...[row.query, row.request_body, row.request_is_cut, row.response_body, row.response_is_cut],
  row.files.length > 0 ? JSON.stringify(row.files) : null,
];

/** Inserts the row of a summary. Does nothing if it exists, because an earlier attempt may have succeeded without a response. */
export async function insertSummary(logDb: Db, row: LogRow): Promise<void> {
  try {
    await insertLogs(logDb, [row]);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** Stores the number of calls for which a row stands. */
export const updateCallCount = (logDb: Db, { organization_id, id }: LogRow, count: number): Promise<void> =>
  runStatement(logDb, 'UPDATE api_log SET call_count = ? WHERE organization_id = ? AND id = ?', [count, organization_id, keyOf(id)]);

/** The organization of rows that only show whether a row can be stored. No caller can read them. */
const probeOrganization = 'probe';
const probePath = '/'.padEnd(2000, 'x');

/** Inserts and deletes a row of the size that calls have. Throws the error of a log in which nothing can be stored. */
export async function insertAndDeleteProbe(logDb: Db, id: string): Promise<void> {
  const none = { actor_kind: null, actor_id: null, actor_name: null, operation: null, environment_id: null };
  const bodies = { request_body: null, request_is_cut: false, response_body: null, response_is_cut: false, files: [] };
  const call = { method: 'GET', path: probePath, query: '', status: 200, duration_ms: 0, client_address: '' };
  const called_at = '2000-01-01 00:00:00.000';
  await insertLogs(logDb, [{ organization_id: probeOrganization, id, called_at, ...none, ...call, ...bodies }]);
  await runStatement(logDb, 'DELETE FROM api_log WHERE organization_id = ? AND id = ?', [probeOrganization, keyOf(id)]);
}

/** Inserts all rows with one statement, so that all are stored or none. */
export async function insertLogs(logDb: Db, rows: LogRow[]): Promise<void> {
  await runStatement(logDb, insertStatementOf(rows.length), rows.flatMap(valuesOf));
}

export interface LogFilter {
  actor?: string | undefined;
  operation?: string | undefined;
  method?: string | undefined;
  /** Prefix of the path. */
  path?: string | undefined;
  /** Ranges of statuses that must all match; `end` is exclusive. */
  statuses: [least: number, end: number][];
}

/** The rows of one organization with `from` <= id < `below`. An undefined bound is open. */
interface Span {
  organizationId: string;
  from: string | undefined;
  below: string | undefined;
}

function rowsWithin(logDb: Db, { organizationId, from, below }: Span): Knex.QueryBuilder {
  const query = logDb('api_log').where('organization_id', organizationId);
  if (from !== undefined) query.where('id', '>=', keyOf(from));
  if (below !== undefined) query.where('id', '<', keyOf(below));
  return query;
}

/** Returns the id of the `count`-th newest row; undefined if there are fewer rows. */
export async function findNewestId(logDb: Db, span: Span, count: number): Promise<string | undefined> {
  const row = await rowsWithin(logDb, span)
    .orderBy('id', 'desc')
    .limit(1)
    .offset(count - 1)
    .first('id');
  return row && idOf(row.id);
}

/** Returns the newest rows that match the filter, newest first. */
export async function listLogs(logDb: Db, span: Span, filter: LogFilter, limit: number): Promise<LogSummary[]> {
  const query = rowsWithin(logDb, span)
    .orderBy('id', 'desc')
    .limit(limit)
    .select([...summaryColumns, 'call_count']);
  if (filter.actor !== undefined) query.where('actor_id', filter.actor);
  if (filter.operation !== undefined) query.where('operation', filter.operation);
  if (filter.method !== undefined) query.where('method', filter.method);
  if (filter.path !== undefined) query.whereRaw('SUBSTR(path, 1, ?) = ?', [[...filter.path].length, filter.path]);
  for (const [least, end] of filter.statuses) query.where('status', '>=', least).where('status', '<', end);
  const rows: (Omit<LogSummary, 'id'> & { id: Buffer })[] = await query;
  return rows.map((row) => ({ ...row, id: idOf(row.id) }));
}

export async function findLog(logDb: Db, organizationIds: string[], id: string): Promise<StoredLogRow | undefined> {
  const row = await logDb('api_log')
    .whereIn('organization_id', organizationIds)
    .where('id', keyOf(id))
    .first([...columns, 'call_count']);
  return row && { ...row, id, ...flagsOf(row), files: row.files === null ? [] : JSON.parse(row.files) };
}

const flagsOf = (row: { request_is_cut: unknown; response_is_cut: unknown }) => ({
  request_is_cut: Boolean(row.request_is_cut),
  response_is_cut: Boolean(row.response_is_cut),
});

/** Returns the next organization id with rows, in ascending order after `organizationId`; the first one if that is undefined. */
export async function findNextLoggedOrganization(logDb: Db, organizationId: string | undefined): Promise<string | undefined> {
  const query = logDb('api_log').orderBy('organization_id').limit(1);
  if (organizationId !== undefined) query.where('organization_id', '>', organizationId);
  return (await query.first('organization_id'))?.organization_id;
}

/** Deletes the oldest rows of an organization with ids below `below`, `limit` rows at most. Returns their number. */
export async function deleteLogBatch(logDb: Db, organizationId: string, below: string, limit: number): Promise<number> {
  const oldRows = () => rowsWithin(logDb, { organizationId, from: undefined, below });
  const last = await oldRows()
    .orderBy('id')
    .limit(1)
    .offset(limit - 1)
    .first('id');
  return last ? oldRows().where('id', '<=', last.id).delete() : oldRows().delete();
}
