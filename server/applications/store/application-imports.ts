import { randomUUID } from 'node:crypto';
import { batchedLookup, batchedLookupById, keyList } from '../../database/batched-lookup.ts';
import { type Db, selectRows } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { joinInOrder } from '../../database/join-in-order.ts';
import { findPage, inOrderOf } from '../../database/list-pages.ts';
import { inTransaction } from '../../database/transactions.ts';
import { nextNumber } from '../../organizations/store/sequences.ts';
import type { ApplicationRow, ApplicationSummaryRow, RowsKind } from './applications.ts';
import { importListOf, importSortKeyOf, recordImport } from './import-lists.ts';
import { addToQueue, isQueueFull, QueueFull } from './import-queues.ts';

type ImportStatus = 'Pending' | 'Running' | 'Finished' | 'Failed' | 'Canceled' | 'Canceling';
interface RowCounts {
  read: number;
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
  rejected: number;
}
export type ImportMetrics = Record<RowsKind, RowCounts> & { durationMs: number };

export interface ApplicationImportRow {
  id: string;
  environment_id: string;
  application_id: string;
  number: number;
  type: 'Scheduled' | 'Manual' | 'API';
  status: ImportStatus;
  created_by: string;
  created_at: Instant;
  build_start: Instant | null;
  build_end: Instant | null;
  /** The order of lists; see `importSortKeyOf`. */
  sort_key: string;
  log: string | null;
  metrics: string | null;
  /**
   * Progress of the sync of identities after the switch, as JSON that `people/sync-identities.ts` writes. Empty until the sync begins. Null before
   * the switch, after the sync, and if no sync is needed.
   */
  sync_progress: string | null;
  lease_id: string | null;
  lease_until: Instant | null;
  files_deleted_at: Instant | null;
}
export type ImportSummaryRow = Omit<ApplicationImportRow, 'log' | 'metrics' | 'sync_progress'>;

export interface ImportFileRow {
  id: string;
  application_import_id: string;
  file_group_id: string;
  file_group: string;
  position: number;
  name: string;
  bytes: number;
  sha256: Buffer;
}

type NewImportFile = Omit<ImportFileRow, 'application_import_id' | 'position'>;

const table = 'application_imports';
const summaryColumns = ['id', 'environment_id', 'application_id', 'number', 'type', 'status', 'build_start', 'build_end'].map(
  (column) => `${table}.${column}`,
);

/** A row of an import joined with the summary of its application. */
type Joined<Row> = Row & Omit<ApplicationSummaryRow, 'id'>;
const applicationColumns = ['name', 'priority', 'is_archived', 'last_updated'].map((column) => `applications.${column}`);
const withApplication = <Row extends { application_id: string }>({ name, priority, is_archived, last_updated, ...row }: Joined<Row>) => ({
  ...row,
  application: { id: row.application_id, name, priority, is_archived, last_updated },
});

const importsById = batchedLookup<Joined<ApplicationImportRow>>(
  (db, ids) => {
    const { marks, values } = keyList(ids);
    const sql = `SELECT ${table}.*, ${applicationColumns.join(', ')}
      FROM ${table} ${joinInOrder(db, 'applications')} ON applications.id = ${table}.application_id WHERE ${table}.id IN (${marks})`;
    return selectRows(db, sql, values);
  },
  ({ id }) => id.toLowerCase(),
);

export async function findApplicationImport(db: Db, environmentId: string, id: string) {
  const [row] = await importsById(db, id.toLowerCase());
  return row?.environment_id === environmentId ? withApplication(row) : undefined;
}

/** Lists imports without logs and metrics, which may be long: first those that have not started, then the newest build first. */
export async function listApplicationImports(
  db: Db,
  environmentId: string,
  { applicationId, ...slice }: { applicationId?: string | undefined; limit: number; offset: number },
) {
  const { ids, totalCount } = await findPage(db, importListOf(environmentId, applicationId), slice, 'desc');
  if (ids.length === 0) return { rows: [], totalCount };
  const { marks, values } = keyList(ids);
  const sql = `SELECT ${[...summaryColumns, ...applicationColumns].join(', ')}
    FROM ${table} ${joinInOrder(db, 'applications')} ON applications.id = ${table}.application_id WHERE ${table}.id IN (${marks})`;
  const rows = await selectRows<Joined<ImportSummaryRow>>(db, sql, values);
  return { rows: inOrderOf(ids, rows).map((row) => withApplication(row)), totalCount };
}

/** Finds the latest import of an application, with any status. It is the import that lists show first. */
export const findLastApplicationImport = (
  db: Db,
  { id, environment_id }: Pick<ApplicationRow, 'id' | 'environment_id'>,
): Promise<ImportSummaryRow | undefined> =>
  db(table).where({ application_id: id, environment_id }).orderBy('sort_key', 'desc').first(summaryColumns);

/**
 * Inserts a pending import with its uploaded files, in the caller's transaction or its own.
 *
 * Throws `QueueFull` if the environment has `openImportsMax` open imports. The lock of the environment's number makes this exact.
 */
export const insertApplicationImport = (
  db: Db,
  now: Date,
  values: Pick<ApplicationImportRow, 'environment_id' | 'application_id' | 'type' | 'created_by'> & { id?: string },
  files: NewImportFile[] = [],
  openImportsMax = Number.POSITIVE_INFINITY,
): Promise<ApplicationImportRow> =>
  inTransaction(db, async (trx) => {
    const number = await nextNumber(trx, values.environment_id, table);
    if (openImportsMax !== Number.POSITIVE_INFINITY && (await isQueueFull(trx, values.environment_id, openImportsMax)))
      throw new QueueFull();
    await addToQueue(trx, values.environment_id);
    const row: ApplicationImportRow = {
      id: randomUUID(),
      number,
      status: 'Pending',
      created_at: toInstant(now),
      build_start: null,
      build_end: null,
      sort_key: importSortKeyOf({ build_start: null, number }),
      log: null,
      metrics: null,
      sync_progress: null,
      lease_id: null,
      lease_until: null,
      files_deleted_at: null,
      ...values,
    };
    await trx(table).insert(row);
    await recordImport(trx, row);
    await insertImportFiles(trx, row.id, files);
    return row;
  });

export async function insertImportFiles(db: Db, importId: string, files: NewImportFile[]) {
  if (files.length === 0) return;
  await db('application_import_files').insert(files.map((file, position) => ({ ...file, position, application_import_id: importId })));
}

const filesByImport = batchedLookupById<ImportFileRow>('application_import_files', 'application_import_id');

export const listImportFiles = async (db: Db, importId: string): Promise<ImportFileRow[]> =>
  (await filesByImport(db, importId)).sort((left, right) => left.position - right.position);

export const findImportFile = (db: Db, importId: string, id: string): Promise<ImportFileRow | undefined> =>
  db<ImportFileRow>('application_import_files').where({ application_import_id: importId, id }).first();

/** Returns those of the ids that are import files of a row. */
export async function listExistingFileIds(db: Db, ids: string[]): Promise<Set<string>> {
  return new Set(await db('application_import_files').whereIn('id', ids).pluck('id'));
}

/** Returns whether the application has a pending import of this type. */
export const hasPendingImport = async (db: Db, applicationId: string, type: ApplicationImportRow['type']): Promise<boolean> =>
  Boolean(await db(table).where({ application_id: applicationId, status: 'Pending', type }).first('id'));

/** Requests the cancellation of an import. Returns false if it has ended, is already being canceled, or its generation is already switched. */
export const moveToCanceling = async (db: Db, environmentId: string, id: string): Promise<boolean> =>
  (await db(table)
    .where({ environment_id: environmentId, id })
    .whereIn('status', ['Pending', 'Running'])
    .whereNull('sync_progress')
    .update({ status: 'Canceling' })) > 0;

/** Lists up to 100 imports that ended before `endedBefore` and whose files are not deleted. */
export const listImportsWithOldFiles = (db: Db, endedBefore: Date): Promise<{ id: string }[]> =>
  db(table).where('build_end', '<', toInstant(endedBefore)).whereNull('files_deleted_at').limit(100).select('id');

export const markFilesDeleted = async (db: Db, id: string, now: Date): Promise<void> => {
  await db(table)
    .where({ id })
    .update({ files_deleted_at: toInstant(now) });
};
