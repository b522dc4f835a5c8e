import type { Knex } from 'knex';

export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** MySQL takes `key ` for `key`, and can't compare an id with letters that no id has: what is neither key nor id is never asked for. */
export const isKeyOrId = (text: string): boolean => /^[!-~]+$/.test(text);

/**
 * The row as it is now, which nobody changes until the transaction ends.
 *
 * Rows are always locked by id: who locks by key takes the key's index first and the row second, and whoever deletes the row the other way round.
 */
export const lockById = <Row>(rows: () => Knex.QueryBuilder, id: string): Promise<Row | undefined> =>
  rows().where({ id }).forUpdate().first();

/** The row whose key this is, or else the one whose id it is. `rows` begins a query of all there are to choose from. */
export async function findByKeyOrId<Row>(rows: () => Knex.QueryBuilder, keyColumn: string, keyOrId: string): Promise<Row | undefined> {
  if (!isKeyOrId(keyOrId)) return undefined;
  return (await rows().where(keyColumn, keyOrId).first()) ?? (isId(keyOrId) ? rows().where('id', keyOrId).first() : undefined);
}
