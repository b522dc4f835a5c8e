import type { Knex } from 'knex';

export interface Slice {
  limit: number;
  offset: number;
}

/** Returns one page of a table ordered by key, and the total count. `startQuery` starts a query of all rows of the list. */
export async function listByKey<Row>(startQuery: () => Knex.QueryBuilder, table: string, columns: string[], { limit, offset }: Slice) {
  const rows = await startQuery().orderBy(`${table}.key`).limit(limit).offset(offset).select(columns);
  const [count] = await startQuery().count({ count: '*' });
  return { rows: rows as Row[], totalCount: Number((count as { count: unknown }).count) };
}
