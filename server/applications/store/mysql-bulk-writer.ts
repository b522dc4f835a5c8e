import { Readable } from 'node:stream';
import type { Db } from '../../database/database.ts';
import { inTransaction } from '../../database/transactions.ts';
import type { RowsKind } from './applications.ts';
import {
  type BulkWriter,
  bindingsOf,
  type Duplicate,
  findDuplicates,
  insertedColumns,
  insertSql,
  rowsPerStatement,
  slicesOf,
} from './bulk-statements.ts';
import { type BulkLoad, type BulkRecord, chunksOf, decode, encode, newBulkLoad, throttled } from './load-data.ts';

/** Maximum bytes of one load, low enough that a load takes much less time than a lease. */
const bytesPerLoad = 4 * 1024 ** 2;

async function loadLocal(db: Db, generationId: number, rowsKind: RowsKind, load: BulkLoad): Promise<number> {
  const sql = `LOAD DATA LOCAL INFILE 'records' IGNORE INTO TABLE application_records CHARACTER SET utf8mb4
    FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' (${insertedColumns})
    SET generation_id = ${generationId}, rows_kind = '${rowsKind}'`;
  return inTransaction(db, async (trx) => {
    const [result] = await trx.raw(sql).options({ infileStreamFactory: () => Readable.from(throttled(chunksOf(load))) });
    return result.affectedRows;
  });
}

const insertMySql = (db: Db, generationId: number, rowsKind: RowsKind, records: BulkRecord[]): Promise<number> =>
  inTransaction(db, async (trx) => {
    let inserted = 0;
    for (const slice of slicesOf(records, 10 * rowsPerStatement)) {
      const [result] = await trx.raw(insertSql('INSERT IGNORE', generationId, rowsKind, slice.length), bindingsOf(slice));
      inserted += result.affectedRows;
    }
    return inserted;
  });

const isLocalLoadRefused = (error: unknown) =>
  /^(ER_NOT_ALLOWED_COMMAND|ER_CLIENT_LOCAL_FILES_DISABLED)$/.test(String((error as { code?: string }).code)) ||
  /local.{0,100}(disabled|not allowed)|not allowed.{0,100}local infile/i.test(String((error as Error).message));

/** Databases that have refused LOAD DATA LOCAL, as MySQL 8 does by default. */
const withoutLocalLoad = new WeakSet<Db>();

/** Streams each load to the database while the import file is still being read. */
export function mySqlWriter(db: Db, generationId: number, rowsKind: RowsKind, rowsMax: number): BulkWriter {
  let currentLoad: BulkLoad | undefined;
  let loading: Promise<Duplicate[]> = Promise.resolve([]);

  async function run(load: BulkLoad): Promise<Duplicate[]> {
    let inserted: number | undefined;
    if (!withoutLocalLoad.has(db)) {
      try {
        inserted = await loadLocal(db, generationId, rowsKind, load);
      } catch (error) {
        if (!isLocalLoadRefused(error)) throw error;
        withoutLocalLoad.add(db);
      }
    }
    if (inserted === undefined) {
      for await (const _chunk of chunksOf(load)); // INSERT starts after the last chunk.
      inserted = await insertMySql(db, generationId, rowsKind, decode(load.chunks));
    }
    return inserted === load.count ? [] : findDuplicates(db, generationId, rowsKind, decode(load.chunks), load.count - inserted);
  }

  async function end(): Promise<Duplicate[]> {
    if (!currentLoad) return [];
    currentLoad.isEnded = true;
    currentLoad.wake();
    currentLoad = undefined;
    return loading;
  }

  return {
    add: async (records) => {
      // An empty chunk would end the load, and MySQL would read the next chunk as a command.
      if (records.length === 0) return [];
      if (!currentLoad) {
        currentLoad = newBulkLoad();
        loading = run(currentLoad);
        loading.catch(() => {}); // `end` awaits it; until then a failure must not count as an unhandled rejection.
      }
      const chunk = encode(records);
      currentLoad.chunks.push(chunk);
      currentLoad.bytes += chunk.length;
      currentLoad.count += records.length;
      currentLoad.wake();
      return currentLoad.count < rowsMax && currentLoad.bytes < bytesPerLoad ? [] : end();
    },
    end,
  };
}
