import type { CountedList, EntryChange } from '../../database/counted-lists.ts';
import { foldedStart, sortKeyOf } from '../../database/fold-name.ts';
import type { Instant } from '../../database/instants.ts';

export const identityTypes = [
  'Employee',
  'Service Account',
  'Vendor',
  'Shared',
  'Mailbox',
  'Client',
  'Temporary',
  'Administrator',
  'Auditor',
  'Unknown',
] as const;
export const identityStatuses = ['Active', 'Disabled', 'Removed'] as const;
export type IdentityStatus = (typeof identityStatuses)[number];

/** The attributes of an identity that a directory or an event can change. */
export interface IdentityAttributes {
  first_name: string | null;
  last_name: string | null;
  email_address: string | null;
  type: (typeof identityTypes)[number];
  title: string | null;
  company: string | null;
  division: string | null;
  department: string | null;
  office: string | null;
  /** At most one of the two is set: the supervisor's id if an event set it, the supervisor's key in the directory if an import did. */
  supervisor_id: string | null;
  supervisor_key: string | null;
  created_date: Instant | null;
  updated_date: Instant | null;
  inactivated_date: Instant | null;
  status: IdentityStatus;
}
export interface IdentityRow extends IdentityAttributes {
  id: string;
  environment_id: string;
  application_id: string | null;
  source_key: string | null;
  first_seen_date: Instant;
}
/** An identity with its supervisor's name. */
export interface IdentityView extends IdentityRow {
  supervisor_first_name: string | null;
  supervisor_last_name: string | null;
}
/** An identity with the derived columns that lists and searches use. */
export interface StoredIdentity extends IdentityRow {
  sort_key: string;
  first_name_folded: string;
  last_name_folded: string;
  email_lower: string | null;
}

/** The initial attributes of a new identity. */
export const emptyIdentity: IdentityAttributes = {
  first_name: null,
  last_name: null,
  email_address: null,
  type: 'Employee',
  title: null,
  company: null,
  division: null,
  department: null,
  office: null,
  supervisor_id: null,
  supervisor_key: null,
  created_date: null,
  updated_date: null,
  inactivated_date: null,
  status: 'Active',
};

const table = 'identities';

export const toStoredIdentity = (row: IdentityRow): StoredIdentity => ({
  ...row,
  sort_key: sortKeyOf(row.last_name, row.first_name, row.id),
  first_name_folded: foldedStart(row.first_name),
  last_name_folded: foldedStart(row.last_name),
  email_lower: row.email_address?.toLowerCase() ?? null,
});

export const fromStoredIdentity = ({ sort_key, first_name_folded, last_name_folded, email_lower, ...row }: StoredIdentity): IdentityRow =>
  row;

export const identityListOf = (where: { environment_id: string; status?: string }): CountedList => ({ table, order: 'sort_key', where });

/** Returns the entries of an identity in all counted lists that contain it. */
export const identityEntriesOf = ({ environment_id, status, sort_key }: StoredIdentity, by: 1 | -1): EntryChange[] => [
  { list: identityListOf({ environment_id }), key: sort_key, by },
  { list: identityListOf({ environment_id, status }), key: sort_key, by },
];
