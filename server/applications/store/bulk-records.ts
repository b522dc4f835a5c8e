import { type Db, isMySql } from '../../database/database.ts';
import { inTransaction } from '../../database/transactions.ts';
import type { RowsKind } from './applications.ts';
import { type BulkWriter, bindingsOf, findDuplicates, insertSql, rowsPerStatement, slicesOf } from './bulk-statements.ts';
import type { BulkRecord } from './load-data.ts';
import { mySqlWriter } from './mysql-bulk-writer.ts';

/** Maximum rows of one MySQL load. */
export const rowsPerLoad = 50_000;

interface EmbeddedConnection {
  prepare: (sql: string) => { run: (bindings: unknown[]) => { changes: number } };
}

/** Bypasses knex, because its handling of the bindings takes as long as the insert itself. */
function embeddedWriter(db: Db, generationId: number, rowsKind: RowsKind): BulkWriter {
  const add = async (records: BulkRecord[]) => {
    if (records.length === 0) return [];
    const inserted = await inTransaction(db, async (trx) => {
      const connection: EmbeddedConnection = await trx.client.acquireConnection();
      let changes = 0;
      for (const slice of slicesOf(records, rowsPerStatement))
        changes += connection.prepare(insertSql('INSERT OR IGNORE', generationId, rowsKind, slice.length)).run(bindingsOf(slice)).changes;
      return changes;
    });
    return findDuplicates(db, generationId, rowsKind, records, records.length - inserted);
  };
  return { add, end: async () => [] };
}

/**
 * Creates a writer that adds many records to a generation. Of several records with the same key, only the first is stored.
 *
 * On SQLite, the writer inserts many rows per statement. On MySQL, it streams the records to LOAD DATA LOCAL, which is twice as fast as INSERT. If
 * the database server refuses LOAD DATA LOCAL, the writer uses INSERT.
 */
export const createBulkWriter = (db: Db, generationId: number, rowsKind: RowsKind, rowsMax: number = rowsPerLoad): BulkWriter =>
  isMySql(db) ? mySqlWriter(db, generationId, rowsKind, rowsMax) : embeddedWriter(db, generationId, rowsKind);
