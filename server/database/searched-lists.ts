import { type CountedList, findPage } from './counted-lists.ts';
import type { Db } from './database.ts';
import { fold } from './fold-name.ts';

/** What goes into a row's `search_text`. A folded text holds no line end, so nothing is found that begins in one field and ends in the next. */
export const searchTextOf = (...fields: (string | null)[]): string => fields.map(fold).join('\n');

/**
 * A page of a list, or of those rows of it that hold a text.
 *
 * A search reads the whole list. Where nothing is left of a text to look for, as of a blank, all rows hold it.
 */
export async function listSearched<Row>(
  db: Db,
  list: CountedList,
  { search = '', limit, offset }: { search?: string | undefined; limit: number; offset: number },
): Promise<{ rows: Row[]; totalCount: number }> {
  const sought = fold(search);
  if (sought === '') {
    const { ids, totalCount } = await findPage(db, list, { limit, offset });
    return { rows: await db(list.table).whereIn('id', ids).orderBy(list.order), totalCount };
  }
  const found = () =>
    db(list.table)
      .where(list.where)
      .whereRaw("search_text LIKE ? ESCAPE '!'", [`%${sought.replace(/[!%_]/g, '!$&')}%`]);
  const rows: Row[] = await found().orderBy(list.order).limit(limit).offset(offset);
  const [count] = await found().count({ count: '*' });
  return { rows, totalCount: Number(count?.count) };
}
