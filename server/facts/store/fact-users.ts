import { randomUUID } from 'node:crypto';
import type { EntryChange } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { findByKeyOrId, lockById } from '../../database/key-or-id.ts';
import { findPage } from '../../database/list-pages.ts';
import { phrasesOf, type SearchedList, updatePhrases } from '../../database/search-phrases.ts';
import { listSearched } from '../../database/searched-lists.ts';
import { memberListOf } from './fact-roles.ts';
import type { Attributes } from './fact-tenants.ts';

export interface FactUserRow {
  id: string;
  environment_id: string;
  user_key: string;
  email: string | null;
  first_name: string | null;
  last_name: string | null;
  attributes: Attributes;
  created_at: Instant;
  updated_at: Instant;
}
export type FactUserValues = Pick<FactUserRow, 'email' | 'first_name' | 'last_name' | 'attributes'>;
type Slice = { limit: number; offset: number };
type FactUserSlice = Promise<{ rows: FactUserRow[]; totalCount: number }>;

interface Stored extends Omit<FactUserRow, 'attributes'> {
  attributes: string;
}
const fromStored = (row: Stored): FactUserRow => ({ ...row, attributes: JSON.parse(row.attributes) });
const toStored = (row: FactUserRow): Stored => ({ ...row, attributes: JSON.stringify(row.attributes) });

/** Returns the phrases by which a search finds a user. The names count in both orders. */
export const phrasesOfUser = ({ user_key, email, first_name, last_name }: FactUserRow): string[] =>
  phrasesOf([user_key, email ?? '', `${first_name ?? ''} ${last_name ?? ''}`, `${last_name ?? ''} ${first_name ?? ''}`]);

const userListOf = (environmentId: string): SearchedList => ({
  table: 'fact_users',
  order: 'user_key',
  where: { environment_id: environmentId },
});
/** The change of the environment's user count for `recordEntryChanges`: 1 for a new user, -1 for a deleted one. */
export const userEntry = (row: FactUserRow, by: 1 | -1): EntryChange => ({ list: userListOf(row.environment_id), key: row.user_key, by });

/** Finds a user by its key or id. `lock` prevents changes of it, its memberships and its roles until the transaction ends. */
export async function findUser(db: Db, environmentId: string, keyOrId: string, { lock = false } = {}): Promise<FactUserRow | undefined> {
  const rows = () => db('fact_users').where({ environment_id: environmentId });
  const found = await findByKeyOrId<Stored>(rows, 'user_key', keyOrId);
  const row = found && lock ? await lockById<Stored>(rows, found.id) : found;
  return row && fromStored(row);
}

export async function lockUserByKey(trx: Db, environmentId: string, key: string): Promise<FactUserRow | undefined> {
  const rows = () => trx('fact_users').where({ environment_id: environmentId });
  const found: Stored | undefined = await rows().where({ user_key: key }).first();
  const row = found && (await lockById<Stored>(rows, found.id));
  return row && fromStored(row);
}

/** Returns undefined if the search has too many matches. */
export async function listUsers(db: Db, environmentId: string, slice: Slice & { search?: string | undefined }) {
  const found = await listSearched<Stored>(db, userListOf(environmentId), slice);
  return found && { rows: found.rows.map(fromStored), totalCount: found.totalCount };
}

export async function listTenantUsers(db: Db, tenantId: string, slice: Slice): FactUserSlice {
  const { ids, totalCount } = await findPage(db, memberListOf(tenantId), slice);
  // Two queries instead of a join, because the planner could start a join at the users.
  const members: { user_id: string }[] = await db('fact_members').whereIn('id', ids).select('user_id');
  const userIds = members.map(({ user_id }) => user_id);
  const rows: Stored[] = await db('fact_users').whereIn('id', userIds).orderBy('user_key');
  return { rows: rows.map(fromStored), totalCount };
}

/** Inserts a user. Throws a duplicate key error if the key is taken. */
export async function insertUser(
  trx: Db,
  now: Date,
  values: Pick<FactUserRow, 'environment_id' | 'user_key'> & FactUserValues & Partial<Pick<FactUserRow, 'id'>>,
): Promise<FactUserRow> {
  const createdAt = toInstant(now);
  const row: FactUserRow = { id: randomUUID(), created_at: createdAt, updated_at: createdAt, ...values };
  await trx('fact_users').insert(toStored(row));
  await updatePhrases(trx, userListOf(row.environment_id), row.user_key, { after: phrasesOfUser(row) });
  return row;
}

/** Updates a user, which must be locked. */
export async function updateUser(trx: Db, now: Date, row: FactUserRow, changes: Partial<FactUserValues>): Promise<FactUserRow> {
  const changed = { ...row, ...changes, updated_at: toInstant(now) };
  await trx('fact_users').where({ id: row.id }).update(toStored(changed));
  const phrases = { before: phrasesOfUser(row), after: phrasesOfUser(changed) };
  await updatePhrases(trx, userListOf(row.environment_id), row.user_key, phrases);
  return changed;
}

/** Records that memberships or roles of some users have changed. */
export const touchUsers = async (trx: Db, now: Date, ids: string[]): Promise<void> => {
  await trx('fact_users')
    .whereIn('id', ids.toSorted())
    .update({ updated_at: toInstant(now) });
};

/** Deletes a user, which must be locked. */
export async function deleteUser(trx: Db, row: FactUserRow): Promise<void> {
  await trx('fact_users').where({ id: row.id }).delete();
  await updatePhrases(trx, userListOf(row.environment_id), row.user_key, { before: phrasesOfUser(row) });
}
