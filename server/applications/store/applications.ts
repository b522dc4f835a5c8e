import { randomUUID } from 'node:crypto';
import { batchedLookupById } from '../../database/batched-lookup.ts';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';

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
  /** What readers see: the records of this generation, or none. */
  generation_id: number | null;
  /** The generation that identities are of; another one only while an import carries them over. */
  synced_generation_id: number | null;
  last_updated: Instant | null;
  created_at: Instant;
}
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

interface Stored extends Omit<ApplicationRow, 'connector' | 'import_schedule'> {
  connector: string | null;
  import_schedule: string | null;
}
const fromStored = (row: Stored): ApplicationRow => ({
  ...row,
  connector: row.connector && JSON.parse(row.connector),
  import_schedule: row.import_schedule && JSON.parse(row.import_schedule),
});
const textOf = (value: unknown) => (value ? JSON.stringify(value) : null);
const toStored = <Row extends ApplicationChanges>(row: Row) => ({
  ...row,
  ...('connector' in row && { connector: textOf(row.connector) }),
  ...('import_schedule' in row && { import_schedule: textOf(row.import_schedule) }),
});

const applicationsById = batchedLookupById<Stored>('applications', 'id');

/** `lock` keeps others from changing the row until the transaction ends. */
export async function findApplication(
  db: Db,
  environmentId: string,
  id: string,
  { lock = false } = {},
): Promise<ApplicationRow | undefined> {
  const [row]: Stored[] = lock
    ? await db<Stored>('applications').where({ environment_id: environmentId, id }).forUpdate()
    : await applicationsById(db, id);
  return row?.environment_id === environmentId ? fromStored(row) : undefined;
}

export async function listApplications(db: Db, environmentId: string, { limit, offset }: { limit: number; offset: number }) {
  const all = () => db<Stored>('applications').where({ environment_id: environmentId });
  const rows: Stored[] = await all().orderBy('name').orderBy('id').limit(limit).offset(offset);
  const [count] = await all().count({ count: '*' });
  return { rows: rows.map(fromStored), totalCount: Number(count?.count) };
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
  await db('applications').insert(toStored(row));
  return row;
}

export const updateApplication = async (db: Db, id: string, changes: ApplicationChanges): Promise<void> => {
  await db('applications').where({ id }).update(toStored(changes));
};

/** By name; archived ones grant nothing. */
export async function listApplicationsGrantedAtOnboarding(db: Db, environmentId: string): Promise<Pick<ApplicationRow, 'id'>[]> {
  return db('applications')
    .where({ environment_id: environmentId, is_granted_at_onboarding: 1, is_archived: 0 })
    .orderBy(['name', 'id'])
    .select('id');
}

/** What lists of other things show of applications. */
export const listApplicationsById = (
  db: Db,
  ids: readonly string[],
): Promise<Pick<ApplicationRow, 'id' | 'name' | 'priority' | 'is_archived' | 'last_updated'>[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db('applications').whereIn('id', ids).select('id', 'name', 'priority', 'is_archived', 'last_updated');

/** Applications whose schedule says that an import is due. */
export async function listDueApplications(db: Db, now: Date): Promise<ApplicationRow[]> {
  const rows: Stored[] = await db<Stored>('applications').where('next_run_at', '<=', toInstant(now)).limit(100);
  return rows.map(fromStored);
}

/** Moves a schedule on; false when another process has done so already, which then owns this run. */
export const moveNextRun = async (db: Db, application: ApplicationRow, nextRunAt: Instant | null): Promise<boolean> =>
  (await db('applications').where({ id: application.id, next_run_at: application.next_run_at }).update({ next_run_at: nextRunAt })) > 0;
