import { type Db } from './database.ts';
import { beforeCommit } from './transactions.ts';

/** Rows of a table that have these values in these columns, in the order of one more column, in which no two of them are alike. */
export interface CountedList {
  table: string;
  order: string;
  where: Record<string, string>;
}
/** A row that comes into a list, or leaves it. */
export interface EntryChange {
  list: CountedList;
  key: string;
  by: 1 | -1;
}
export interface Block {
  list: string;
  first_key: string;
  entries: number;
}

const table = 'list_blocks';
/** From so many keys on it is cheaper to read all blocks of a list than to look for each. */
const manyKeys = 20;

const nameOf = ({ table, order, where }: CountedList) => JSON.stringify([table, order, where]);
export function listNamed(name: string): CountedList {
  const [table, order, where] = JSON.parse(name);
  return { table, order, where };
}

/** As both databases order them: by bytes of UTF-8. */
export const compareBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

/**
 * Says which rows come and go, in the transaction in which they do. They are counted at its end, all at once: the blocks stay locked until it is over.
 *
 * A list is divided into blocks of neighbours, each with the number of its rows; from these the place of any page is known without reading the
 * pages before it.
 */
export async function countEntries(trx: Db, entries: EntryChange[]): Promise<void> {
  beforeCommit(trx, count, entries);
}

async function count(trx: Db, entries: EntryChange[]): Promise<void> {
  const lists = new Map<string, Map<string, number>>();
  for (const { list, key, by } of entries) {
    const name = nameOf(list);
    const keys = lists.get(name) ?? new Map<string, number>();
    keys.set(key, (keys.get(key) ?? 0) + by);
    lists.set(name, keys);
  }
  // Always in the same order, so that transactions wait for one another instead of dying in a deadlock.
  for (const name of [...lists.keys()].sort()) {
    const keys = [...(lists.get(name) as Map<string, number>)]
      .filter(([, by]) => by !== 0)
      .sort(([one], [other]) => compareBytes(one, other));
    await countKeys(trx, name, keys);
  }
}

async function countKeys(trx: Db, list: string, keys: [key: string, by: number][]): Promise<void> {
  const blocks = () => trx<Block>(table).where({ list });
  // Looked for without a lock: locking one block before all of them would be another order than that of those who lock all at once.
  if (keys.length > manyKeys && (await blocks().where({ first_key: '' }).first('first_key'))) return countManyKeys(trx, list, keys);
  while (keys.length > 0) {
    const [first] = keys[0] as [string, number];
    const block = await blocks().where('first_key', '<=', first).orderBy('first_key', 'desc').forUpdate().first('first_key');
    if (!block) {
      await trx(table).insert({ list, first_key: '', entries: 0 }).onConflict(['list', 'first_key']).ignore();
      continue;
    }
    // Read after the block was locked: had it been split while we waited, the key may be in a later one, and the loop looks again.
    const next = await blocks().where('first_key', '>', block.first_key).orderBy('first_key').first('first_key');
    const end = next ? keys.findIndex(([key]) => compareBytes(key, next.first_key) >= 0) : -1;
    const inBlock = end === -1 ? keys : keys.slice(0, end);
    const by = inBlock.reduce((sum, [, one]) => sum + one, 0);
    if (by !== 0) await blocks().where({ first_key: block.first_key }).increment('entries', by);
    keys = keys.slice(inBlock.length);
  }
}

/** Locks all blocks of a list, from the first on, which is always there, so that none can be split behind what was read. */
async function countManyKeys(trx: Db, list: string, keys: [key: string, by: number][]): Promise<void> {
  const blocks: Block[] = await trx<Block>(table).where({ list }).orderBy('first_key').forUpdate();
  const changed = new Set<Block>();
  let at = 0;
  for (const [key, by] of keys) {
    while (at + 1 < blocks.length && compareBytes((blocks[at + 1] as Block).first_key, key) <= 0) at++;
    const block = blocks[at] as Block;
    block.entries += by;
    changed.add(block);
  }
  await trx(table)
    .insert([...changed])
    .onConflict(['list', 'first_key'])
    .merge(['entries']);
}

/** Forgets a list whose rows are gone for good. */
export const deleteList = async (trx: Db, list: CountedList): Promise<void> => {
  await trx(table)
    .where({ list: nameOf(list) })
    .delete();
};

/** Where a page begins: so many rows behind a block's border. Undefined when the list ends before it. */
function placeOf(
  blocks: Pick<Block, 'first_key' | 'entries'>[],
  offset: number,
  isDescending: boolean,
): { border: string | undefined; skip: number } | undefined {
  const count = blocks.length;
  for (let index = 0, before = 0; index < count; index++) {
    const at = isDescending ? count - 1 - index : index;
    const { first_key, entries } = blocks[at] as (typeof blocks)[number];
    if (offset < before + entries) return { border: isDescending ? blocks[at + 1]?.first_key : first_key, skip: offset - before };
    before += entries;
  }
  return undefined;
}

/** The ids on a page, in order, at a cost that does not depend on how deep it is, and how many rows there are. */
export async function findPage(
  db: Db,
  list: CountedList,
  { limit, offset }: { limit: number; offset: number },
  order: 'asc' | 'desc' = 'asc',
): Promise<{ ids: string[]; totalCount: number }> {
  const blocks = await db<Block>(table)
    .where({ list: nameOf(list) })
    .orderBy('first_key')
    .select('first_key', 'entries');
  const totalCount = blocks.reduce((sum, { entries }) => sum + entries, 0);
  const isDescending = order === 'desc';
  const place = placeOf(blocks, offset, isDescending);
  if (!place) return { ids: [], totalCount };
  const { border, skip } = place;
  const rows: { id: string }[] = await db(list.table)
    .where(list.where)
    .where((behind) => (border === undefined ? behind : behind.where(list.order, isDescending ? '<' : '>=', border)))
    .orderBy(list.order, order)
    .limit(limit)
    .offset(skip)
    .select('id');
  return { ids: rows.map(({ id }) => id), totalCount };
}

/** Rows in the order of the ids that `findPage` gave. */
export function inOrderOf<Row extends { id: string }>(ids: string[], rows: Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id.toLowerCase(), row]));
  return ids.flatMap((id) => byId.get(id.toLowerCase()) ?? []);
}
