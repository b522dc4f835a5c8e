import { type Block, listNamed } from './counted-lists.ts';
import { type Db } from './database.ts';
import { inTransaction } from './transactions.ts';

const table = 'list_blocks';
const blockSize = 500;
const blockMax = 1000;
const splitsAtOnce = 200;

/**
 * Divides a block that has grown too large, and takes away blocks that nothing is left in. Answers whether there may be more to do.
 *
 * Only speed depends on it: pages are right however large the blocks are. Safe to run on many processes.
 */
export async function splitListBlocks(db: Db): Promise<boolean> {
  const empty: Block[] = await db(table).where({ entries: 0 }).whereNot({ first_key: '' }).limit(100);
  for (const { list, first_key } of empty) await db(table).where({ list, first_key, entries: 0 }).delete();
  const large: Block | undefined = await db(table).where('entries', '>', blockMax).first();
  if (!large) return false;
  await inTransaction(db, (trx) => splitBlock(trx, large.list, large.first_key));
  return true;
}

/** Should the count ever be wrong, it is made right here. */
async function recount(trx: Db, { list: name, first_key }: Block, end: string | undefined): Promise<void> {
  const { table: rows, order, where } = listNamed(name);
  const [counted] = await trx(rows)
    .where(where)
    .where(order, '>=', first_key)
    .where((before) => (end === undefined ? before : before.where(order, '<', end)))
    .count({ entries: '*' });
  await trx(table)
    .where({ list: name, first_key })
    .update({ entries: Number(counted?.entries) });
}

async function splitBlock(trx: Db, name: string, firstKey: string): Promise<void> {
  const blocks = () => trx<Block>(table).where({ list: name });
  // While it is locked nobody counts in it: the rows that are visible are those it has counted.
  const block = await blocks().where({ first_key: firstKey }).forUpdate().first();
  if (!block || block.entries <= blockMax) return;
  const next = await blocks().where('first_key', '>', firstKey).orderBy('first_key').first('first_key');
  const { table: rows, order, where } = listNamed(name);
  const borders: string[] = [firstKey];
  while (borders.length <= splitsAtOnce && block.entries - (borders.length - 1) * blockSize > blockMax) {
    const found = await trx(rows)
      .where(where)
      .where(order, '>=', borders.at(-1) as string)
      .where((before) => (next ? before.where(order, '<', next.first_key) : before))
      .orderBy(order)
      .offset(blockSize)
      .first(order);
    if (!found) return recount(trx, block, next?.first_key);
    borders.push(found[order]);
  }
  const added = borders.slice(1).map((first_key) => ({ list: name, first_key, entries: blockSize }));
  const last = added.at(-1);
  if (!last) return;
  last.entries = block.entries - added.length * blockSize;
  for (let from = 0; from < added.length; from += 100) await trx(table).insert(added.slice(from, from + 100));
  await blocks().where({ first_key: firstKey }).update({ entries: blockSize });
}
