import { type FileGroup, insertApplication } from '../applications/store/applications.ts';
import { dayMs } from '../common/durations.ts';
import type { Db } from '../database/database.ts';
import { toInstant } from '../database/instants.ts';

export const applicationIds = {
  silverlake: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  branch: 'b8c1d2e3-4f5a-6b7c-8d9e-0f1a2b3c4d5e',
  archived: '0d5b7a3c-9e21-4f68-b4d7-8c1f2e3a4b5c',
  directory: '9c8b7a6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d',
};

export const fileGroupIds = {
  silverlakeUsers: 'c5d6e7f8-0000-4000-8000-000000000001',
  branchEmployees: 'a1b2c3d4-0000-0000-0000-000000000001',
  branchPrivileges: 'a1b2c3d4-0000-0000-0000-000000000002',
  directoryPeople: 'c5d6e7f8-0000-4000-8000-000000000003',
};

const fileGroup = (
  id: string,
  name: string,
  rows: FileGroup['rows'],
  columns: FileGroup['columns'],
  options: Partial<FileGroup> = {},
): FileGroup => ({
  id,
  name,
  rows,
  isRequired: true,
  delimiter: ',',
  columns,
  ...options,
});
/** An import schedule that reads one file. */
export const scheduleOf = (fileGroupId: string, path: string, cron: string) => ({ cron, timeZone: 'UTC', files: [{ fileGroupId, path }] });

/** Inserts the applications of the contract's examples. */
export async function insertApplications(db: Db, environment_id: string): Promise<void> {
  const created = new Date('2026-01-05T09:00:00Z');
  const tomorrow = toInstant(new Date(Date.now() + dayMs));
  await insertApplication(db, created, {
    id: applicationIds.silverlake,
    environment_id,
    name: 'Jack Henry Silverlake',
    priority: 'Critical',
    is_granted_at_onboarding: 1,
    connector: {
      name: 'Silverlake user export',
      version: '1.0',
      fileGroups: [fileGroup(fileGroupIds.silverlakeUsers, 'Users', 'users', { key: 'Login', name: 'Full Name', emailAddress: 'E-Mail' })],
    },
    import_schedule: scheduleOf(fileGroupIds.silverlakeUsers, 'silverlake/users.csv', '0 2 * * *'),
    next_run_at: tomorrow,
  });
  await insertApplication(db, created, {
    id: applicationIds.branch,
    environment_id,
    name: 'Branch Teller System',
    priority: 'Moderate',
    connector: {
      name: 'Branch files',
      version: null,
      fileGroups: [
        fileGroup(
          fileGroupIds.branchEmployees,
          'Employees',
          'users',
          { key: 'Employee', name: 'Name', emailAddress: 'Mail', status: 'State' },
          { delimiter: ';' },
        ),
        fileGroup(
          fileGroupIds.branchPrivileges,
          'Privileges',
          'privileges',
          { userKey: 'Employee', name: 'Privilege', value: 'Limit' },
          { isRequired: false },
        ),
      ],
    },
  });
  await insertApplication(db, created, {
    id: applicationIds.archived,
    environment_id,
    name: 'Legacy Loan Archive',
    priority: 'Low',
    is_archived: 1,
  });
  const peopleColumns = {
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
    id: applicationIds.directory,
    environment_id,
    name: 'Corporate Directory',
    priority: 'High',
    connector: {
      name: 'HR export',
      version: null,
      fileGroups: [fileGroup(fileGroupIds.directoryPeople, 'People', 'identities', peopleColumns)],
    },
    import_schedule: scheduleOf(fileGroupIds.directoryPeople, 'directory/people.csv', '30 1 * * *'),
    next_run_at: tomorrow,
  });
}
