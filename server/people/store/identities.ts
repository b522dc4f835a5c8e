import { batchedLookup, keyList } from '../../database/batched-lookup.ts';
import { type EntryChange, recordEntryChanges } from '../../database/counted-lists.ts';
import { type Db, selectRows } from '../../database/database.ts';
import { findPage, inOrderOf } from '../../database/list-pages.ts';
import {
  fromStoredIdentity,
  type IdentityAttributes,
  type IdentityRow,
  type IdentityStatus,
  type IdentityView,
  identityEntriesOf,
  identityListOf,
  type StoredIdentity,
  toStoredIdentity,
} from './identity-rows.ts';

const table = 'identities';
const rowsPerStatement = 200;

/** Lists identities with the names of their supervisors, in no particular order. Does not check their environment. */
export async function listIdentitiesById(db: Db, ids: readonly string[]): Promise<IdentityView[]> {
  if (ids.length === 0) return [];
  const { marks, values } = keyList(ids);
  const sql = `SELECT own.*, COALESCE(named.first_name, keyed.first_name) AS supervisor_first_name,
      COALESCE(named.last_name, keyed.last_name) AS supervisor_last_name
    FROM identities own
    LEFT JOIN identities named ON named.id = own.supervisor_id
    LEFT JOIN identities keyed ON keyed.application_id = own.application_id AND keyed.source_key = own.supervisor_key
    WHERE own.id IN (${marks})`;
  const rows: (StoredIdentity & IdentityView)[] = await selectRows(db, sql, values);
  return rows.map((row) => fromStoredIdentity(row) as IdentityView);
}
const identitiesById = batchedLookup(listIdentitiesById, ({ id }) => id.toLowerCase());

/** Finds an identity of an environment, with the name of its supervisor. Concurrent look-ups share one query. */
export async function findIdentity(db: Db, environmentId: string, id: string): Promise<IdentityView | undefined> {
  const [row] = await identitiesById(db, id.toLowerCase());
  return row?.environment_id === environmentId ? row : undefined;
}

/** Lists a page of the identities of an environment, or of those with one status, in the order of names. */
export async function listIdentities(
  db: Db,
  environmentId: string,
  { status, ...slice }: { status?: IdentityStatus | undefined; limit: number; offset: number },
): Promise<{ rows: IdentityView[]; totalCount: number }> {
  const { ids, totalCount } = await findPage(db, identityListOf({ environment_id: environmentId, ...(status && { status }) }), slice);
  return { rows: inOrderOf(ids, await listIdentitiesById(db, ids)), totalCount };
}

/** Locks the active identity that a directory imported with this e-mail address. Returns the one seen first if there are several. */
export async function lockActiveIdentityByEmail(trx: Db, environmentId: string, email: string): Promise<IdentityRow | undefined> {
  const row: StoredIdentity | undefined = await trx(table)
    .where({ environment_id: environmentId, email_lower: email.toLowerCase(), status: 'Active' })
    .whereNotNull('application_id')
    .orderBy('first_seen_date')
    .forUpdate()
    .first();
  return row && fromStoredIdentity(row);
}

/** Reads an identity and locks its row until the transaction ends. */
export async function lockIdentity(trx: Db, id: string): Promise<IdentityRow | undefined> {
  const row: StoredIdentity | undefined = await trx(table).where({ id }).forUpdate().first();
  return row && fromStoredIdentity(row);
}

/** Locks the identities that have these keys in a directory. */
export const lockIdentitiesOfDirectory = async (trx: Db, applicationId: string, keys: string[]): Promise<IdentityRow[]> =>
  (await trx(table).where({ application_id: applicationId }).whereIn('source_key', keys).forUpdate()).map(fromStoredIdentity);

/** Locks the identities that belong to no directory and have one of these e-mail addresses. */
export const lockIdentitiesByEmail = async (trx: Db, environmentId: string, emails: string[]): Promise<IdentityRow[]> =>
  (
    await trx(table)
      .where({ environment_id: environmentId })
      .whereIn(
        'email_lower',
        emails.map((email) => email.toLowerCase()),
      )
      .whereNull('application_id')
      .forUpdate()
  ).map(fromStoredIdentity);

function* batchesOf(rows: StoredIdentity[]): Generator<StoredIdentity[]> {
  for (let from = 0; from < rows.length; from += rowsPerStatement) yield rows.slice(from, from + rowsPerStatement);
}

/**
 * Inserts or updates identities in batches. `before` holds the current rows of those that exist, which the caller must have locked.
 *
 * Returns the entries for `recordEntryChanges`, so that a caller with many identities can count once.
 */
export async function writeIdentities(trx: Db, before: IdentityRow[], after: IdentityRow[]): Promise<EntryChange[]> {
  const rows = after.map(toStoredIdentity);
  const existingIds = new Set(before.map(({ id }) => id));
  const newRows = rows.filter(({ id }) => !existingIds.has(id));
  const existingRows = rows.filter(({ id }) => existingIds.has(id));
  // A duplicate id among the new rows is a mistake of the caller, so only existing rows are merged.
  for (const batch of batchesOf(newRows)) await trx(table).insert(batch);
  for (const batch of batchesOf(existingRows)) await trx(table).insert(batch).onConflict('id').merge();
  return [
    ...before.map(toStoredIdentity).flatMap((row) => identityEntriesOf(row, -1)),
    ...rows.flatMap((row) => identityEntriesOf(row, 1)),
  ];
}

/** Inserts an identity and counts it in its lists. */
export const insertIdentity = async (trx: Db, row: IdentityRow): Promise<void> =>
  recordEntryChanges(trx, await writeIdentities(trx, [], [row]));

/** Updates an identity. `row` is its current row, which the caller must have locked. */
export const updateIdentity = async (trx: Db, row: IdentityRow, changes: Partial<IdentityAttributes>): Promise<void> =>
  recordEntryChanges(trx, await writeIdentities(trx, [row], [{ ...row, ...changes }]));
