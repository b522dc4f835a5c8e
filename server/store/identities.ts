import { type CountedList, countEntries, type Entry, findPage, inByteOrder, inOrderOf } from './counted-lists.ts';
import type { Db } from './database.ts';
import type { Instant } from './instants.ts';
import { fold, foldedStart, sortKeyOf } from './names.ts';

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
interface Stored extends IdentityRow {
  sort_key: string;
  first_name_folded: string;
  last_name_folded: string;
  email_lower: string | null;
}

const table = 'identities';
const rowsPerStatement = 200;
export const searchMatchesMax = 1000;

const toStored = (row: IdentityRow): Stored => ({
  ...row,
  sort_key: sortKeyOf(row.last_name, row.first_name, row.id),
  first_name_folded: foldedStart(row.first_name),
  last_name_folded: foldedStart(row.last_name),
  email_lower: row.email_address?.toLowerCase() ?? null,
});
const fromStored = ({ sort_key, first_name_folded, last_name_folded, email_lower, ...row }: Stored): IdentityRow => row;

const listOf = (where: { environment_id: string; status?: string }): CountedList => ({ table, order: 'sort_key', where });
const entriesOf = ({ environment_id, status, sort_key }: Stored, by: 1 | -1): Entry[] => [
  { list: listOf({ environment_id }), key: sort_key, by },
  { list: listOf({ environment_id, status }), key: sort_key, by },
];

export async function listIdentitiesById(db: Db, ids: readonly string[]): Promise<IdentityView[]> {
  if (ids.length === 0) return [];
  const name = (column: string) => db.raw('COALESCE(??, ??) AS ??', [`named.${column}`, `keyed.${column}`, `supervisor_${column}`]);
  const rows: (Stored & IdentityView)[] = await db(table)
    .leftJoin('identities as named', 'named.id', `${table}.supervisor_id`)
    .leftJoin('identities as keyed', (on) =>
      on.on('keyed.application_id', `${table}.application_id`).on('keyed.source_key', `${table}.supervisor_key`),
    )
    .whereIn(`${table}.id`, ids)
    .select(`${table}.*`, name('first_name'), name('last_name'));
  return rows.map((row) => fromStored(row) as IdentityView);
}

export async function findIdentity(db: Db, environmentId: string, id: string): Promise<IdentityView | undefined> {
  const [row] = await listIdentitiesById(db, [id]);
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

/** What follows a text in the order of bytes: everything that begins with it is before this. */
const behind = (start: string) => `${start}\u{10ffff}`;

/** Ids of those whose column begins with the text, one more than may match at most. */
const startingWith = (db: Db, environmentId: string, column: string, start: string) =>
  db(table)
    .where({ environment_id: environmentId })
    .whereBetween(column, [start, behind(start)])
    .limit(searchMatchesMax + 1);

/** Ids of those that a search matches: by the beginning of a name, of an address, or of a whole name in either order. */
async function searchIds(db: Db, environmentId: string, search: string): Promise<Set<string>> {
  const text = foldedStart(search.replace(',', ' '));
  const queries = [startingWith(db, environmentId, 'email_lower', search.trim().toLowerCase())];
  if (text !== '')
    queries.push(startingWith(db, environmentId, 'last_name_folded', text), startingWith(db, environmentId, 'first_name_folded', text));
  const words = fold(search.replace(',', ' ')).split(' ');
  for (let at = 1; at < words.length && at <= 4; at++) {
    const [one, other] = [words.slice(0, at).join(' '), words.slice(at).join(' ')];
    queries.push(startingWith(db, environmentId, 'last_name_folded', other).where({ first_name_folded: one }));
    queries.push(startingWith(db, environmentId, 'first_name_folded', other).where({ last_name_folded: one }));
  }
  const found = new Set<string>();
  for (const query of queries) for (const { id } of await query.select('id')) found.add(id);
  return found;
}

/**
 * Identities by name or address. Undefined where these match more than `searchMatchesMax`.
 *
 * All matches are looked at, so that the cost is that of the matches, however many identities there are; the order is made here, because a
 * database asked for it may walk through all identities in that order instead.
 */
export async function searchIdentities(
  db: Db,
  environmentId: string,
  { search, email, status, limit, offset }: { search?: string; email?: string; status?: IdentityStatus; limit: number; offset: number },
): Promise<{ rows: IdentityView[]; totalCount: number } | undefined> {
  const matches = search === undefined ? undefined : await searchIds(db, environmentId, search);
  if (matches && matches.size > searchMatchesMax) return undefined;
  const query = db(table).where({ environment_id: environmentId });
  if (matches) query.whereIn('id', [...matches]);
  if (email !== undefined) query.where({ email_lower: email.trim().toLowerCase() });
  const found: Pick<Stored, 'id' | 'sort_key' | 'status'>[] = await query.limit(searchMatchesMax + 1).select('id', 'sort_key', 'status');
  if (found.length > searchMatchesMax) return undefined;
  const wanted = found
    .filter((row) => status === undefined || row.status === status)
    .sort((one, other) => inByteOrder(one.sort_key, other.sort_key));
  const ids = wanted.slice(offset, offset + limit).map(({ id }) => id);
  return { rows: inOrderOf(ids, await listIdentitiesById(db, ids)), totalCount: wanted.length };
}

/** The identity as it is now, which nobody else changes until the transaction ends. */
export async function lockIdentity(trx: Db, id: string): Promise<IdentityRow | undefined> {
  const row: Stored | undefined = await trx(table).where({ id }).forUpdate().first();
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
  for (let from = 0; from < rows.length; from += rowsPerStatement)
    await trx(table)
      .insert(rows.slice(from, from + rowsPerStatement))
      .onConflict('id')
      .merge();
  return [...before.map(toStored).flatMap((row) => entriesOf(row, -1)), ...rows.flatMap((row) => entriesOf(row, 1))];
}

export const insertIdentity = async (trx: Db, row: IdentityRow): Promise<void> => countEntries(trx, await writeIdentities(trx, [], [row]));

/** Changes an identity that is locked. */
export const updateIdentity = async (trx: Db, row: IdentityRow, changes: Partial<IdentityFacts>): Promise<void> =>
  countEntries(trx, await writeIdentities(trx, [row], [{ ...row, ...changes }]));
