import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import type { ApplicationRow } from '../applications/store/applications.ts';
import { type Attributes, findAttributes } from '../applications/store/changed-records.ts';
import { plain } from '../common/filters.ts';
import { countEntries } from '../database/counted-lists.ts';
import type { Db } from '../database/database.ts';
import { type Instant, toInstant } from '../database/instants.ts';
import {
  type IdentityFacts,
  type IdentityRow,
  identityTypes,
  lockIdentitiesByEmail,
  lockIdentitiesOfDirectory,
  nobody,
  writeIdentities,
} from './store/identities.ts';

const inactive = new Set(['disabled', 'inactive', 'terminated', 'removed', 'deleted', 'false', '0', 'no']);

const typeOf = (text: string | undefined) =>
  text === undefined ? 'Employee' : (identityTypes.find((type) => plain(type) === plain(text)) ?? 'Unknown');
/** A date or an instant of ISO 8601, in UTC where it does not say; null for what is none. */
function dateOf(text: string | undefined): Instant | null {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?$/.test(text)) return null;
  const date = DateTime.fromISO(text, { zone: 'utc' });
  return date.isValid && date.year >= 1000 && date.year <= 9998 ? toInstant(date.toJSDate()) : null;
}

type Said = Omit<IdentityFacts, 'supervisor_id' | 'inactivated_date'>;
/** What a directory's row says of a person, in the words of the table. */
const factsOf = (row: Attributes): Said => ({
  first_name: row.firstName ?? null,
  last_name: row.lastName ?? null,
  email_address: row.emailAddress ?? null,
  type: typeOf(row.type),
  title: row.title ?? null,
  company: row.company ?? null,
  division: row.division ?? null,
  department: row.department ?? null,
  office: row.office ?? null,
  supervisor_key: row.supervisorKey ?? null,
  created_date: dateOf(row.createdDate),
  updated_date: dateOf(row.updatedDate),
  status: row.status !== undefined && inactive.has(plain(row.status)) ? 'Disabled' : 'Active',
});

/** The fields of a row, and the columns of the table that they fill. */
const columnOf: Record<string, keyof Said> = {
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

/** Only what differs: what a directory says again does not undo what events have done since it first said so. */
const changesSince = (before: Said, after: Said): Partial<Said> =>
  Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name as keyof Said] !== value));

/** All that a directory says, and nothing of what it has no column for. Whom an offboarding has disabled it does not give back. */
function allSaid(application: ApplicationRow, said: Said, identity: IdentityRow): Partial<Said> {
  const groups = application.connector?.fileGroups.filter(({ rows }) => rows === 'identities') ?? [];
  const mapped = new Set<string>(groups.flatMap(({ columns }) => Object.keys(columns).map((field) => columnOf[field] ?? '')));
  const isNew = identity.application_id === null;
  if (!isNew) mapped.add('status');
  return Object.fromEntries(
    Object.entries(said).filter(([name]) => mapped.has(name) && !(name === 'status' && isNew && identity.status === 'Disabled')),
  );
}

function changed(row: IdentityRow, changes: Partial<IdentityFacts>, now: Date): IdentityRow {
  const after = { ...row, ...changes, ...('supervisor_key' in changes && { supervisor_id: null }) };
  if (after.status === row.status) return after;
  return { ...after, inactivated_date: after.status === 'Active' ? null : (row.inactivated_date ?? toInstant(now)) };
}

const newIdentity = (application: ApplicationRow, now: Date): IdentityRow => ({
  ...nobody,
  id: randomUUID(),
  environment_id: application.environment_id,
  application_id: application.id,
  source_key: null,
  first_seen_date: toInstant(now),
});

/**
 * Brings the identities with these keys in a directory to what its latest generation says: new, changed, gone (`Removed`, and kept).
 *
 * A person that a directory brings for the first time and that an onboarding had made before, known by the e-mail address, is one identity.
 */
export async function updateIdentities(trx: Db, application: ApplicationRow, keys: string[], now: Date): Promise<void> {
  const old = await findAttributes(trx, 'identities', application.synced_generation_id, keys);
  const latest = await findAttributes(trx, 'identities', application.generation_id, keys);
  const known = new Map((await lockIdentitiesOfDirectory(trx, application.id, keys)).map((row) => [row.source_key, row]));
  const emails = keys.flatMap((key) => (known.has(key) ? [] : (latest.get(key)?.emailAddress ?? [])));
  const onboarded = emails.length === 0 ? [] : await lockIdentitiesByEmail(trx, application.environment_id, emails);

  const before: IdentityRow[] = [];
  const after: IdentityRow[] = [];
  for (const key of keys) {
    const row = latest.get(key);
    const email = row?.emailAddress?.toLowerCase();
    const namesake = onboarded.find((one) => !before.includes(one) && email !== undefined && one.email_address?.toLowerCase() === email);
    const identity = known.get(key) ?? namesake;
    if (identity) before.push(identity);
    if (row) {
      // Whoever is back, or in this directory for the first time, is all that it says.
      const said = old.get(key);
      const facts = factsOf(row);
      const isKnown = said !== undefined && identity?.source_key === key && identity.status !== 'Removed';
      const changes = !identity ? facts : isKnown ? changesSince(factsOf(said), facts) : allSaid(application, facts, identity);
      after.push({ ...changed(identity ?? newIdentity(application, now), changes, now), application_id: application.id, source_key: key });
    } else if (identity) after.push(changed(identity, { status: 'Removed' }, now));
  }
  await countEntries(trx, await writeIdentities(trx, before, after));
}
