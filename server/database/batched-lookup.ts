import DataLoader from 'dataloader';
import { type Db, selectRows } from './database.ts';

/**
 * Maximum number of keys of one query.
 *
 * From 200 keys MySQL estimates with table statistics, which a new table lacks, instead of looking into the index (`eq_range_index_dive_limit`).
 */
const keysMax = 128;
const runningQueriesMax = 2;

/**
 * Returns the placeholders and values of an `IN (...)` list, padded with the last key to the next power of two.
 *
 * The padding limits the number of different statement texts that the database has to prepare.
 */
export function keyList<Key>(keys: readonly Key[]): { marks: string; values: Key[] } {
  const length = 2 ** Math.ceil(Math.log2(keys.length));
  const values = Array.from({ length }, (_, index) => keys[Math.min(index, keys.length - 1)] as Key);
  return { marks: values.map(() => '?').join(','), values };
}

/**
 * Creates a batched look-up: all keys requested in one tick are found with one query.
 *
 * Results are not cached, and a query always begins after its keys were requested, so a result is as fresh as that of a separate query. Keys
 * requested while the maximum of queries is running wait for the next query, so queries become fewer and larger under load.
 * `list` receives each key once. `keyOf` returns the requested key to which a row belongs.
 */
export function batchedLookup<Row>(
  list: (db: Db, keys: readonly string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): (db: Db, key: string) => Promise<Row[]> {
  /** One loader per database or transaction, because a transaction may see rows that others must not see. */
  const loaders = new WeakMap<Db, DataLoader<string, Row[]>>();
  function newLoader(db: Db) {
    const waitingQueries: (() => void)[] = [];
    let running = 0;
    const find = async (keys: readonly string[]) => {
      running += 1;
      try {
        const found = new Map<string, Row[]>(keys.map((key) => [key, []]));
        for (const row of await list(db, [...found.keys()])) found.get(keyOf(row))?.push(row);
        return keys.map((key) => found.get(key) as Row[]);
      } finally {
        running -= 1;
        waitingQueries.shift()?.();
      }
    };
    const startQuery = (query: () => void) => (running < runningQueriesMax ? query() : waitingQueries.push(query));
    const schedule = (query: () => void) => setImmediate(() => startQuery(query));
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

/** Creates a batched look-up of a table's rows by a column of ids. Ids match in upper and lower case. */
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
