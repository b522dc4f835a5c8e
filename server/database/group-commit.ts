import type { Db } from './database.ts';
import { isRowError } from './database-errors.ts';

interface Limits<Item> {
  itemsMax: number;
  /** Maximum of the summed `sizeOf` of one batch. A single item may be larger; it is then committed alone. */
  bytesMax: number;
  sizeOf: (item: Item) => number;
}

interface WaitingItem<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

export interface GroupCommit<Item, Result> {
  /** Resolves once the item is committed. */
  add: (item: Item) => Promise<Result>;
  /** Resolves when no item is waiting or being committed. */
  idle: () => Promise<void>;
}

/**
 * Creates a group commit: items added while a commit is running are committed together by the next one.
 *
 * `commit` must commit all items or none, and return the results in the order of the items. If `commit` fails because of one item, each item of the
 * batch is committed separately, so that only that item fails. An error of the database fails the whole batch without a retry, because the
 * commit may have succeeded and must not happen twice.
 */
export function createGroupCommit<Item, Result>(
  commit: (items: Item[]) => Promise<Result[]>,
  { itemsMax, bytesMax, sizeOf }: Limits<Item>,
): GroupCommit<Item, Result> {
  let waiting: WaitingItem<Item, Result>[] = [];
  let committing: Promise<void> | undefined;

  function takeBatch(): WaitingItem<Item, Result>[] {
    let count = 0;
    for (let bytes = 0; count < Math.min(waiting.length, itemsMax); count++) {
      bytes += sizeOf((waiting[count] as WaitingItem<Item, Result>).item);
      if (count > 0 && bytes > bytesMax) break;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return batch;
  }

  async function commitBatch(batch: WaitingItem<Item, Result>[]): Promise<void> {
    try {
      const results = await commit(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (batch.length === 1 || !isRowError(error)) for (const { reject } of batch) reject(error);
      else for (const item of batch) await commitBatch([item]);
    }
  }

  async function commitAll(): Promise<void> {
    // Waits one turn, so that all items added in the same turn are in the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await commitBatch(takeBatch());
    committing = undefined;
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        committing ??= commitAll();
      }),
    idle: async () => {
      while (committing) await committing;
    },
  };
}

/**
 * Creates group commits per database and name, so that items of different names do not wait for one another.
 *
 * Inside a transaction an item is committed at once and alone, as a part of that transaction.
 */
export function createNamedGroupCommits<Item, Result>(
  commit: (db: Db, items: Item[]) => Promise<Result[]>,
  nameOf: (item: Item) => string,
  limits: Limits<Item>,
): (db: Db, item: Item) => Promise<Result> {
  const databases = new WeakMap<Db, Map<string, GroupCommit<Item, Result>>>();
  return async (db, item) => {
    if (db.isTransaction) return (await commit(db, [item]))[0] as Result;
    const groups = databases.get(db) ?? new Map<string, GroupCommit<Item, Result>>();
    databases.set(db, groups);
    const name = nameOf(item);
    let group = groups.get(name);
    if (group === undefined) {
      group = createGroupCommit((items: Item[]) => commit(db, items), limits);
      groups.set(name, group);
    }
    return group.add(item);
  };
}
