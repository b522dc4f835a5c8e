import { randomUUID } from 'node:crypto';
import { batchedLookupById } from '../../database/batched-lookup.ts';
import { type CountedList, type EntryChange, recordEntryChanges } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { findPage, inOrderOf } from '../../database/list-pages.ts';
import { inTransaction } from '../../database/transactions.ts';

export type RowsKind = 'users' | 'groups' | 'privileges' | 'identities';
export const rowsKinds: readonly RowsKind[] = ['users', 'groups', 'privileges', 'identities'];
export type RecordCounts = Record<RowsKind, number>;

export interface FileGroup {
  id: string;
  name: string;
  rows: RowsKind;
  isRequired: boolean;
  delimiter: ',' | ';' | '\t' | '|';
  columns: Record<string, string>;
}
export interface Connector {
  name: string;
  version: string | null;
  fileGroups: FileGroup[];
}
export interface ImportSchedule {
  cron: string | null;
  timeZone: string;
  files: { fileGroupId: string; path: string }[];
}

export interface ApplicationRow {
  id: string;
  environment_id: string;
  name: string;
  priority: 'None' | 'Low' | 'Moderate' | 'High' | 'Critical';
  is_archived: 0 | 1;
  is_granted_at_onboarding: 0 | 1;
  change_limit_percent: number | null;
  connector: Connector | null;
  import_schedule: ImportSchedule | null;
  next_run_at: Instant | null;
  /** The generation that readers see. Null before the first finished import. */
  generation_id: number | null;
  /** The generation that identities are synced with. Differs from `generation_id` during a sync, and after a failed one. */
  synced_generation_id: number | null;
  last_updated: Instant | null;
  created_at: Instant;
}
export type ApplicationSummaryRow = Pick<ApplicationRow, 'id' | 'name' | 'priority' | 'is_archived' | 'last_updated'>;
export type ApplicationChanges = Partial<
  Pick<
    ApplicationRow,
    | 'name'
    | 'priority'
    | 'is_archived'
    | 'is_granted_at_onboarding'
    | 'change_limit_percent'
    | 'connector'
    | 'import_schedule'
    | 'next_run_at'
  >
>;

/** A row as stored: its JSON columns are text. */
interface StoredRow extends Omit<ApplicationRow, 'connector' | 'import_schedule'> {
  connector: string | null;
  import_schedule: string | null;
}
const fromStored = (row: StoredRow): ApplicationRow => ({
  ...row,
  connector: row.connector && JSON.parse(row.connector),
  import_schedule: row.import_schedule && JSON.parse(row.import_schedule),
});
const jsonOrNull = (value: unknown) => (value ? JSON.stringify(value) : null);
const toStored = <Row extends ApplicationChanges>(row: Row) => ({
  ...row,
  ...('connector' in row && { connector: jsonOrNull(row.connector) }),
  ...('import_schedule' in row && { import_schedule: jsonOrNull(row.import_schedule) }),
});

type ListedApplication = Pick<ApplicationRow, 'id' | 'environment_id' | 'name'>;
/** The order of lists: the name, then the id. The character between them sorts before those of names. */
const sortKeyOf = ({ name, id }: ListedApplication) => `${name}\u0001${id}`;
const applicationListOf = (environment_id: string): CountedList => ({
  table: 'applications',
  order: 'sort_key',
  where: { environment_id },
});
const entryOf = (row: ListedApplication, by: 1 | -1): EntryChange => ({
  list: applicationListOf(row.environment_id),
  key: sortKeyOf(row),
  by,
});

const applicationsById = batchedLookupById<StoredRow>('applications', 'id');

/** Finds an application of an environment. `lock` locks the row until the transaction ends. */
export async function findApplication(
  db: Db,
  environmentId: string,
  id: string,
  { lock = false } = {},
): Promise<ApplicationRow | undefined> {
  const [row]: StoredRow[] = lock
    ? await db<StoredRow>('applications').where({ environment_id: environmentId, id }).forUpdate()
    : await applicationsById(db, id);
  return row?.environment_id === environmentId ? fromStored(row) : undefined;
}

/** Lists a page of the applications of an environment, by name. */
export async function listApplications(db: Db, environmentId: string, slice: { limit: number; offset: number }) {
  const { ids, totalCount } = await findPage(db, applicationListOf(environmentId), slice);
  const rows: StoredRow[] = await db<StoredRow>('applications').whereIn('id', ids);
  return { rows: inOrderOf(ids, rows).map(fromStored), totalCount };
}

export async function insertApplication(
  db: Db,
  now: Date,
  application: Pick<ApplicationRow, 'environment_id' | 'name'> & ApplicationChanges & { id?: string },
): Promise<ApplicationRow> {
  const row: ApplicationRow = {
    id: randomUUID(),
    priority: 'None',
    is_archived: 0,
    is_granted_at_onboarding: 0,
    change_limit_percent: null,
    connector: null,
    import_schedule: null,
    next_run_at: null,
    generation_id: null,
    synced_generation_id: null,
    last_updated: null,
    created_at: toInstant(now),
    ...application,
  };
  await inTransaction(db, async (trx) => {
    await trx('applications').insert({ ...toStored(row), sort_key: sortKeyOf(row) });
    await recordEntryChanges(trx, [entryOf(row, 1)]);
  });
  return row;
}

/** Changes an application. A new name needs a transaction in which the application is locked. */
export async function updateApplication(trx: Db, row: ListedApplication, changes: ApplicationChanges): Promise<void> {
  const renamed = changes.name === undefined || changes.name === row.name ? undefined : { ...row, name: changes.name };
  await trx('applications')
    .where({ id: row.id })
    .update({ ...toStored(changes), ...(renamed && { sort_key: sortKeyOf(renamed) }) });
  if (renamed) await recordEntryChanges(trx, [entryOf(row, -1), entryOf(renamed, 1)]);
}

/** Lists the applications that an onboarding grants, by name, without archived ones. */
export async function listApplicationsGrantedAtOnboarding(db: Db, environmentId: string): Promise<Pick<ApplicationRow, 'id'>[]> {
  return db('applications')
    .where({ environment_id: environmentId, is_granted_at_onboarding: 1, is_archived: 0 })
    .orderBy(['name', 'id'])
    .select('id');
}

/** Returns the summaries of applications, in any order. */
export const listApplicationsById = (db: Db, ids: readonly string[]): Promise<ApplicationSummaryRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db('applications').whereIn('id', ids).select('id', 'name', 'priority', 'is_archived', 'last_updated');

/** Lists up to 100 applications whose next scheduled import is due. */
export async function listDueApplications(db: Db, now: Date): Promise<ApplicationRow[]> {
  const rows: StoredRow[] = await db<StoredRow>('applications').where('next_run_at', '<=', toInstant(now)).limit(100);
  return rows.map(fromStored);
}

/** Advances the next run of a schedule. Returns false if another process did so first and thus stages this run. */
export const moveNextRun = async (db: Db, application: ApplicationRow, nextRunAt: Instant | null): Promise<boolean> =>
  (await db('applications').where({ id: application.id, next_run_at: application.next_run_at }).update({ next_run_at: nextRunAt })) > 0;
