import { Readable } from 'node:stream';
import type { RowsKind } from './applications.ts';
import { type Db, inTransaction, isMySql } from './database.ts';

/** `position` numbers the rows of a whole build, so that of two rows with one key the first can be told. */
export interface BulkRecord {
  key: string;
  position: number;
  attributes: string;
}

/** How many records to hand over at once: large enough to be fast, small enough that others who write wait for milliseconds only. */
export const bulkSize = (db: Db): number => (isMySql(db) ? 20_000 : 5_000);

/** Neither keys nor JSON hold tabs or line ends, so a backslash is all there is to escape. */
const escaped = (text: string) => (text.includes('\\') ? text.replaceAll('\\', '\\\\') : text);

/** A batch as the text that LOAD DATA reads, made piece by piece while the database is already loading. */
function* loadText(batch: BulkRecord[]) {
  for (const part of partsOf(batch, 2000)) {
    let text = '';
    for (const { key, position, attributes } of part) text += `${escaped(key)}\t${position}\t${escaped(attributes)}\n`;
    yield Buffer.from(text);
  }
}

async function loadLocal(db: Db, generationId: number, rows: RowsKind, batch: BulkRecord[]): Promise<number> {
  const sql = `LOAD DATA LOCAL INFILE 'records' IGNORE INTO TABLE application_records CHARACTER SET utf8mb4
    FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' (record_key, position, attributes)
    SET generation_id = ${generationId}, rows_kind = '${rows}'`;
  return inTransaction(db, async (trx) => {
    const [result] = await trx.raw(sql).options({ infileStreamFactory: () => Readable.from(loadText(batch)) });
    return result.affectedRows;
  });
}

const statementFor = (verb: string, generationId: number, rows: RowsKind, count: number) =>
  `${verb} INTO application_records (generation_id, rows_kind, record_key, position, attributes) VALUES ${Array(count)
    .fill(`(${generationId}, '${rows}', ?, ?, ?)`)
    .join(', ')}`;

/** Statements of one size, and one for what is left over. */
const partsOf = (batch: BulkRecord[], size: number) =>
  Array.from({ length: Math.ceil(batch.length / size) }, (_, index) => batch.slice(index * size, (index + 1) * size));
const bindingsOf = (part: BulkRecord[]) => part.flatMap(({ key, position, attributes }) => [key, position, attributes]);

interface EmbeddedConnection {
  prepare: (sql: string) => { run: (bindings: unknown[]) => { changes: number } };
}

/** Past knex, whose handling of 300 bindings takes as long as storing them. */
const insertEmbedded = (db: Db, generationId: number, rows: RowsKind, batch: BulkRecord[]): Promise<number> =>
  inTransaction(db, async (trx) => {
    const connection: EmbeddedConnection = await trx.client.acquireConnection();
    return partsOf(batch, 100).reduce(
      (inserted, part) =>
        inserted + connection.prepare(statementFor('INSERT OR IGNORE', generationId, rows, part.length)).run(bindingsOf(part)).changes,
      0,
    );
  });

const insertMySql = (db: Db, generationId: number, rows: RowsKind, batch: BulkRecord[]): Promise<number> =>
  inTransaction(db, async (trx) => {
    let inserted = 0;
    for (const part of partsOf(batch, 1000)) {
      const [result] = await trx.raw(statementFor('INSERT IGNORE', generationId, rows, part.length), bindingsOf(part));
      inserted += result.affectedRows;
    }
    return inserted;
  });

const isLocalLoadRefused = (error: unknown) =>
  /^(ER_NOT_ALLOWED_COMMAND|ER_CLIENT_LOCAL_FILES_DISABLED|ER_LOAD_DATA_\w+)$|^$/.test(String((error as { code?: string }).code ?? '')) ||
  /local.*(disabled|not allowed|infile)/i.test(String((error as Error).message));

/** Databases that turned out not to take LOAD DATA LOCAL (MySQL 8 as installed). */
const withoutLocalLoad = new WeakSet<Db>();

/** Writes what is new and leaves what has a key that is there already; answers how many were new. */
async function insertIgnoring(db: Db, generationId: number, rows: RowsKind, batch: BulkRecord[]): Promise<number> {
  if (!isMySql(db)) return insertEmbedded(db, generationId, rows, batch);
  if (!withoutLocalLoad.has(db)) {
    try {
      return await loadLocal(db, generationId, rows, batch);
    } catch (error) {
      if (!isLocalLoadRefused(error)) throw error;
      withoutLocalLoad.add(db);
    }
  }
  return insertMySql(db, generationId, rows, batch);
}

/**
 * Adds records to a generation. Of several with one key the first stays; the others come back, with the position of the one that stayed.
 *
 * Where the two databases differ: MySQL loads the batch as a file that is never one, four times as fast as INSERT, if its server allows it.
 */
export async function insertRecords(
  db: Db,
  generationId: number,
  rows: RowsKind,
  batch: BulkRecord[],
): Promise<{ record: BulkRecord; firstPosition: number }[]> {
  const inserted = await insertIgnoring(db, generationId, rows, batch);
  if (inserted === batch.length) return [];

  const stored = new Map<string, number>();
  for (const part of partsOf(batch, 500)) {
    const keys = part.map((record) => record.key);
    const found = await db('application_records')
      .where({ generation_id: generationId, rows_kind: rows })
      .whereIn('record_key', keys)
      .select('record_key', 'position');
    for (const row of found) stored.set(row.record_key, row.position);
  }
  const duplicates = batch.flatMap((record) => {
    const firstPosition = stored.get(record.key);
    return firstPosition === undefined || firstPosition === record.position ? [] : [{ record, firstPosition }];
  });
  if (inserted + duplicates.length !== batch.length)
    throw new Error(`The database took ${inserted} of ${batch.length} records and ${duplicates.length} are duplicates: some are lost`);
  return duplicates;
}
