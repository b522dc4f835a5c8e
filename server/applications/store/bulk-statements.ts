import type { Db } from '../../database/database.ts';
import type { RowsKind } from './applications.ts';
import type { BulkRecord } from './load-data.ts';

/** A record that was not stored, because an earlier record has the same key. */
export interface Duplicate {
  key: string;
  position: number;
  /** Position of the stored record. */
  firstPosition: number;
}

export interface BulkWriter {
  /** Writes records now or together with later ones. Returns the duplicates found since the previous call. */
  add: (records: BulkRecord[]) => Promise<Duplicate[]>;
  /** Resolves when all records are written. Returns the remaining duplicates. */
  end: () => Promise<Duplicate[]>;
}

export const rowsPerStatement = 100;
const keysPerQuery = 500;

export const slicesOf = <Row>(rows: Row[], size: number) =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => rows.slice(index * size, (index + 1) * size));

export const insertedColumns = 'record_key, position, attributes, person_number, person_email';
export const insertSql = (verb: string, generationId: number, rowsKind: RowsKind, count: number) =>
  `${verb} INTO application_records (generation_id, rows_kind, ${insertedColumns}) VALUES ${Array(count)
    .fill(`(${generationId}, '${rowsKind}', ?, ?, ?, ?, ?)`)
    .join(', ')}`;
export const bindingsOf = (records: BulkRecord[]) =>
  records.flatMap(({ key, position, attributes, personNumber, personEmail }) => [key, position, attributes, personNumber, personEmail]);

/**
 * Returns those records of a batch that were not stored because of an earlier record.
 *
 * Throws if the number of duplicates differs from `expected`, the number of records that were not stored. The database's
 * IGNORE (`INSERT OR IGNORE`, `INSERT IGNORE`, `LOAD DATA … IGNORE`) then dropped records for another reason than a duplicate key.
 */
export async function findDuplicates(
  db: Db,
  generationId: number,
  rowsKind: RowsKind,
  batch: Pick<BulkRecord, 'key' | 'position'>[],
  expected: number,
): Promise<Duplicate[]> {
  if (expected === 0) return [];
  const storedPositions = new Map<string, number>();
  for (const slice of slicesOf(batch, keysPerQuery)) {
    const keys = slice.map((record) => record.key);
    const stored = await db('application_records')
      .where({ generation_id: generationId, rows_kind: rowsKind })
      .whereIn('record_key', keys)
      .select('record_key', 'position');
    for (const row of stored) storedPositions.set(row.record_key, row.position);
  }
  const duplicates = batch.flatMap(({ key, position }) => {
    const firstPosition = storedPositions.get(key);
    return firstPosition === undefined || firstPosition === position ? [] : [{ key, position, firstPosition }];
  });
  if (duplicates.length !== expected)
    throw new Error(
      `The database did not store ${expected} of ${batch.length} records, but the number of duplicates is ${duplicates.length}`,
    );
  return duplicates;
}
