import { buildNextApplicationImport } from '../applications/build/build-application-import.ts';
import type { ImportFiles } from '../applications/import-files.ts';
import { insertApplicationImport } from '../applications/store/application-imports.ts';
import { type FileGroup, insertApplication, updateApplication } from '../applications/store/applications.ts';
import { dayMs } from '../common/durations.ts';
import type { Log } from '../common/process-log.ts';
import { type Db, inTransaction } from '../database/database.ts';
import { toInstant } from '../database/instants.ts';
import { insertOrganization, setNumber } from '../organizations/store/organizations.ts';
import { syncIdentities } from '../people/sync-identities.ts';
import { seedFacts } from './seed-facts.ts';
import { seedLog } from './seed-log.ts';
import { seedEvents, seedIdentities } from './seed-people.ts';
import { hris, insertTokens } from './seed-tokens.ts';

export const ids = {
  silverlake: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  branch: 'b8c1d2e3-4f5a-6b7c-8d9e-0f1a2b3c4d5e',
  archived: '0d5b7a3c-9e21-4f68-b4d7-8c1f2e3a4b5c',
  directory: '9c8b7a6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d',
  silverlakeUsers: 'c5d6e7f8-0000-4000-8000-000000000001',
  branchEmployees: 'a1b2c3d4-0000-0000-0000-000000000001',
  branchPrivileges: 'a1b2c3d4-0000-0000-0000-000000000002',
  directoryPeople: 'c5d6e7f8-0000-4000-8000-000000000003',
};

const places = {
  organization: '00a1b2c3-0000-4000-8000-000000000001',
  project: '00a1b2c3-0000-4000-8000-000000000002',
  environment: '00a1b2c3-0000-4000-8000-000000000003',
};

const group = (
  id: string,
  name: string,
  rows: FileGroup['rows'],
  columns: FileGroup['columns'],
  more: Partial<FileGroup> = {},
): FileGroup => ({
  id,
  name,
  rows,
  isRequired: true,
  delimiter: ',',
  columns,
  ...more,
});
const scheduled = (fileGroupId: string, path: string, cron: string) => ({ cron, timeZone: 'UTC', files: [{ fileGroupId, path }] });

async function insertApplications(db: Db, environment_id: string): Promise<void> {
  const created = new Date('2026-01-05T09:00:00Z');
  const tomorrow = toInstant(new Date(Date.now() + dayMs));
  await insertApplication(db, created, {
    id: ids.silverlake,
    environment_id,
    name: 'Jack Henry Silverlake',
    priority: 'Critical',
    is_granted_at_onboarding: 1,
    connector: {
      name: 'Silverlake user export',
      version: '1.0',
      fileGroups: [group(ids.silverlakeUsers, 'Users', 'users', { key: 'Login', name: 'Full Name', emailAddress: 'E-Mail' })],
    },
    import_schedule: scheduled(ids.silverlakeUsers, 'silverlake/users.csv', '0 2 * * *'),
    next_run_at: tomorrow,
  });
  await insertApplication(db, created, {
    id: ids.branch,
    environment_id,
    name: 'Branch Teller System',
    priority: 'Moderate',
    connector: {
      name: 'Branch files',
      version: null,
      fileGroups: [
        group(
          ids.branchEmployees,
          'Employees',
          'users',
          { key: 'Employee', name: 'Name', emailAddress: 'Mail', status: 'State' },
          { delimiter: ';' },
        ),
        group(
          ids.branchPrivileges,
          'Privileges',
          'privileges',
          { userKey: 'Employee', name: 'Privilege', value: 'Limit' },
          { isRequired: false },
        ),
      ],
    },
  });
  await insertApplication(db, created, { id: ids.archived, environment_id, name: 'Legacy Loan Archive', priority: 'Low', is_archived: 1 });
  const people = {
    key: 'employeeNumber',
    firstName: 'givenName',
    lastName: 'sn',
    emailAddress: 'mail',
    title: 'title',
    company: 'company',
    division: 'division',
    department: 'department',
    office: 'office',
    supervisorKey: 'manager',
    status: 'status',
    createdDate: 'createdDate',
    updatedDate: 'updatedDate',
  };
  await insertApplication(db, created, {
    id: ids.directory,
    environment_id,
    name: 'Corporate Directory',
    priority: 'High',
    connector: { name: 'HR export', version: null, fileGroups: [group(ids.directoryPeople, 'People', 'identities', people)] },
    import_schedule: scheduled(ids.directoryPeople, 'directory/people.csv', '30 1 * * *'),
    next_run_at: tomorrow,
  });
}

/** The past of the sandbox: imports that were really built, at the times the contract's examples tell. */
async function buildImports(db: Db, importFiles: ImportFiles, log: Log, environment_id: string): Promise<void> {
  const build = async (
    number: number,
    at: string,
    application_id: string,
    values: { id?: string; type?: 'Scheduled' | 'API'; created_by?: string },
  ) => {
    const clock = () => new Date(at);
    await inTransaction(db, async (trx) => {
      await setNumber(trx, environment_id, 'application_imports', number - 1);
      await insertApplicationImport(trx, clock(), { environment_id, application_id, type: 'Scheduled', created_by: 'Schedule', ...values });
    });
    await buildNextApplicationImport({
      db,
      importFiles,
      clock,
      log,
      leaseMs: 60_000,
      renewMs: 1_000,
      stop: new AbortController().signal,
      syncIdentities,
    });
  };
  const readFrom = (path: string) =>
    updateApplication(db, ids.silverlake, { import_schedule: scheduled(ids.silverlakeUsers, path, '0 2 * * *') });
  await readFrom('silverlake/users-before.csv');
  await build(42, '2026-02-18T08:00:00Z', ids.silverlake, {
    id: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
    type: 'API',
    created_by: 'API Token - HRIS Integration',
  });
  await build(45, '2026-02-19T01:30:00Z', ids.directory, {});
  await readFrom('silverlake/missing.csv');
  await build(46, '2026-02-19T02:00:00Z', ids.silverlake, { id: 'e0f1a2b3-c4d5-4e6f-8a7b-9c0d1e2f3a4b' });
  await readFrom('silverlake/users.csv');
  await build(47, '2026-02-20T08:15:00Z', ids.silverlake, { id: 'f1e2d3c4-b5a6-9788-7654-321fedcba098' });
}

/** Everything the contract's examples name, on an empty database. */
export async function seed(db: Db, logDb: Db, importFiles: ImportFiles, log: Log): Promise<void> {
  const organization = await inTransaction(db, async (trx) => {
    const made = await insertOrganization(trx, new Date('2026-01-05T09:00:00Z'), { organization: 'default', isHost: true }, places);
    await insertTokens(trx, made.id);
    await insertApplications(trx, made.default_environment_id);
    await seedIdentities(trx, made.default_environment_id, ids.directory);
    return made;
  });
  await buildImports(db, importFiles, log, organization.default_environment_id);
  await seedEvents(db, organization.default_environment_id, ids.silverlake, { id: hris, name: 'API Token - HRIS Integration' });
  await seedLog(logDb, { organizationId: places.organization, environmentId: places.environment, id: hris, name: 'HRIS Integration' });
  await seedFacts(db, { organizationId: places.organization, projectId: places.project, environmentId: places.environment });
}
