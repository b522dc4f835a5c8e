import type { Readable } from 'node:stream';
import type { Db } from '../../database/database.ts';
import type { ImportFileRow } from '../store/application-imports.ts';
import type { FileGroup, RowsKind } from '../store/applications.ts';
import { createBulkWriter } from '../store/bulk-records.ts';
import type { Duplicate } from '../store/bulk-statements.ts';
import type { BulkRecord } from '../store/load-data.ts';
import { CsvError, type CsvRow, csvRows } from './csv-rows.ts';
import type { ImportLog } from './import-log.ts';
import { createRecordParser, missingColumns } from './record-parser.ts';

/** Thrown for a file that can't be loaded into its file group. The message goes into the import's log. */
export class LoadError extends Error {}

const columnsMax = 1000;
const nameCharactersListedMax = 100;
const quoteNames = (names: string[]) => names.map((name) => JSON.stringify(name.slice(0, nameCharactersListedMax))).join(', ');

/** Returns the column names of a file. Throws `LoadError` if they are unreadable or a mapped column is missing. */
function headerOf(group: FileGroup, name: string, row: CsvRow | undefined): string[] {
  if (!row) throw new LoadError(`${group.name}: ${name} is empty; it needs at least a line with column names`);
  if (row.fault)
    throw new LoadError(`${group.name}: ${name} line ${row.line}, which should be the column names, can't be read: ${row.fault}`);
  if (row.values.length > columnsMax)
    throw new LoadError(`${group.name}: ${name} has ${row.values.length.toLocaleString('en-US')} columns; the maximum is 1,000`);
  const missing = missingColumns(group, row.values);
  if (missing.length > 0)
    throw new LoadError(
      `${group.name}: ${name} has no column ${quoteNames(missing)}; it has ${row.values.length <= 50 ? quoteNames(row.values) : `${row.values.length} other columns`}`,
    );
  return row.values;
}

/**
 * Returns a function that loads one file into the generation of a build and returns its counts. The files of a build must be loaded in sequence.
 *
 * Rejected rows are logged, and the remaining rows are loaded. A duplicate key is logged with the line of its first occurrence, in any of the
 * files. Throws `LoadError` if a file can't be loaded at all.
 */
export function createFileLoader(db: Db, generationId: number, log: ImportLog, heartbeat: () => Promise<void>, rowsPerLoad?: number) {
  // A record's position is its line plus the number of lines in all earlier files, so that positions are unique in a build.
  const loadedFiles: { rowsKind: RowsKind; offset: number; name: string }[] = [];
  let offset = 0;

  const lineOf = (rowsKind: RowsKind, position: number) => {
    const file = loadedFiles.findLast((loaded) => loaded.rowsKind === rowsKind && loaded.offset < position);
    return `line ${position - (file?.offset ?? 0)} of ${file?.name}`;
  };

  return async (group: FileGroup, file: ImportFileRow, content: Readable): Promise<{ read: number; rejected: number }> => {
    const fileLog = log.forFile(group.name, file.name);
    fileLog.begin(Number(file.bytes));
    loadedFiles.push({ rowsKind: group.rows, offset, name: file.name });
    const writer = createBulkWriter(db, generationId, group.rows, rowsPerLoad);
    const logDuplicates = (duplicates: Duplicate[]) => {
      for (const { position, firstPosition } of duplicates)
        fileLog.logRejection(position - offset, 'the same key came before', `, on ${lineOf(group.rows, firstPosition)}`);
    };
    let parseRecord: ReturnType<typeof createRecordParser> | undefined;
    let read = 0;
    let line = 0;

    try {
      for await (const rows of csvRows(content, group.delimiter)) {
        const records: BulkRecord[] = [];
        for (const row of rows) {
          line = row.line;
          if (!parseRecord) {
            parseRecord = createRecordParser(group, headerOf(group, file.name, row));
            continue;
          }
          read++;
          const record = row.fault === undefined ? parseRecord(row.values) : { fault: row.fault };
          if ('fault' in record) fileLog.logRejection(row.line, record.fault);
          else records.push({ ...record, position: offset + row.line });
        }
        await heartbeat();
        logDuplicates(await writer.add(records));
      }
      if (!parseRecord) headerOf(group, file.name, undefined);
      logDuplicates(await writer.end());
    } catch (error) {
      // Waits for the load in progress. Otherwise it could write records after the generation is cleaned up, and nothing would delete them.
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
