import type { Db } from './database.ts';

/** Deletes up to `rowsMax` rows and returns their number. `from` is the rest of the statement after `DELETE FROM`. Both databases know `LIMIT` here. */
export async function deleteSomeRows(db: Db, from: string, values: (string | number)[], rowsMax: number): Promise<number> {
  const deleted = await db.raw(`DELETE FROM ${from} LIMIT ${rowsMax}`, values);
  return Number(deleted.changes ?? deleted[0].affectedRows);
}
