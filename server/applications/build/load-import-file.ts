import type { Readable } from 'node:stream';
import type { Db } from '../../database/database.ts';
import { missingColumns, recordReader } from '../row-fields.ts';
import type { ImportFileRow } from '../store/application-imports.ts';
import type { FileGroup, RowsKind } from '../store/applications.ts';
import { createBulkWriter, type Duplicate } from '../store/bulk-records.ts';
import type { BulkRecord } from '../store/load-data.ts';
import { CsvError, type CsvRow, csvRows } from './csv-rows.ts';
import type { ImportLog } from './import-log.ts';

/** A file that does not fit its file group, in words for the import's log. */
export class LoadError extends Error {}

const quoted = (names: string[]) => names.map((name) => `"${name}"`).join(', ');

function headerOf(group: FileGroup, name: string, row: CsvRow | undefined): string[] {
  if (!row) throw new LoadError(`${group.name}: ${name} is empty; it needs at least a line with column names`);
  if (row.fault)
    throw new LoadError(`${group.name}: ${name} line ${row.line}, which should be the column names, can't be read: ${row.fault}`);
  const missing = missingColumns(group, row.values);
  if (missing.length > 0)
    throw new LoadError(
      `${group.name}: ${name} has no column ${quoted(missing)}; it has ${row.values.length <= 50 ? quoted(row.values) : `${row.values.length} others`}`,
    );
  return row.values;
}

/**
 * Loads the files of one build, one after another, into its generation. The loader remembers where each file began, so that a key that comes
 * twice can be traced to its first line, in whichever file.
 *
 * Bad rows go into the log and the rest goes on. Throws `LoadError` when a file can't be used at all.
 */
export function createFileLoader(db: Db, generationId: number, log: ImportLog, heartbeat: () => Promise<void>, rowsPerLoad?: number) {
  const begins: { rows: RowsKind; offset: number; name: string }[] = [];
  let offset = 0;

  const placeOf = (rows: RowsKind, position: number) => {
    const file = begins.findLast((begin) => begin.rows === rows && begin.offset < position);
    return `line ${position - (file?.offset ?? 0)} of ${file?.name}`;
  };

  return async (group: FileGroup, file: ImportFileRow, content: Readable): Promise<{ read: number; rejected: number }> => {
    const fileLog = log.forFile(group.name, file.name);
    fileLog.begin(Number(file.bytes));
    begins.push({ rows: group.rows, offset, name: file.name });
    const writer = createBulkWriter(db, generationId, group.rows, rowsPerLoad);
    const rejectDuplicates = (duplicates: Duplicate[]) => {
      for (const { position, firstPosition } of duplicates)
        fileLog.reject(position - offset, 'the same key came before', `, on ${placeOf(group.rows, firstPosition)}`);
    };
    let toRecord: ReturnType<typeof recordReader> | undefined;
    let read = 0;
    let line = 0;

    try {
      for await (const rows of csvRows(content, group.delimiter)) {
        const records: BulkRecord[] = [];
        for (const row of rows) {
          line = row.line;
          if (!toRecord) {
            toRecord = recordReader(group, headerOf(group, file.name, row));
            continue;
          }
          read++;
          const record = row.fault === undefined ? toRecord(row.values) : { fault: row.fault };
          if ('fault' in record) fileLog.reject(row.line, record.fault);
          else records.push({ ...record, position: offset + row.line });
        }
        await heartbeat();
        rejectDuplicates(await writer.add(records));
      }
      if (!toRecord) headerOf(group, file.name, undefined);
      rejectDuplicates(await writer.end());
    } catch (error) {
      // What is being written must be written before anybody sweeps it away.
      await writer.end().catch(() => {});
      throw error instanceof CsvError ? new LoadError(`${group.name}: ${file.name} ${error.message}`) : error;
    } finally {
      content.destroy();
    }
    offset += line;
    fileLog.end(read);
    return { read, rejected: fileLog.rejected() };
  };
}
