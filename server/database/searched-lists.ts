import type { Db } from './database.ts';
import { fold } from './fold-name.ts';
import { findPage } from './list-pages.ts';
import { findKeysByPhrase, type SearchedList } from './search-phrases.ts';

/**
 * Returns a page of a list, optionally only of the rows that a search finds. Returns undefined if the search has too many matches.
 *
 * A search text that folds to nothing, such as a blank, finds all rows.
 */
export async function listSearched<Row>(
  db: Db,
  list: SearchedList,
  { search = '', limit, offset }: { search?: string | undefined; limit: number; offset: number },
): Promise<{ rows: Row[]; totalCount: number } | undefined> {
  if (fold(search) === '') {
    const { ids, totalCount } = await findPage(db, list, { limit, offset });
    return { rows: await db(list.table).whereIn('id', ids).orderBy(list.order), totalCount };
  }
  const keys = await findKeysByPhrase(db, list, search);
  if (keys === undefined) return undefined;
  const keysOnPage = keys.slice(offset, offset + limit);
  return { rows: await db(list.table).where(list.where).whereIn(list.order, keysOnPage).orderBy(list.order), totalCount: keys.length };
}
