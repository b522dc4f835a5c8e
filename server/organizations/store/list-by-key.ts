import type { Knex } from 'knex';

export interface Slice {
  limit: number;
  offset: number;
}

/** Tells whether a list has at least this number of rows. Reads that number at most. */
export const hasRows = async (list: Knex.QueryBuilder, count: number): Promise<boolean> =>
  (await list
    .orderBy('key')
    .offset(count - 1)
    .limit(1)
    .first('key')) !== undefined;

/** Returns one page of a table ordered by key, and the total count. `startQuery` starts a query of all rows of the list. */
export async function listByKey<Row>(startQuery: () => Knex.QueryBuilder, table: string, columns: string[], { limit, offset }: Slice) {
  const rows = await startQuery().orderBy(`${table}.key`).limit(limit).offset(offset).select(columns);
  const [count] = await startQuery().count({ count: '*' });
  return { rows: rows as Row[], totalCount: Number((count as { count: unknown }).count) };
}
