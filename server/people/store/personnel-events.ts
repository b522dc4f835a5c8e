import { randomUUID } from 'node:crypto';
import { recordEntryChanges } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { toInstant } from '../../database/instants.ts';
import { findPage, inOrderOf } from '../../database/list-pages.ts';
import { nextNumbers } from '../../organizations/store/sequences.ts';
import {
  fromStoredEvent,
  type PersonnelEventFilter,
  type PersonnelEventHead,
  type PersonnelEventRow,
  personnelEventEntriesOf,
  personnelEventHeadColumns,
  personnelEventListOf,
  type StoredEvent,
  toStoredEvent,
} from './personnel-event-rows.ts';

const table = 'personnel_events';
const rowsPerStatement = 100;

export type NewPersonnelEvent = Omit<PersonnelEventRow, 'id' | 'environment_id' | 'number' | 'completed_on'> & { id?: string };

/** Inserts events of one environment and numbers them in their order. */
export async function insertPersonnelEvents(trx: Db, environmentId: string, events: NewPersonnelEvent[]): Promise<PersonnelEventRow[]> {
  const numbers = await nextNumbers(trx, environmentId, table, events.length);
  const rows = events.map((event, index) => ({
    id: randomUUID(),
    environment_id: environmentId,
    number: numbers[index] as number,
    completed_on: null,
    ...event,
  }));
  for (let from = 0; from < rows.length; from += rowsPerStatement)
    await trx(table).insert(rows.slice(from, from + rowsPerStatement).map(toStoredEvent));
  await recordEntryChanges(
    trx,
    rows.flatMap((row) => personnelEventEntriesOf(row, 1)),
  );
  return rows;
}

export const insertPersonnelEvent = async (trx: Db, environmentId: string, event: NewPersonnelEvent): Promise<PersonnelEventRow> =>
  (await insertPersonnelEvents(trx, environmentId, [event]))[0] as PersonnelEventRow;

/** Finds an event of an environment. `lock` locks its row until the transaction ends. */
export async function findPersonnelEvent(
  db: Db,
  environmentId: string,
  id: string,
  { lock = false } = {},
): Promise<PersonnelEventRow | undefined> {
  const query = db(table).where({ environment_id: environmentId, id }).first();
  const row: StoredEvent | undefined = await (lock ? query.forUpdate() : query);
  return row && fromStoredEvent(row);
}

/** Stores an event. `before` is its current row, which the caller must have locked. */
export async function updatePersonnelEvent(trx: Db, before: PersonnelEventRow, after: PersonnelEventRow): Promise<void> {
  const { id, ...stored } = toStoredEvent(after);
  await trx(table).where({ id }).update(stored);
  if (before.status !== after.status)
    await recordEntryChanges(trx, [...personnelEventEntriesOf(before, -1), ...personnelEventEntriesOf(after, 1)]);
}

/** Lists a page of events, latest effective date first. */
export async function listPersonnelEvents(
  db: Db,
  { identityId, ...filter }: PersonnelEventFilter & { identityId?: string },
  slice: { limit: number; offset: number },
): Promise<{ rows: PersonnelEventHead[]; totalCount: number }> {
  if (identityId === undefined) {
    const { ids, totalCount } = await findPage(db, personnelEventListOf(filter), slice, 'desc');
    const rows: PersonnelEventHead[] = await db(table).whereIn('id', ids).select(personnelEventHeadColumns);
    return { rows: inOrderOf(ids, rows), totalCount };
  }
  const matching = () => db(table).where({ identity_id: identityId, ...filter });
  const rows: PersonnelEventHead[] = await matching()
    .orderBy('sort_key', 'desc')
    .limit(slice.limit)
    .offset(slice.offset)
    .select(personnelEventHeadColumns);
  const [count] = await matching().count({ count: '*' });
  return { rows, totalCount: Number(count?.count) };
}

/** Locks the unfinished events of an identity, except one. */
export const lockOtherUnfinishedEvents = async (trx: Db, identityId: string, exceptId: string): Promise<PersonnelEventRow[]> =>
  (
    await trx(table)
      .where({ identity_id: identityId })
      .whereNot({ id: exceptId })
      .whereNotIn('status', ['Completed', 'Canceled'])
      .orderBy('number')
      .forUpdate()
  ).map(fromStoredEvent);

/** Postpones the next attempt at an event, so that an event that fails does not delay the others. */
export const postponeEvent = async (db: Db, id: string, until: Date): Promise<void> => {
  await db(table)
    .where({ id })
    .whereNotNull('due_at')
    .update({ due_at: toInstant(until) });
};

/** Lists up to 100 events that are due, earliest first. */
export const listDueEvents = (db: Db, now: Date): Promise<Pick<PersonnelEventHead, 'id' | 'environment_id'>[]> =>
  db(table).where('due_at', '<=', toInstant(now)).orderBy('due_at').limit(100).select('id', 'environment_id');
