import { randomUUID } from 'node:crypto';
import type { ApplicationRow } from '../store/applications.ts';
import { type Attributes, findAttributes } from '../store/changed-records.ts';
import { countEntries } from '../store/counted-lists.ts';
import type { Db } from '../store/database.ts';
import {
  type IdentityFacts,
  type IdentityRow,
  identityTypes,
  lockIdentitiesByEmail,
  lockIdentitiesOfDirectory,
  writeIdentities,
} from '../store/identities.ts';
import { type Instant, toInstant } from '../store/instants.ts';

const inactive = new Set(['disabled', 'inactive', 'terminated', 'false', '0', 'no']);

const plain = (text: string) => text.toLowerCase().replaceAll(/\s/g, '');
const typeOf = (text: string | undefined) =>
  text === undefined ? 'Employee' : (identityTypes.find((type) => plain(type) === plain(text)) ?? 'Unknown');
const isoDate = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/;
function dateOf(text: string | undefined): Instant | null {
  if (text === undefined || !isoDate.test(text)) return null;
  const date = new Date(/T[\d:.]+$/.test(text) ? `${text}Z` : text);
  // Also false for a date that is none.
  return date.getUTCFullYear() >= 1000 && date.getUTCFullYear() <= 9998 ? toInstant(date) : null;
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

/** Only what differs: what a directory says again does not undo what events have done since it first said so. */
function changesOf(before: Said | undefined, after: Said): Partial<Said> {
  const changed = Object.entries(after).filter(([name, value]) => !before || before[name as keyof Said] !== value);
  return Object.fromEntries(changed);
}

function changed(row: IdentityRow, changes: Partial<IdentityFacts>, now: Date): IdentityRow {
  const after = { ...row, ...changes, ...('supervisor_key' in changes && { supervisor_id: null }) };
  if (after.status === row.status) return after;
  return { ...after, inactivated_date: after.status === 'Active' ? null : (row.inactivated_date ?? toInstant(now)) };
}

const newIdentity = (application: ApplicationRow, now: Date): IdentityRow => ({
  ...factsOf({}),
  id: randomUUID(),
  environment_id: application.environment_id,
  application_id: application.id,
  source_key: null,
  supervisor_id: null,
  first_seen_date: toInstant(now),
  inactivated_date: null,
});

/**
 * Brings the identities with these keys in a directory to what its latest generation says: new, changed, gone (`Removed`, and kept).
 *
 * A person that a directory brings for the first time and that an onboarding had made before, known by the e-mail address, is one identity.
 */
export async function bringIdentities(trx: Db, application: ApplicationRow, keys: string[], now: Date): Promise<void> {
  const old = await findAttributes(trx, 'identities', application.carried_generation_id, keys);
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
      const isKnown = said !== undefined && identity?.source_key === key && identity.status !== 'Removed';
      const changes = changesOf(isKnown ? factsOf(said) : undefined, factsOf(row));
      after.push({ ...changed(identity ?? newIdentity(application, now), changes, now), application_id: application.id, source_key: key });
    } else if (identity) after.push(changed(identity, { status: 'Removed' }, now));
  }
  await countEntries(trx, await writeIdentities(trx, before, after));
}
