import { type Db } from './database.ts';
import { isRowError } from './database-errors.ts';

interface Limits<Item> {
  itemsMax: number;
  /** Of what `sizeOf` says of the items of a group, together; one item may be larger. */
  bytesMax: number;
  sizeOf: (item: Item) => number;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

export interface Group<Item, Result> {
  /** Resolves once the item is committed. */
  add: (item: Item) => Promise<Result>;
  /** Resolves when nothing is left to commit. */
  idle: () => Promise<void>;
}

/**
 * Commits what comes while a commit is on its way together with the next one: under load, many calls share one transaction.
 *
 * `commit` does all or none and answers in the order of the items. Where an item is refused for what it is, each is done by itself, so that nobody fails
 * for another's sake. What goes wrong with the database fails all: whether a commit was done may not be known, and is not to be done twice.
 */
export function createGroupCommit<Item, Result>(
  commit: (items: Item[]) => Promise<Result[]>,
  { itemsMax, bytesMax, sizeOf }: Limits<Item>,
): Group<Item, Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let committing: Promise<void> | undefined;

  function takeBatch(): Waiting<Item, Result>[] {
    let count = 0;
    for (let bytes = 0; count < Math.min(waiting.length, itemsMax); count++) {
      bytes += sizeOf((waiting[count] as Waiting<Item, Result>).item);
      if (count > 0 && bytes > bytesMax) break;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return batch;
  }

  async function commitBatch(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await commit(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (batch.length === 1 || !isRowError(error)) for (const { reject } of batch) reject(error);
      else for (const one of batch) await commitBatch([one]);
    }
  }

  async function commitAll(): Promise<void> {
    // What comes in the same turn as the first is in its batch.
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
 * Groups of what belongs together in a database: items of different names do not wait for one another.
 *
 * Within a transaction, of which an item must be a part, it is done at once and alone.
 */
export function createNamedGroupCommits<Item, Result>(
  commit: (db: Db, items: Item[]) => Promise<Result[]>,
  nameOf: (item: Item) => string,
  limits: Limits<Item>,
): (db: Db, item: Item) => Promise<Result> {
  const databases = new WeakMap<Db, Map<string, Group<Item, Result>>>();
  return async (db, item) => {
    if (db.isTransaction) return (await commit(db, [item]))[0] as Result;
    const groups = databases.get(db) ?? new Map<string, Group<Item, Result>>();
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
