import { type Block, type CountedList, listNameOf } from './counted-lists.ts';
import { type Db, selectRows } from './database.ts';

/** Finds the block border before a page, and the number of rows between the border and the page. Undefined if the list ends before the page. */
function pageStartOf(
  blocks: Pick<Block, 'first_key' | 'entries'>[],
  offset: number,
  isDescending: boolean,
): { border: string | undefined; skip: number } | undefined {
  const count = blocks.length;
  for (let index = 0, before = 0; index < count; index++) {
    const position = isDescending ? count - 1 - index : index;
    const { first_key, entries } = blocks[position] as (typeof blocks)[number];
    if (offset < before + entries) return { border: isDescending ? blocks[position + 1]?.first_key : first_key, skip: offset - before };
    before += entries;
  }
  return undefined;
}

/** Returns the ids on a page, in order, and the number of rows in the list. The cost does not depend on the page's offset. */
export async function findPage(
  db: Db,
  list: CountedList,
  { limit, offset }: { limit: number; offset: number },
  order: 'asc' | 'desc' = 'asc',
): Promise<{ ids: string[]; totalCount: number }> {
  const blocks = await selectRows<Pick<Block, 'first_key' | 'entries'>>(
    db,
    'SELECT first_key, entries FROM list_blocks WHERE list = ? ORDER BY first_key',
    [listNameOf(list)],
  );
  const totalCount = blocks.reduce((sum, { entries }) => sum + entries, 0);
  const isDescending = order === 'desc';
  const start = pageStartOf(blocks, offset, isDescending);
  if (!start) return { ids: [], totalCount };
  const { border, skip } = start;
  const conditions = Object.keys(list.where).map((column) => `${column} = ?`);
  if (border !== undefined) conditions.push(`${list.order} ${isDescending ? '<' : '>='} ?`);
  const rows = await selectRows<{ id: string }>(
    db,
    `SELECT id FROM ${list.table} WHERE ${conditions.join(' AND ')} ORDER BY ${list.order} ${order} LIMIT ? OFFSET ?`,
    [...Object.values(list.where), ...(border === undefined ? [] : [border]), limit, skip],
  );
  return { ids: rows.map(({ id }) => id), totalCount };
}

/** Sorts rows into the order of the ids that `findPage` returned. Leaves out ids without a row. */
export function inOrderOf<Row extends { id: string }>(ids: string[], rows: Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id.toLowerCase(), row]));
  return ids.flatMap((id) => byId.get(id.toLowerCase()) ?? []);
}
