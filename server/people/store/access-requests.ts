import { randomUUID } from 'node:crypto';
import { type CountedList, countEntries, type Entry, findPage, inOrderOf } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { nextNumbers } from '../../organizations/store/organizations.ts';
import type { PrivilegeRow } from './accounts.ts';
import type { Stage, WorkStatus } from './personnel-events.ts';

export const requestActions = ['Add', 'Change', 'Remove', 'Suspend', 'Restore'] as const;
export type RequestAction = (typeof requestActions)[number];

export interface AccessRequestHead {
  id: string;
  environment_id: string;
  number: number;
  action: RequestAction;
  status: WorkStatus;
  reporter_id: string;
  reporter_name: string;
  identity_id: string;
  application_id: string;
  target_name: string;
  personnel_event_id: string;
  /** The stage that it is a part of. */
  stage: Stage['name'];
  needed_on: Instant | null;
  created_at: Instant;
  resolved_on: Instant | null;
  resolved_by: string | null;
  completed_on: Instant | null;
  completed_by: string | null;
}
export interface AccessRequestRow extends AccessRequestHead {
  privileges: PrivilegeRow[];
}
export type AccessRequestChanges = Partial<
  Pick<AccessRequestHead, 'status' | 'needed_on' | 'resolved_on' | 'resolved_by' | 'completed_on' | 'completed_by'>
>;

const table = 'access_requests';
const headColumns = [
  'id',
  'environment_id',
  'number',
  'action',
  'status',
  'reporter_id',
  'reporter_name',
  'identity_id',
  'application_id',
  'target_name',
  'personnel_event_id',
  'stage',
  'needed_on',
  'created_at',
  'resolved_on',
  'resolved_by',
  'completed_on',
  'completed_by',
] as const;
const rowsPerStatement = 100;
/** What a server takes in one statement by default is four times as much. */
const bytesPerStatement = 4 * 1024 ** 2;

type Stored = Omit<AccessRequestRow, 'privileges'> & { privileges: string; sort_key: string };
/** Numbers are given in the order in which requests are made. */
const sortKeyOf = (number: number) => String(number).padStart(10, '0');

type Filter = { environment_id: string; application_id?: string; action?: RequestAction; status?: WorkStatus };
/** Ids are the same in any case, but the name of a list is not. */
const listOf = ({ environment_id, application_id, ...filter }: Filter): CountedList => ({
  table,
  order: 'sort_key',
  where: { environment_id, ...(application_id !== undefined && { application_id: application_id.toLowerCase() }), ...filter },
});
function entriesOf({ environment_id, application_id, action, status, number }: AccessRequestHead, by: 1 | -1): Entry[] {
  return [{ environment_id }, { environment_id, application_id }].flatMap((whose) =>
    [{}, { action }, { status }, { action, status }].map((filter) => ({
      list: listOf({ ...whose, ...filter }),
      key: sortKeyOf(number),
      by,
    })),
  );
}

/** Makes requests, all of one environment. */
export async function insertAccessRequests(
  trx: Db,
  now: Date,
  environmentId: string,
  requests: (Omit<
    AccessRequestRow,
    'id' | 'environment_id' | 'number' | 'created_at' | 'resolved_on' | 'resolved_by' | 'completed_on' | 'completed_by'
  > & { id?: string })[],
): Promise<AccessRequestHead[]> {
  if (requests.length === 0) return [];
  const numbers = await nextNumbers(trx, environmentId, table, requests.length);
  const rows: AccessRequestRow[] = requests.map((request, index) => ({
    id: randomUUID(),
    ...request,
    environment_id: environmentId,
    number: numbers[index] as number,
    created_at: toInstant(now),
    resolved_on: null,
    resolved_by: null,
    completed_on: null,
    completed_by: null,
  }));
  const stored: Stored[] = rows.map((row) => ({ ...row, privileges: JSON.stringify(row.privileges), sort_key: sortKeyOf(row.number) }));
  let part: Stored[] = [];
  let bytes = 0;
  for (const [index, row] of stored.entries()) {
    part.push(row);
    bytes += Buffer.byteLength(row.privileges);
    if (part.length < rowsPerStatement && bytes < bytesPerStatement && index < stored.length - 1) continue;
    await trx(table).insert(part);
    part = [];
    bytes = 0;
  }
  await countEntries(
    trx,
    rows.flatMap((row) => entriesOf(row, 1)),
  );
  return rows;
}

export async function findAccessRequest(db: Db, environmentId: string, id: string): Promise<AccessRequestRow | undefined> {
  const row: Stored | undefined = await db(table).where({ environment_id: environmentId, id }).first();
  if (!row) return undefined;
  const { sort_key, privileges, ...head } = row;
  return { ...head, privileges: JSON.parse(privileges) };
}

/** The requests of an event, oldest first; whoever holds the event's row may change them. */
export const listRequestsOfEvent = (db: Db, eventId: string): Promise<AccessRequestHead[]> =>
  db(table)
    .where({ personnel_event_id: eventId })
    .orderBy('sort_key')
    .select(...headColumns);

const unfinished = (db: Db, eventId: string, stage?: Stage['name']) =>
  db(table)
    .where({ personnel_event_id: eventId, ...(stage && { stage }) })
    .whereNotIn('status', ['Completed', 'Canceled']);

/** Those of an event, or of one of its stages, that have not ended, oldest first. */
export const listUnfinishedRequests = (db: Db, eventId: string, stage?: Stage['name']): Promise<AccessRequestHead[]> =>
  unfinished(db, eventId, stage)
    .orderBy('sort_key')
    .select(...headColumns);

export const hasUnfinishedRequests = async (db: Db, eventId: string, stage: Stage['name']): Promise<boolean> =>
  Boolean(await unfinished(db, eventId, stage).first('id'));

/** Gives some requests, all alike, these values. */
export async function updateAccessRequests(trx: Db, requests: AccessRequestHead[], changes: AccessRequestChanges): Promise<void> {
  if (requests.length === 0) return;
  const ids = requests.map(({ id }) => id);
  for (let from = 0; from < ids.length; from += 500)
    await trx(table)
      .whereIn('id', ids.slice(from, from + 500))
      .update(changes);
  const { status } = changes;
  if (status === undefined) return;
  const moved = requests.filter((row) => row.status !== status);
  await countEntries(
    trx,
    moved.flatMap((row) => [...entriesOf(row, -1), ...entriesOf({ ...row, status }, 1)]),
  );
}

/** Newest first. */
export async function listAccessRequests(
  db: Db,
  { identityId, personnelEventId, ...filter }: Filter & { identityId?: string; personnelEventId?: string },
  slice: { limit: number; offset: number },
): Promise<{ rows: AccessRequestHead[]; totalCount: number }> {
  if (identityId === undefined && personnelEventId === undefined) {
    const { ids, totalCount } = await findPage(db, listOf(filter), slice, 'desc');
    const rows: AccessRequestHead[] = await db(table)
      .whereIn('id', ids)
      .select(...headColumns);
    return { rows: inOrderOf(ids, rows), totalCount };
  }
  const all = () =>
    db(table).where({
      ...filter,
      ...(identityId !== undefined && { identity_id: identityId }),
      ...(personnelEventId !== undefined && { personnel_event_id: personnelEventId }),
    });
  const rows: AccessRequestHead[] = await all()
    .orderBy('sort_key', 'desc')
    .limit(slice.limit)
    .offset(slice.offset)
    .select(...headColumns);
  const [count] = await all().count({ count: '*' });
  return { rows, totalCount: Number(count?.count) };
}
