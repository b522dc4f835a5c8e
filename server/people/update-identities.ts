import { randomUUID } from 'node:crypto';
import type { ApplicationRow } from '../applications/store/applications.ts';
import { type Attributes, findAttributes } from '../applications/store/changed-records.ts';
import { recordEntryChanges } from '../database/counted-lists.ts';
import type { Db } from '../database/database.ts';
import { toInstant } from '../database/instants.ts';
import { columnOfField, type DirectoryAttributes, directoryAttributesOf } from './directory-attributes.ts';
import { lockIdentitiesByEmail, lockIdentitiesOfDirectory, writeIdentities } from './store/identities.ts';
import { emptyIdentity, type IdentityAttributes, type IdentityRow } from './store/identity-rows.ts';

/** Returns only the attributes that differ between two imports. An unchanged value must not undo a later change by an event. */
const changedAttributes = (before: DirectoryAttributes, after: DirectoryAttributes): Partial<DirectoryAttributes> =>
  Object.fromEntries(Object.entries(after).filter(([column, value]) => before[column as keyof DirectoryAttributes] !== value));

/**
 * Returns the attributes that the directory's connector maps to a column of its files. The identity's other attributes stay as they are.
 *
 * Always returns the status of an identity that comes back to the directory. Never re-enables an identity that an offboarding disabled before
 * the directory first imported it.
 */
function mappedAttributes(
  application: ApplicationRow,
  attributes: DirectoryAttributes,
  identity: IdentityRow,
): Partial<DirectoryAttributes> {
  const groups = application.connector?.fileGroups.filter(({ rows }) => rows === 'identities') ?? [];
  const mappedColumns = new Set<string>(groups.flatMap(({ columns }) => Object.keys(columns).map((field) => columnOfField[field] ?? '')));
  const isFirstImport = identity.application_id === null;
  if (!isFirstImport) mappedColumns.add('status');
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([column]) => mappedColumns.has(column) && !(column === 'status' && isFirstImport && identity.status === 'Disabled'),
    ),
  );
}

function withChanges(row: IdentityRow, changes: Partial<IdentityAttributes>, now: Date): IdentityRow {
  const after = { ...row, ...changes, ...('supervisor_key' in changes && { supervisor_id: null }) };
  if (after.status === row.status) return after;
  return { ...after, inactivated_date: after.status === 'Active' ? null : (row.inactivated_date ?? toInstant(now)) };
}

const newIdentity = (application: ApplicationRow, now: Date): IdentityRow => ({
  ...emptyIdentity,
  id: randomUUID(),
  environment_id: application.environment_id,
  application_id: application.id,
  source_key: null,
  first_seen_date: toInstant(now),
});

/**
 * Syncs the identities that have these keys in a directory with its latest generation. An identity that is gone becomes `Removed`.
 *
 * If an onboarding created an identity with the e-mail address of a new record, the record updates that identity instead of creating a second one.
 */
export async function updateIdentities(trx: Db, application: ApplicationRow, keys: string[], now: Date): Promise<void> {
  const syncedRecords = await findAttributes(trx, 'identities', application.synced_generation_id, keys);
  const latestRecords = await findAttributes(trx, 'identities', application.generation_id, keys);
  const identitiesByKey = new Map((await lockIdentitiesOfDirectory(trx, application.id, keys)).map((row) => [row.source_key, row]));
  const newEmails = keys.flatMap((key) => (identitiesByKey.has(key) ? [] : (latestRecords.get(key)?.emailAddress ?? [])));
  const onboarded = newEmails.length === 0 ? [] : await lockIdentitiesByEmail(trx, application.environment_id, newEmails);

  const before: IdentityRow[] = [];
  const after: IdentityRow[] = [];
  for (const key of keys) {
    const latest = latestRecords.get(key);
    const email = latest?.emailAddress?.toLowerCase();
    const onboardedIdentity = onboarded.find(
      (identity) => !before.includes(identity) && email !== undefined && identity.email_address?.toLowerCase() === email,
    );
    const identity = identitiesByKey.get(key) ?? onboardedIdentity;
    if (identity) before.push(identity);
    if (latest) {
      const changes = changesFrom(application, key, { synced: syncedRecords.get(key), latest, identity });
      after.push({
        ...withChanges(identity ?? newIdentity(application, now), changes, now),
        application_id: application.id,
        source_key: key,
      });
    } else if (identity) after.push(withChanges(identity, { status: 'Removed' }, now));
  }
  await recordEntryChanges(trx, await writeIdentities(trx, before, after));
}

/** An identity that was removed, or is new to this directory, gets all attributes of its record. Any other gets only the changed ones. */
function changesFrom(
  application: ApplicationRow,
  key: string,
  { synced, latest, identity }: { synced: Attributes | undefined; latest: Attributes; identity: IdentityRow | undefined },
): Partial<DirectoryAttributes> {
  const attributes = directoryAttributesOf(latest);
  if (!identity) return attributes;
  if (synced !== undefined && identity.source_key === key && identity.status !== 'Removed')
    return changedAttributes(directoryAttributesOf(synced), attributes);
  return mappedAttributes(application, attributes, identity);
}
