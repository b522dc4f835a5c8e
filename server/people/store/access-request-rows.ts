import type { CountedList, EntryChange } from '../../database/counted-lists.ts';
import type { Instant } from '../../database/instants.ts';
import type { PrivilegeRow } from './accounts.ts';
import type { Stage, WorkStatus } from './personnel-event-rows.ts';

export const requestActions = ['Add', 'Change', 'Remove', 'Suspend', 'Restore'] as const;
export type RequestAction = (typeof requestActions)[number];

/** An access request without its privileges, which can be large. */
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
export const accessRequestHeadColumns = [
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

export type StoredAccessRequest = Omit<AccessRequestRow, 'privileges'> & { privileges: string; sort_key: string };
/** Numbers increase in the order in which access requests are created. */
export const accessRequestSortKeyOf = (number: number) => String(number).padStart(10, '0');

export type AccessRequestFilter = { environment_id: string; application_id?: string; action?: RequestAction; status?: WorkStatus };
/** Lower-cases the id because the name of a list is case-sensitive, unlike a comparison of ids. */
export const accessRequestListOf = ({ environment_id, application_id, ...filter }: AccessRequestFilter): CountedList => ({
  table,
  order: 'sort_key',
  where: { environment_id, ...(application_id !== undefined && { application_id: application_id.toLowerCase() }), ...filter },
});

/** Returns the entries of an access request in all counted lists that contain it. */
export function accessRequestEntriesOf(
  { environment_id, application_id, action, status, number }: AccessRequestHead,
  by: 1 | -1,
): EntryChange[] {
  return [{ environment_id }, { environment_id, application_id }].flatMap((owner) =>
    [{}, { action }, { status }, { action, status }].map((filter) => ({
      list: accessRequestListOf({ ...owner, ...filter }),
      key: accessRequestSortKeyOf(number),
      by,
    })),
  );
}
