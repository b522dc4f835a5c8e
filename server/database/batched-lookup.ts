import DataLoader from 'dataloader';
import { type Db, selectRows } from './database.ts';

/** Below the 200 from which on MySQL trusts its statistics, which a young table has none of, more than a look into the index. */
const keysMax = 128;
const runningMax = 2;

/** As many `?` as the next power of two, the last key repeated: a database sees few statements, not one for each number of keys. */
export function keyList<Key>(keys: readonly Key[]): { marks: string; values: Key[] } {
  const length = 2 ** Math.ceil(Math.log2(keys.length));
  const values = Array.from({ length }, (_, index) => keys[Math.min(index, keys.length - 1)] as Key);
  return { marks: values.map(() => '?').join(','), values };
}

/**
 * A look-up by key that waits for all others of the same tick, and finds what they all ask for by one query.
 *
 * Nothing is kept from one query to the next, so an answer is as fresh as that of a query of one's own: the query begins after it was asked for. What is
 * asked for while some queries are on their way goes together with the next: the busier a database is, the fewer and the larger its queries are.
 * `list` is given each key once, `keyOf` says under which of them a row was asked for.
 */
export function batchedLookup<Row>(
  list: (db: Db, keys: readonly string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): (db: Db, key: string) => Promise<Row[]> {
  /** By database, because what is looked up in a transaction is not for others. */
  const loaders = new WeakMap<Db, DataLoader<string, Row[]>>();
  function newLoader(db: Db) {
    const waiting: (() => void)[] = [];
    let running = 0;
    const find = async (keys: readonly string[]) => {
      running += 1;
      try {
        const found = new Map<string, Row[]>(keys.map((key) => [key, []]));
        for (const row of await list(db, [...found.keys()])) found.get(keyOf(row))?.push(row);
        return keys.map((key) => found.get(key) as Row[]);
      } finally {
        running -= 1;
        waiting.shift()?.();
      }
    };
    const start = (look: () => void) => (running < runningMax ? look() : waiting.push(look));
    // Calls of one tick arrive one by one; the look-up waits until all of them have.
    const schedule = (look: () => void) => setImmediate(() => start(look));
    return new DataLoader<string, Row[]>(find, { cache: false, maxBatchSize: keysMax, batchScheduleFn: schedule });
  }
  return (db, key) => {
    let loader = loaders.get(db);
    if (loader === undefined) {
      loader = newLoader(db);
      loaders.set(db, loader);
    }
    return loader.load(key);
  };
}

/** The rows of a table by a column of ids, which are found in any case. */
export const batchedLookupById = <Row extends object>(
  table: string,
  column: keyof Row & string,
): ((db: Db, id: string) => Promise<Row[]>) => {
  const find = batchedLookup<Row>(
    (db, ids) => {
      const { marks, values } = keyList(ids);
      return selectRows(db, `SELECT * FROM ${table} WHERE ${column} IN (${marks})`, values);
    },
    (row) => String(row[column]).toLowerCase(),
  );
  return (db, id) => find(db, id.toLowerCase());
};
