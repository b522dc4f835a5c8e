import { type Block, parseListName } from './counted-lists.ts';
import type { Db } from './database.ts';
import { inTransaction } from './transactions.ts';

const table = 'list_blocks';
const blockSize = 500;
const blockMax = 1000;
/** Maximum number of blocks that one call adds, which limits the time of its transaction. */
const splitsMax = 200;
const insertBatchSize = 100;

/**
 * Splits one block of a counted list that has grown too large, and deletes empty blocks. Returns whether more may remain to be done.
 *
 * Affects only speed: pages are correct at any block size. Several processes may run this at the same time.
 */
export async function splitListBlocks(db: Db): Promise<boolean> {
  const empty: Block[] = await db(table).where({ entries: 0 }).whereNot({ first_key: '' }).limit(100);
  for (const { list, first_key } of empty) await db(table).where({ list, first_key, entries: 0 }).delete();
  const large: Block | undefined = await db(table).where('entries', '>', blockMax).first();
  if (!large) return false;
  await inTransaction(db, (trx) => splitBlock(trx, large.list, large.first_key));
  return true;
}

/** Corrects the count of a block that counts more rows than it has. */
async function recount(trx: Db, { list: name, first_key }: Block, end: string | undefined): Promise<void> {
  const { table: rows, order, where } = parseListName(name);
  const [counted] = await trx(rows)
    .where(where)
    .where(order, '>=', first_key)
    .where((query) => (end === undefined ? query : query.where(order, '<', end)))
    .count({ entries: '*' });
  await trx(table)
    .where({ list: name, first_key })
    .update({ entries: Number(counted?.entries) });
}

async function splitBlock(trx: Db, name: string, firstKey: string): Promise<void> {
  const blocks = () => trx<Block>(table).where({ list: name });
  // While the block is locked, its count cannot change and equals the number of its visible rows.
  const block = await blocks().where({ first_key: firstKey }).forUpdate().first();
  if (!block || block.entries <= blockMax) return;
  const next = await blocks().where('first_key', '>', firstKey).orderBy('first_key').first('first_key');
  const { table: rows, order, where } = parseListName(name);
  const borders: string[] = [firstKey];
  while (borders.length <= splitsMax && block.entries - (borders.length - 1) * blockSize > blockMax) {
    const found = await trx(rows)
      .where(where)
      .where(order, '>=', borders.at(-1) as string)
      .where((query) => (next ? query.where(order, '<', next.first_key) : query))
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
  for (let from = 0; from < added.length; from += insertBatchSize) await trx(table).insert(added.slice(from, from + insertBatchSize));
  await blocks().where({ first_key: firstKey }).update({ entries: blockSize });
}
