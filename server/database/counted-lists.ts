import type { Db } from './database.ts';
import { beforeCommit } from './transactions.ts';

/** A list of rows: all rows of `table` that match `where`, ordered by the column `order`, whose values are unique in the list. */
export interface CountedList {
  table: string;
  order: string;
  where: Record<string, string>;
}
/** A row that enters a list (1) or leaves it (-1). `key` is the row's value in the list's `order` column. */
export interface EntryChange {
  list: CountedList;
  key: string;
  by: 1 | -1;
}
/** A row of `list_blocks`: the number of entries from `first_key` up to the next block's `first_key`. */
export interface Block {
  list: string;
  first_key: string;
  entries: number;
}

const table = 'list_blocks';
/** Above this number of keys, reading all blocks of a list is cheaper than one query per key. */
const singleKeysMax = 20;

/** The name under which `list_blocks` stores a list. */
export const listNameOf = ({ table, order, where }: CountedList) => JSON.stringify([table, order, where]);
/** Returns the list of a name that `listNameOf` made. */
export function parseListName(name: string): CountedList {
  const [table, order, where] = JSON.parse(name);
  return { table, order, where };
}

/** Compares two texts by their UTF-8 bytes, which is the order of both databases. */
export const compareBytes = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right));

/**
 * Records which rows enter and leave counted lists. Must run in the transaction that writes these rows.
 *
 * A list is divided into blocks of adjacent rows, each stored with its number of rows. With these counts `findPage` finds any page without
 * reading the pages before it. The counts are updated just before the commit, because an updated block stays locked until the commit.
 */
export async function recordEntryChanges(trx: Db, entries: EntryChange[]): Promise<void> {
  beforeCommit(trx, countLists, entries);
}

async function countLists(trx: Db, entries: EntryChange[]): Promise<void> {
  const lists = new Map<string, Map<string, number>>();
  for (const { list, key, by } of entries) {
    const name = listNameOf(list);
    const keys = lists.get(name) ?? new Map<string, number>();
    keys.set(key, (keys.get(key) ?? 0) + by);
    lists.set(name, keys);
  }
  // All transactions lock the blocks in the same order. Otherwise they could deadlock.
  for (const name of [...lists.keys()].sort()) {
    const keys = [...(lists.get(name) as Map<string, number>)]
      .filter(([, by]) => by !== 0)
      .sort(([left], [right]) => compareBytes(left, right));
    await countKeys(trx, name, keys);
  }
}

async function countKeys(trx: Db, list: string, keys: [key: string, by: number][]): Promise<void> {
  const blocks = () => trx<Block>(table).where({ list });
  // Checks for the first block without a lock, because locking it before all others would break the common lock order.
  if (keys.length > singleKeysMax && (await blocks().where({ first_key: '' }).first('first_key'))) return countInAllBlocks(trx, list, keys);
  while (keys.length > 0) {
    const [first] = keys[0] as [string, number];
    const block = await blocks().where('first_key', '<=', first).orderBy('first_key', 'desc').forUpdate().first('first_key');
    if (!block) {
      await trx(table).insert({ list, first_key: '', entries: 0 }).onConflict(['list', 'first_key']).ignore();
      continue;
    }
    // Read after the lock: the block may have been split while this waited. Keys beyond its new end are counted in the next round.
    const next = await blocks().where('first_key', '>', block.first_key).orderBy('first_key').first('first_key');
    const end = next ? keys.findIndex(([key]) => compareBytes(key, next.first_key) >= 0) : -1;
    const inBlock = end === -1 ? keys : keys.slice(0, end);
    const by = inBlock.reduce((sum, [, keyBy]) => sum + keyBy, 0);
    if (by !== 0) await blocks().where({ first_key: block.first_key }).increment('entries', by);
    keys = keys.slice(inBlock.length);
  }
}

/** Locks all blocks of the list and then counts. The first block always exists and is locked first, so no other transaction can split a block meanwhile. */
async function countInAllBlocks(trx: Db, list: string, keys: [key: string, by: number][]): Promise<void> {
  const blocks: Block[] = await trx<Block>(table).where({ list }).orderBy('first_key').forUpdate();
  const changed = new Set<Block>();
  let index = 0;
  for (const [key, by] of keys) {
    while (index + 1 < blocks.length && compareBytes((blocks[index + 1] as Block).first_key, key) <= 0) index++;
    const block = blocks[index] as Block;
    block.entries += by;
    changed.add(block);
  }
  await trx(table)
    .insert([...changed])
    .onConflict(['list', 'first_key'])
    .merge(['entries']);
}
