import { randomUUID } from 'node:crypto';
import { type CountedList, countEntries, type Entry, findPage, inOrderOf } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { nextNumbers } from '../../organizations/store/organizations.ts';

export const eventTypes = ['Onboard', 'Offboard', 'Role Transition', 'Absence'] as const;
export type EventType = (typeof eventTypes)[number];
export const workStatuses = ['Pending', 'Open', 'Resolved', 'Completed', 'Canceled', 'Scheduled', 'Snoozed'] as const;
export type WorkStatus = (typeof workStatuses)[number];
/** The statuses that nothing comes after. */
export const isEnded = (status: WorkStatus): boolean => status === 'Completed' || status === 'Canceled';

export interface Stage {
  name: 'Approval' | 'Provision' | 'Removal' | 'Verification';
  status: WorkStatus;
  completed_on: Instant | null;
}
/** What an event is to make of an identity, in the names of the request; custom fields apart. */
export type RequestedIdentity = Record<string, string | null>;

export interface PersonnelEventHead {
  id: string;
  environment_id: string;
  number: number;
  type: EventType;
  status: WorkStatus;
  reporter_id: string;
  reporter_name: string;
  identity_id: string | null;
  needed_on: Instant;
  needed_until: Instant | null;
  completed_on: Instant | null;
}
export interface PersonnelEventRow extends PersonnelEventHead {
  created_at: Instant;
  due_at: Instant | null;
  stages: Stage[];
  requested_identity: RequestedIdentity | null;
}

const table = 'personnel_events';
const rowsPerStatement = 100;
const headColumns = [
  'id',
  'environment_id',
  'number',
  'type',
  'status',
  'reporter_id',
  'reporter_name',
  'identity_id',
  'needed_on',
  'needed_until',
  'completed_on',
] as const;

type Stored = Omit<PersonnelEventRow, 'stages' | 'requested_identity'> & {
  sort_key: string;
  stages: string;
  requested_identity: string | null;
};
const sortKeyOf = ({ needed_on, number }: Pick<PersonnelEventRow, 'needed_on' | 'number'>) =>
  `${needed_on} ${String(number).padStart(10, '0')}`;
const toStored = (row: PersonnelEventRow): Stored => ({
  ...row,
  sort_key: sortKeyOf(row),
  stages: JSON.stringify(row.stages),
  requested_identity: row.requested_identity && JSON.stringify(row.requested_identity),
});
const fromStored = ({ sort_key, ...row }: Stored): PersonnelEventRow => ({
  ...row,
  stages: JSON.parse(row.stages),
  requested_identity: row.requested_identity && JSON.parse(row.requested_identity),
});

type Filter = { environment_id: string; type?: EventType; status?: WorkStatus };
const listOf = (where: Filter): CountedList => ({ table, order: 'sort_key', where });
function entriesOf(row: PersonnelEventHead, by: 1 | -1): Entry[] {
  const { environment_id, type, status } = row;
  const filters = [{}, { type }, { status }, { type, status }];
  return filters.map((filter) => ({ list: listOf({ environment_id, ...filter }), key: sortKeyOf(row), by }));
}

export type NewEvent = Omit<PersonnelEventRow, 'id' | 'environment_id' | 'number' | 'completed_on'> & { id?: string };

/** Records events, all of one environment. */
export async function insertPersonnelEvents(trx: Db, environmentId: string, events: NewEvent[]): Promise<PersonnelEventRow[]> {
  const numbers = await nextNumbers(trx, environmentId, table, events.length);
  const rows = events.map((event, index) => ({
    id: randomUUID(),
    environment_id: environmentId,
    number: numbers[index] as number,
    completed_on: null,
    ...event,
  }));
  for (let from = 0; from < rows.length; from += rowsPerStatement)
    await trx(table).insert(rows.slice(from, from + rowsPerStatement).map(toStored));
  await countEntries(
    trx,
    rows.flatMap((row) => entriesOf(row, 1)),
  );
  return rows;
}

export const insertPersonnelEvent = async (trx: Db, environmentId: string, event: NewEvent): Promise<PersonnelEventRow> =>
  (await insertPersonnelEvents(trx, environmentId, [event]))[0] as PersonnelEventRow;

/** `lock` keeps others from changing it until the transaction ends. */
export async function findPersonnelEvent(
  db: Db,
  environmentId: string,
  id: string,
  { lock = false } = {},
): Promise<PersonnelEventRow | undefined> {
  const query = db(table).where({ environment_id: environmentId, id }).first();
  const row: Stored | undefined = await (lock ? query.forUpdate() : query);
  return row && fromStored(row);
}

/** Writes what has changed of an event that is locked. */
export async function updatePersonnelEvent(trx: Db, before: PersonnelEventRow, after: PersonnelEventRow): Promise<void> {
  const { id, ...stored } = toStored(after);
  await trx(table).where({ id }).update(stored);
  if (before.status !== after.status) await countEntries(trx, [...entriesOf(before, -1), ...entriesOf(after, 1)]);
}

/** Latest effective date first. */
export async function listPersonnelEvents(
  db: Db,
  { identityId, ...filter }: Filter & { identityId?: string },
  slice: { limit: number; offset: number },
): Promise<{ rows: PersonnelEventHead[]; totalCount: number }> {
  if (identityId === undefined) {
    const { ids, totalCount } = await findPage(db, listOf(filter), slice, 'desc');
    const rows: PersonnelEventHead[] = await db(table)
      .whereIn('id', ids)
      .select(...headColumns);
    return { rows: inOrderOf(ids, rows), totalCount };
  }
  const all = () => db(table).where({ identity_id: identityId, ...filter });
  const rows: PersonnelEventHead[] = await all()
    .orderBy('sort_key', 'desc')
    .limit(slice.limit)
    .offset(slice.offset)
    .select(...headColumns);
  const [count] = await all().count({ count: '*' });
  return { rows, totalCount: Number(count?.count) };
}

/** The unfinished events of an identity but for one, locked. */
export const lockOtherEvents = async (trx: Db, identityId: string, exceptId: string): Promise<PersonnelEventRow[]> =>
  (
    await trx(table)
      .where({ identity_id: identityId })
      .whereNot({ id: exceptId })
      .whereNotIn('status', ['Completed', 'Canceled'])
      .orderBy('number')
      .forUpdate()
  ).map(fromStored);

/** Looks at an event again only later, so that one which fails does not hold up the others. */
export const postponeEvent = async (db: Db, id: string, until: Date): Promise<void> => {
  await db(table)
    .where({ id })
    .whereNotNull('due_at')
    .update({ due_at: toInstant(until) });
};

/** Events of which something happens by itself now. */
export const listDueEvents = (db: Db, now: Date): Promise<Pick<PersonnelEventHead, 'id' | 'environment_id'>[]> =>
  db(table).where('due_at', '<=', toInstant(now)).orderBy('due_at').limit(100).select('id', 'environment_id');
