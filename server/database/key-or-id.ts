import type { Knex } from 'knex';

/** Tells whether a text has the form of a GUID. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/**
 * Tells whether a text can be a key or an id. Any other text must not reach a query.
 *
 * MySQL treats `key ` as equal to `key`, and fails to compare an id with characters outside ASCII.
 */
export const isKeyOrId = (text: string): boolean => /^[!-~]+$/.test(text);

/**
 * Locks a row until the transaction ends, and returns its current state.
 *
 * Rows are always locked by id. A lock by key would lock the index entry first and the row second; a delete locks them in the opposite order,
 * so the two could deadlock.
 */
export const lockById = <Row>(rows: () => Knex.QueryBuilder, id: string): Promise<Row | undefined> =>
  rows().where({ id }).forUpdate().first();

/**
 * Finds the row with this id; without one, the row with this key. `rows` starts a query over the rows to search.
 *
 * The id comes first, so that no key can hide the row of another id. New keys cannot look like ids, but keys of older versions may.
 */
export async function findByKeyOrId<Row>(rows: () => Knex.QueryBuilder, keyColumn: string, keyOrId: string): Promise<Row | undefined> {
  if (!isKeyOrId(keyOrId)) return undefined;
  const found = isId(keyOrId) ? await rows().where('id', keyOrId).first() : undefined;
  return found ?? rows().where(keyColumn, keyOrId).first();
}
