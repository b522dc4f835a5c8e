import { DateTime } from 'luxon';
import type { Attributes } from '../applications/store/changed-records.ts';
import { foldCaseAndBlanks } from '../common/filters.ts';
import { type Instant, toInstant } from '../database/instants.ts';
import { type IdentityAttributes, identityTypes } from './store/identity-rows.ts';

const inactiveStatuses = new Set(['disabled', 'inactive', 'terminated', 'removed', 'deleted', 'false', '0', 'no']);

const identityTypeOf = (text: string | undefined) =>
  text === undefined ? 'Employee' : (identityTypes.find((type) => foldCaseAndBlanks(type) === foldCaseAndBlanks(text)) ?? 'Unknown');

/** Parses an ISO 8601 date or instant, in UTC unless it names another offset. Returns null if the text is neither. */
function parseDate(text: string | undefined): Instant | null {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?$/.test(text)) return null;
  const date = DateTime.fromISO(text, { zone: 'utc' });
  return date.isValid && date.year >= 1000 && date.year <= 9998 ? toInstant(date.toJSDate()) : null;
}

/** The attributes of an identity that a directory can set. */
export type DirectoryAttributes = Omit<IdentityAttributes, 'supervisor_id' | 'inactivated_date'>;

/** Converts an imported record to the values of the table's columns. */
export const directoryAttributesOf = (row: Attributes): DirectoryAttributes => ({
  first_name: row.firstName ?? null,
  last_name: row.lastName ?? null,
  email_address: row.emailAddress ?? null,
  type: identityTypeOf(row.type),
  title: row.title ?? null,
  company: row.company ?? null,
  division: row.division ?? null,
  department: row.department ?? null,
  office: row.office ?? null,
  supervisor_key: row.supervisorKey ?? null,
  created_date: parseDate(row.createdDate),
  updated_date: parseDate(row.updatedDate),
  status: row.status !== undefined && inactiveStatuses.has(foldCaseAndBlanks(row.status)) ? 'Disabled' : 'Active',
});

/** Maps the fields of an imported record to columns. */
export const columnOfField: Record<string, keyof DirectoryAttributes> = {
  firstName: 'first_name',
  lastName: 'last_name',
  emailAddress: 'email_address',
  type: 'type',
  title: 'title',
  company: 'company',
  division: 'division',
  department: 'department',
  office: 'office',
  supervisorKey: 'supervisor_key',
  createdDate: 'created_date',
  updatedDate: 'updated_date',
  status: 'status',
};
