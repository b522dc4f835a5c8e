import type { CountedList, EntryChange } from '../../database/counted-lists.ts';
import type { Instant } from '../../database/instants.ts';

export const eventTypes = ['Onboard', 'Offboard', 'Role Transition', 'Absence'] as const;
export type EventType = (typeof eventTypes)[number];
export const workStatuses = ['Pending', 'Open', 'Resolved', 'Completed', 'Canceled', 'Scheduled', 'Snoozed'] as const;
export type WorkStatus = (typeof workStatuses)[number];
/** Returns whether a status is final. */
export const isEnded = (status: WorkStatus): boolean => status === 'Completed' || status === 'Canceled';

export interface Stage {
  name: 'Approval' | 'Provision' | 'Removal' | 'Verification';
  status: WorkStatus;
  completed_on: Instant | null;
}
/** The requested values of an identity by the field names of the API, without custom fields. */
export type RequestedIdentity = Record<string, string | null>;

/** A personnel event without its stages and requested identity. */
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
export const personnelEventHeadColumns = [
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

export type StoredEvent = Omit<PersonnelEventRow, 'stages' | 'requested_identity'> & {
  sort_key: string;
  stages: string;
  requested_identity: string | null;
};
const personnelEventSortKeyOf = ({ needed_on, number }: Pick<PersonnelEventRow, 'needed_on' | 'number'>) =>
  `${needed_on} ${String(number).padStart(10, '0')}`;

export const toStoredEvent = (row: PersonnelEventRow): StoredEvent => ({
  ...row,
  sort_key: personnelEventSortKeyOf(row),
  stages: JSON.stringify(row.stages),
  requested_identity: row.requested_identity && JSON.stringify(row.requested_identity),
});
export const fromStoredEvent = ({ sort_key, ...row }: StoredEvent): PersonnelEventRow => ({
  ...row,
  stages: JSON.parse(row.stages),
  requested_identity: row.requested_identity && JSON.parse(row.requested_identity),
});

export type PersonnelEventFilter = { environment_id: string; type?: EventType; status?: WorkStatus };
export const personnelEventListOf = (where: PersonnelEventFilter): CountedList => ({ table, order: 'sort_key', where });

/** Returns the entries of an event in all counted lists that contain it. */
export function personnelEventEntriesOf(row: PersonnelEventHead, by: 1 | -1): EntryChange[] {
  const { environment_id, type, status } = row;
  const filters = [{}, { type }, { status }, { type, status }];
  return filters.map((filter) => ({ list: personnelEventListOf({ environment_id, ...filter }), key: personnelEventSortKeyOf(row), by }));
}
