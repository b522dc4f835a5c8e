import type { CountedList } from './counted-lists.ts';
import type { Db } from './database.ts';
import { fold } from './fold-name.ts';
import { findPage } from './list-pages.ts';

/**
 * Returns the value of a row's `search_text`.
 *
 * A folded text contains no line end, so a search never matches across the border of two fields.
 */
export const searchTextOf = (...fields: (string | null)[]): string => fields.map(fold).join('\n');

/**
 * Returns a page of a list, optionally only of the rows that contain a text.
 *
 * A search reads the whole list. A search text that folds to nothing, such as a blank, matches all rows.
 */
export async function listSearched<Row>(
  db: Db,
  list: CountedList,
  { search = '', limit, offset }: { search?: string | undefined; limit: number; offset: number },
): Promise<{ rows: Row[]; totalCount: number }> {
  const foldedSearch = fold(search);
  if (foldedSearch === '') {
    const { ids, totalCount } = await findPage(db, list, { limit, offset });
    return { rows: await db(list.table).whereIn('id', ids).orderBy(list.order), totalCount };
  }
  const matches = () =>
    db(list.table)
      .where(list.where)
      .whereRaw("search_text LIKE ? ESCAPE '!'", [`%${foldedSearch.replace(/[!%_]/g, '!$&')}%`]);
  const rows: Row[] = await matches().orderBy(list.order).limit(limit).offset(offset);
  const [count] = await matches().count({ count: '*' });
  return { rows, totalCount: Number(count?.count) };
}
