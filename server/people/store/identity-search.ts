import { compareBytes } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { foldedStart } from '../../database/fold-name.ts';
import { inOrderOf } from '../../database/list-pages.ts';
import { listIdentitiesById } from './identities.ts';
import type { IdentityStatus, IdentityView, StoredIdentity } from './identity-rows.ts';

export const searchMatchesMax = 1000;

const table = 'identities';

/** Returns an upper bound, in byte order, of all texts with this prefix. */
const upperBoundOf = (prefix: string) => `${prefix}\u{10ffff}`;

/** Selects at most `searchMatchesMax + 1` identities whose column starts with the prefix. */
const startingWith = (db: Db, environmentId: string, column: string, prefix: string) =>
  db(table)
    .where({ environment_id: environmentId })
    .whereBetween(column, [prefix, upperBoundOf(prefix)])
    .limit(searchMatchesMax + 1);

const wordsMax = 8;

/** Splits a search text into two names: at its comma, or else at each of its blanks. */
function namePairsOf(search: string): [whole: string, start: string][] {
  const [last, first] = search.split(',').map(foldedStart);
  if (last && first) return [[last, first]];
  const words = foldedStart(search.replace(',', ' ')).split(' ').slice(0, wordsMax);
  return words.slice(1).map((_, index) => [words.slice(0, index + 1).join(' '), words.slice(index + 1).join(' ')]);
}

/**
 * Returns the ids of the identities that a search matches.
 *
 * A search matches the start of the first name, of the last name, or of the e-mail address. It also matches one of the two names in full
 * followed by the start of the other name.
 */
async function searchIds(db: Db, environmentId: string, search: string): Promise<Set<string>> {
  const text = foldedStart(search.replace(',', ' '));
  const queries = [startingWith(db, environmentId, 'email_lower', search.trim().toLowerCase())];
  if (text !== '')
    queries.push(startingWith(db, environmentId, 'last_name_folded', text), startingWith(db, environmentId, 'first_name_folded', text));
  for (const [whole, start] of namePairsOf(search)) {
    queries.push(startingWith(db, environmentId, 'last_name_folded', start).where({ first_name_folded: whole }));
    queries.push(startingWith(db, environmentId, 'first_name_folded', start).where({ last_name_folded: whole }));
  }
  const found = new Set<string>();
  for (const query of queries) for (const { id } of await query.select('id')) found.add(id);
  return found;
}

/**
 * Finds identities by name or e-mail address. Returns undefined if more than `searchMatchesMax` match.
 *
 * Reads all matches and sorts them here. A database that is asked for the order may scan all identities in that order, so the cost would grow
 * with the number of identities instead of the number of matches.
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
  const matchesOfStatus = found
    .filter((row) => status === undefined || row.status === status)
    .sort((left, right) => compareBytes(left.sort_key, right.sort_key));
  const ids = matchesOfStatus.slice(offset, offset + limit).map(({ id }) => id);
  return { rows: inOrderOf(ids, await listIdentitiesById(db, ids)), totalCount: matchesOfStatus.length };
}
