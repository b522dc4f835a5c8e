import { Readable } from 'node:stream';
import { type Db, isMySql } from '../../database/database.ts';
import { inTransaction } from '../../database/transactions.ts';
import type { RowsKind } from './applications.ts';
import { type Batch, type BulkRecord, batchesOf, decode, encode, newBatch, throttled } from './load-data.ts';

/** A record that was left out, because one with its key, at `firstPosition`, was there before. */
export interface Duplicate {
  key: string;
  position: number;
  firstPosition: number;
}
export interface BulkWriter {
  /** Takes records, written now or with later ones. Answers the duplicates found since the last answer. */
  add: (records: BulkRecord[]) => Promise<Duplicate[]>;
  /** Resolves when all is written. */
  end: () => Promise<Duplicate[]>;
}
type Placed = Pick<BulkRecord, 'key' | 'position'>;

const rowsPerStatement = 100;
/** How many rows MySQL loads at once. */
export const rowsPerLoad = 50_000;
/** A load takes much less than a lease. */
const bytesPerLoad = 4 * 1024 ** 2;

const partsOf = <Row>(rows: Row[], size: number) =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => rows.slice(index * size, (index + 1) * size));

const columns = 'record_key, position, attributes, person_number, person_email';
const insertSql = (verb: string, generationId: number, rows: RowsKind, count: number) =>
  `${verb} INTO application_records (generation_id, rows_kind, ${columns}) VALUES ${Array(count)
    .fill(`(${generationId}, '${rows}', ?, ?, ?, ?, ?)`)
    .join(', ')}`;
const bindingsOf = (part: BulkRecord[]) =>
  part.flatMap(({ key, position, attributes, personNumber, personEmail }) => [key, position, attributes, personNumber, personEmail]);

/** Which of these did not get in. Throws when there are fewer than there should be: then the database has dropped some for another reason. */
async function findDuplicates(db: Db, generationId: number, rows: RowsKind, batch: Placed[], expected: number): Promise<Duplicate[]> {
  if (expected === 0) return [];
  const stored = new Map<string, number>();
  for (const part of partsOf(batch, 500)) {
    const keys = part.map((record) => record.key);
    const found = await db('application_records')
      .where({ generation_id: generationId, rows_kind: rows })
      .whereIn('record_key', keys)
      .select('record_key', 'position');
    for (const row of found) stored.set(row.record_key, row.position);
  }
  const duplicates = batch.flatMap(({ key, position }) => {
    const firstPosition = stored.get(key);
    return firstPosition === undefined || firstPosition === position ? [] : [{ key, position, firstPosition }];
  });
  if (duplicates.length !== expected)
    throw new Error(`The database left out ${expected} of ${batch.length} records, of which only ${duplicates.length} are duplicates`);
  return duplicates;
}

interface EmbeddedConnection {
  prepare: (sql: string) => { run: (bindings: unknown[]) => { changes: number } };
}

/** Past knex, whose handling of 300 bindings takes as long as storing them. */
function embeddedWriter(db: Db, generationId: number, rows: RowsKind): BulkWriter {
  const add = async (records: BulkRecord[]) => {
    if (records.length === 0) return [];
    const inserted = await inTransaction(db, async (trx) => {
      const connection: EmbeddedConnection = await trx.client.acquireConnection();
      let changes = 0;
      for (const part of partsOf(records, rowsPerStatement))
        changes += connection.prepare(insertSql('INSERT OR IGNORE', generationId, rows, part.length)).run(bindingsOf(part)).changes;
      return changes;
    });
    return findDuplicates(db, generationId, rows, records, records.length - inserted);
  };
  return { add, end: async () => [] };
}

async function loadLocal(db: Db, generationId: number, rows: RowsKind, batch: Batch): Promise<number> {
  const sql = `LOAD DATA LOCAL INFILE 'records' IGNORE INTO TABLE application_records CHARACTER SET utf8mb4
    FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' (${columns})
    SET generation_id = ${generationId}, rows_kind = '${rows}'`;
  return inTransaction(db, async (trx) => {
    const [result] = await trx.raw(sql).options({ infileStreamFactory: () => Readable.from(throttled(batchesOf(batch))) });
    return result.affectedRows;
  });
}

const insertMySql = (db: Db, generationId: number, rows: RowsKind, batch: BulkRecord[]): Promise<number> =>
  inTransaction(db, async (trx) => {
    let inserted = 0;
    for (const part of partsOf(batch, 10 * rowsPerStatement)) {
      const [result] = await trx.raw(insertSql('INSERT IGNORE', generationId, rows, part.length), bindingsOf(part));
      inserted += result.affectedRows;
    }
    return inserted;
  });

const isLocalLoadRefused = (error: unknown) =>
  /^(ER_NOT_ALLOWED_COMMAND|ER_CLIENT_LOCAL_FILES_DISABLED)$/.test(String((error as { code?: string }).code)) ||
  /local.*(disabled|not allowed)|not allowed.*local infile/i.test(String((error as Error).message));

/** Databases that turned out not to take LOAD DATA LOCAL (MySQL 8 as installed). */
const withoutLocalLoad = new WeakSet<Db>();

/** The database loads while the file is still being read. */
function mySqlWriter(db: Db, generationId: number, rows: RowsKind, loadMax: number): BulkWriter {
  let batch: Batch | undefined;
  let loading: Promise<Duplicate[]> = Promise.resolve([]);

  async function load(batch: Batch): Promise<Duplicate[]> {
    let inserted: number | undefined;
    if (!withoutLocalLoad.has(db)) {
      try {
        inserted = await loadLocal(db, generationId, rows, batch);
      } catch (error) {
        if (!isLocalLoadRefused(error)) throw error;
        withoutLocalLoad.add(db);
      }
    }
    if (inserted === undefined) {
      for await (const _piece of batchesOf(batch)); // INSERT wants all of them at once.
      inserted = await insertMySql(db, generationId, rows, decode(batch.pieces));
    }
    return inserted === batch.count ? [] : findDuplicates(db, generationId, rows, decode(batch.pieces), batch.count - inserted);
  }

  async function end(): Promise<Duplicate[]> {
    if (!batch) return [];
    batch.isEnded = true;
    batch.wake();
    batch = undefined;
    return loading;
  }

  return {
    add: async (records) => {
      // An empty piece would end the load, and the server take the next for a command.
      if (records.length === 0) return [];
      if (!batch) {
        batch = newBatch();
        loading = load(batch);
        loading.catch(() => {}); // Awaited at the batch's end; until then it must not count as unhandled.
      }
      const piece = encode(records);
      batch.pieces.push(piece);
      batch.bytes += piece.length;
      batch.count += records.length;
      batch.wake();
      return batch.count < loadMax && batch.bytes < bytesPerLoad ? [] : end();
    },
    end,
  };
}

/**
 * Adds records to a generation, many at a time. Of several with one key the first stays.
 *
 * Where the two databases differ: SQLite takes statements of many rows at once; MySQL loads what was collected as a file that is never one, twice
 * as fast as INSERT, if its server allows it.
 */
export const createBulkWriter = (db: Db, generationId: number, rows: RowsKind, loadMax: number = rowsPerLoad): BulkWriter =>
  isMySql(db) ? mySqlWriter(db, generationId, rows, loadMax) : embeddedWriter(db, generationId, rows);
