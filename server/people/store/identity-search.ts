import { compareBytes, inOrderOf } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { foldedStart } from '../../database/fold-name.ts';
import { type IdentityStatus, type IdentityView, listIdentitiesById, type StoredIdentity } from './identities.ts';

export const searchMatchesMax = 1000;

const table = 'identities';

/** What follows a text in the order of bytes: everything that begins with it is before this. */
const behind = (start: string) => `${start}\u{10ffff}`;

/** Ids of those whose column begins with the text, one more than may match at most. */
const startingWith = (db: Db, environmentId: string, column: string, start: string) =>
  db(table)
    .where({ environment_id: environmentId })
    .whereBetween(column, [start, behind(start)])
    .limit(searchMatchesMax + 1);

const wordsMax = 8;

/** The two names that a text may be: as a comma parts them, or any blank. */
function halvesOf(search: string): [one: string, other: string][] {
  const [last, first] = search.split(',').map(foldedStart);
  if (last && first) return [[last, first]];
  const words = foldedStart(search.replace(',', ' ')).split(' ').slice(0, wordsMax);
  return words.slice(1).map((_, index) => [words.slice(0, index + 1).join(' '), words.slice(index + 1).join(' ')]);
}

/** Ids of those that a search matches: by the beginning of a name, of an address, or of a whole name in either order. */
async function searchIds(db: Db, environmentId: string, search: string): Promise<Set<string>> {
  const text = foldedStart(search.replace(',', ' '));
  const queries = [startingWith(db, environmentId, 'email_lower', search.trim().toLowerCase())];
  if (text !== '')
    queries.push(startingWith(db, environmentId, 'last_name_folded', text), startingWith(db, environmentId, 'first_name_folded', text));
  for (const [one, other] of halvesOf(search)) {
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
  const found: Pick<StoredIdentity, 'id' | 'sort_key' | 'status'>[] = await query
    .limit(searchMatchesMax + 1)
    .select('id', 'sort_key', 'status');
  if (found.length > searchMatchesMax) return undefined;
  const wanted = found
    .filter((row) => status === undefined || row.status === status)
    .sort((one, other) => compareBytes(one.sort_key, other.sort_key));
  const ids = wanted.slice(offset, offset + limit).map(({ id }) => id);
  return { rows: inOrderOf(ids, await listIdentitiesById(db, ids)), totalCount: wanted.length };
}
