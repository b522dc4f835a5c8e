import { randomUUID } from 'node:crypto';
import { batchedLookup, keyList, rowsBy } from '../../database/batched-lookup.ts';
import { type Db, inTransaction, selectRows } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { joinInOrder } from '../../database/join-in-order.ts';
import { nextNumber } from '../../organizations/store/organizations.ts';
import type { ApplicationRow, RowsKind } from './applications.ts';

export type ImportStatus = 'Pending' | 'Running' | 'Finished' | 'Failed' | 'Canceled' | 'Canceling';
export interface RowCounts {
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
  sort_at: Instant;
  log: string | null;
  metrics: string | null;
  /** How far what follows from the records, which readers see already, is synced; null before and after. */
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

const table = 'application_imports';
/** Where imports that have not begun stand in lists: before all others. */
const notBegun: Instant = '9999-12-31 23:59:59.999';
const summaryColumns = ['id', 'environment_id', 'application_id', 'number', 'type', 'status', 'build_start', 'build_end'].map(
  (column) => `${table}.${column}`,
);

/** What imports show of their applications. */
export type ApplicationHead = Pick<ApplicationRow, 'id' | 'name' | 'priority' | 'is_archived' | 'last_updated'>;
type Joined<Row> = Row & Omit<ApplicationHead, 'id'>;
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

/** Newest build first; imports that have not begun before all others. Without logs and metrics, which may be long. */
export async function listApplicationImports(
  db: Db,
  environmentId: string,
  { applicationId, limit, offset }: { applicationId?: string | undefined; limit: number; offset: number },
) {
  const [where, values] = applicationId
    ? [`${table}.environment_id = ? AND ${table}.application_id = ?`, [environmentId, applicationId]]
    : [`${table}.environment_id = ?`, [environmentId]];
  const page = `SELECT ${[...summaryColumns, ...applicationColumns].join(', ')}
    FROM ${table} ${joinInOrder(db, 'applications')} ON applications.id = ${table}.application_id
    WHERE ${where} ORDER BY ${table}.sort_at DESC, ${table}.number DESC LIMIT ? OFFSET ?`;
  const [rows, [count]] = await Promise.all([
    selectRows<Joined<ImportSummaryRow>>(db, page, [...values, limit, offset]),
    selectRows<{ count: number }>(db, `SELECT COUNT(*) AS count FROM ${table} WHERE ${where}`, values),
  ]);
  return { rows: rows.map((row) => withApplication(row)), totalCount: Number(count?.count) };
}

/** The application's newest import, of whatever state. */
export const findLastApplicationImport = (db: Db, applicationId: string): Promise<ImportSummaryRow | undefined> =>
  db(table)
    .where({ application_id: applicationId })
    .orderBy([
      { column: 'sort_at', order: 'desc' },
      { column: 'number', order: 'desc' },
    ])
    .first(...summaryColumns);

/** Records a pending import with the files it already has; runs in a transaction of the caller's or its own. */
export const insertApplicationImport = (
  db: Db,
  now: Date,
  values: Pick<ApplicationImportRow, 'environment_id' | 'application_id' | 'type' | 'created_by'> & { id?: string },
  files: Omit<ImportFileRow, 'application_import_id' | 'position'>[] = [],
): Promise<ApplicationImportRow> =>
  inTransaction(db, async (trx) => {
    const row: ApplicationImportRow = {
      id: randomUUID(),
      number: await nextNumber(trx, values.environment_id, table),
      status: 'Pending',
      created_at: toInstant(now),
      build_start: null,
      build_end: null,
      sort_at: notBegun,
      log: null,
      metrics: null,
      sync_progress: null,
      lease_id: null,
      lease_until: null,
      files_deleted_at: null,
      ...values,
    };
    await trx(table).insert(row);
    await insertImportFiles(trx, row.id, files);
    return row;
  });

export async function insertImportFiles(db: Db, importId: string, files: Omit<ImportFileRow, 'application_import_id' | 'position'>[]) {
  if (files.length === 0) return;
  await db('application_import_files').insert(files.map((file, position) => ({ ...file, position, application_import_id: importId })));
}

const filesByImport = rowsBy<ImportFileRow>('application_import_files', 'application_import_id');

export const listImportFiles = async (db: Db, importId: string): Promise<ImportFileRow[]> =>
  (await filesByImport(db, importId)).sort((one, other) => one.position - other.position);

export const findImportFile = (db: Db, importId: string, id: string): Promise<ImportFileRow | undefined> =>
  db<ImportFileRow>('application_import_files').where({ application_import_id: importId, id }).first();

/** Whether an import of this kind already waits for the application. */
export const hasPendingImport = async (db: Db, applicationId: string, type: ApplicationImportRow['type']): Promise<boolean> =>
  Boolean(await db(table).where({ application_id: applicationId, status: 'Pending', type }).first('id'));

/** Asks an import to stop. False when it had ended, was asked before, or readers see its records already. */
export const moveToCanceling = async (db: Db, environmentId: string, id: string): Promise<boolean> =>
  (await db(table)
    .where({ environment_id: environmentId, id })
    .whereIn('status', ['Pending', 'Running'])
    .whereNull('sync_progress')
    .update({ status: 'Canceling' })) > 0;

/** Imports that ended before `endedBefore` and whose files are still kept. */
export const listImportsWithOldFiles = (db: Db, endedBefore: Date): Promise<{ id: string }[]> =>
  db(table).where('build_end', '<', toInstant(endedBefore)).whereNull('files_deleted_at').limit(100).select('id');

export const updateFilesDeleted = async (db: Db, id: string, now: Date): Promise<void> => {
  await db(table)
    .where({ id })
    .update({ files_deleted_at: toInstant(now) });
};
