import { randomUUID } from 'node:crypto';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { recordEntryChanges } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { toInstant } from '../../database/instants.ts';
import { findPage, inOrderOf } from '../../database/list-pages.ts';
import { nextNumbers } from '../../organizations/store/sequences.ts';
import {
  type AccessRequestChanges,
  type AccessRequestFilter,
  type AccessRequestHead,
  type AccessRequestRow,
  accessRequestEntriesOf,
  accessRequestHeadColumns,
  accessRequestListOf,
  accessRequestSortKeyOf,
  type StoredAccessRequest,
} from './access-request-rows.ts';
import type { Stage } from './personnel-event-rows.ts';

const table = 'access_requests';
const rowsPerStatement = 100;
/** Far below the smallest default `max_allowed_packet`, MariaDB's 16 MiB, and small enough for one turn of the event loop. */
const bytesPerStatement = 1024 ** 2;

/** Inserts access requests of one environment and numbers them in their order. */
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
  let batch: StoredAccessRequest[] = [];
  let bytes = 0;
  for (const [index, row] of rows.entries()) {
    const privileges = JSON.stringify(row.privileges);
    batch.push({ ...row, privileges, sort_key: accessRequestSortKeyOf(row.number) });
    bytes += Buffer.byteLength(privileges);
    if (batch.length < rowsPerStatement && bytes < bytesPerStatement && index < rows.length - 1) continue;
    await trx(table).insert(batch);
    await yieldToEventLoop();
    batch = [];
    bytes = 0;
  }
  await recordEntryChanges(
    trx,
    rows.flatMap((row) => accessRequestEntriesOf(row, 1)),
  );
  return rows;
}

export async function findAccessRequest(db: Db, environmentId: string, id: string): Promise<AccessRequestRow | undefined> {
  const row: StoredAccessRequest | undefined = await db(table).where({ environment_id: environmentId, id }).first();
  if (!row) return undefined;
  const { sort_key, privileges, ...head } = row;
  return { ...head, privileges: JSON.parse(privileges) };
}

/** Lists the access requests of an event, oldest first. A transaction that has locked the event's row may change them. */
export const listAccessRequestsOfEvent = (db: Db, eventId: string): Promise<AccessRequestHead[]> =>
  db(table).where({ personnel_event_id: eventId }).orderBy('sort_key').select(accessRequestHeadColumns);

const unfinishedOf = (db: Db, eventId: string, stage?: Stage['name']) =>
  db(table)
    .where({ personnel_event_id: eventId, ...(stage && { stage }) })
    .whereNotIn('status', ['Completed', 'Canceled']);

/** Lists the access requests of an event, or of one of its stages, that have not ended, oldest first. */
export const listUnfinishedAccessRequests = (db: Db, eventId: string, stage?: Stage['name']): Promise<AccessRequestHead[]> =>
  unfinishedOf(db, eventId, stage).orderBy('sort_key').select(accessRequestHeadColumns);

export const hasUnfinishedAccessRequests = async (db: Db, eventId: string, stage: Stage['name']): Promise<boolean> =>
  Boolean(await unfinishedOf(db, eventId, stage).first('id'));

/** Sets the same values in all these access requests. */
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
  await recordEntryChanges(
    trx,
    moved.flatMap((row) => [...accessRequestEntriesOf(row, -1), ...accessRequestEntriesOf({ ...row, status }, 1)]),
  );
}

/** Lists a page of access requests, newest first. */
export async function listAccessRequests(
  db: Db,
  { identityId, personnelEventId, ...filter }: AccessRequestFilter & { identityId?: string; personnelEventId?: string },
  slice: { limit: number; offset: number },
): Promise<{ rows: AccessRequestHead[]; totalCount: number }> {
  if (identityId === undefined && personnelEventId === undefined) {
    const { ids, totalCount } = await findPage(db, accessRequestListOf(filter), slice, 'desc');
    const rows: AccessRequestHead[] = await db(table).whereIn('id', ids).select(accessRequestHeadColumns);
    return { rows: inOrderOf(ids, rows), totalCount };
  }
  const matching = () =>
    db(table).where({
      ...filter,
      ...(identityId !== undefined && { identity_id: identityId }),
      ...(personnelEventId !== undefined && { personnel_event_id: personnelEventId }),
    });
  const rows: AccessRequestHead[] = await matching()
    .orderBy('sort_key', 'desc')
    .limit(slice.limit)
    .offset(slice.offset)
    .select(accessRequestHeadColumns);
  const [count] = await matching().count({ count: '*' });
  return { rows, totalCount: Number(count?.count) };
}
