import { batchedLookup, keyList } from '../../database/batched-lookup.ts';
import { type CountedList, countEntries, type Entry, findPage, inOrderOf } from '../../database/counted-lists.ts';
import { type Db, selectRows } from '../../database/database.ts';
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

/** What can be said of an identity; the rest follows from it. */
export interface IdentityFacts {
  first_name: string | null;
  last_name: string | null;
  email_address: string | null;
  type: (typeof identityTypes)[number];
  title: string | null;
  company: string | null;
  division: string | null;
  department: string | null;
  office: string | null;
  /** The supervisor as an event named it, or as the directory does by its key there: one of the two at most. */
  supervisor_id: string | null;
  supervisor_key: string | null;
  created_date: Instant | null;
  updated_date: Instant | null;
  inactivated_date: Instant | null;
  status: IdentityStatus;
}
export interface IdentityRow extends IdentityFacts {
  id: string;
  environment_id: string;
  application_id: string | null;
  source_key: string | null;
  first_seen_date: Instant;
}
/** With the supervisor's name. */
export interface IdentityView extends IdentityRow {
  supervisor_first_name: string | null;
  supervisor_last_name: string | null;
}
export interface StoredIdentity extends IdentityRow {
  sort_key: string;
  first_name_folded: string;
  last_name_folded: string;
  email_lower: string | null;
}

/** Somebody of whom nothing is known yet. */
export const nobody: IdentityFacts = {
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
const rowsPerStatement = 200;

const toStored = (row: IdentityRow): StoredIdentity => ({
  ...row,
  sort_key: sortKeyOf(row.last_name, row.first_name, row.id),
  first_name_folded: foldedStart(row.first_name),
  last_name_folded: foldedStart(row.last_name),
  email_lower: row.email_address?.toLowerCase() ?? null,
});
const fromStored = ({ sort_key, first_name_folded, last_name_folded, email_lower, ...row }: StoredIdentity): IdentityRow => row;

const listOf = (where: { environment_id: string; status?: string }): CountedList => ({ table, order: 'sort_key', where });
const entriesOf = ({ environment_id, status, sort_key }: StoredIdentity, by: 1 | -1): Entry[] => [
  { list: listOf({ environment_id }), key: sort_key, by },
  { list: listOf({ environment_id, status }), key: sort_key, by },
];

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
  return rows.map((row) => fromStored(row) as IdentityView);
}
const identitiesById = batchedLookup(listIdentitiesById, ({ id }) => id.toLowerCase());

export async function findIdentity(db: Db, environmentId: string, id: string): Promise<IdentityView | undefined> {
  const [row] = await identitiesById(db, id.toLowerCase());
  return row?.environment_id === environmentId ? row : undefined;
}

/** A page of all identities, or of those of one status, in the order of names. */
export async function listIdentities(
  db: Db,
  environmentId: string,
  { status, ...slice }: { status?: IdentityStatus | undefined; limit: number; offset: number },
): Promise<{ rows: IdentityView[]; totalCount: number }> {
  const { ids, totalCount } = await findPage(db, listOf({ environment_id: environmentId, ...(status && { status }) }), slice);
  return { rows: inOrderOf(ids, await listIdentitiesById(db, ids)), totalCount };
}

/** The active identity that a directory has brought with this address, locked; of several the one that was seen first. */
export async function lockActiveByEmail(trx: Db, environmentId: string, email: string): Promise<IdentityRow | undefined> {
  const row: StoredIdentity | undefined = await trx(table)
    .where({ environment_id: environmentId, email_lower: email.toLowerCase(), status: 'Active' })
    .whereNotNull('application_id')
    .orderBy('first_seen_date')
    .forUpdate()
    .first();
  return row && fromStored(row);
}

/** The identity as it is now, which nobody else changes until the transaction ends. */
export async function lockIdentity(trx: Db, id: string): Promise<IdentityRow | undefined> {
  const row: StoredIdentity | undefined = await trx(table).where({ id }).forUpdate().first();
  return row && fromStored(row);
}

/** The identities of a directory that have these keys there, locked. */
export const lockIdentitiesOfDirectory = async (trx: Db, applicationId: string, keys: string[]): Promise<IdentityRow[]> =>
  (await trx(table).where({ application_id: applicationId }).whereIn('source_key', keys).forUpdate()).map(fromStored);

/** The identities in no directory that have these addresses, locked. */
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
  ).map(fromStored);

/**
 * Makes identities or changes them, as many as one likes. `before` are those among them that are there already, as they are, locked.
 *
 * Answers what is to be counted, for callers that make many and count once.
 */
export async function writeIdentities(trx: Db, before: IdentityRow[], after: IdentityRow[]): Promise<Entry[]> {
  const rows = after.map(toStored);
  const known = new Set(before.map(({ id }) => id));
  const parts = [rows.filter(({ id }) => !known.has(id)), rows.filter(({ id }) => known.has(id))] as const;
  for (const [index, part] of parts.entries())
    for (let from = 0; from < part.length; from += rowsPerStatement) {
      const insert = trx(table).insert(part.slice(from, from + rowsPerStatement));
      // A new one that is there already is a mistake, and must fail.
      await (index === 0 ? insert : insert.onConflict('id').merge());
    }
  return [...before.map(toStored).flatMap((row) => entriesOf(row, -1)), ...rows.flatMap((row) => entriesOf(row, 1))];
}

export const insertIdentity = async (trx: Db, row: IdentityRow): Promise<void> => countEntries(trx, await writeIdentities(trx, [], [row]));

/** Changes an identity that is locked. */
export const updateIdentity = async (trx: Db, row: IdentityRow, changes: Partial<IdentityFacts>): Promise<void> =>
  countEntries(trx, await writeIdentities(trx, [row], [{ ...row, ...changes }]));
