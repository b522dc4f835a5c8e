import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createApplication, getApplication, listApplications, stageApplicationImport } from '../../../generated/sdk.gen.ts';
import { givenTenant, type Tenant, usersCsv } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof createApplication>[0]['body'];

const create = ({ writer }: Tenant, body: unknown) => createApplication({ client: writer.client, body: body as Body });
const countOf = async ({ environmentId }: Tenant) => (await server.db('applications').where({ environment_id: environmentId })).length;

const id = 'c5d6e7f8-0000-4000-8000-000000000001';
const users = (values: object = {}) => ({ id, name: 'Users', rows: 'users', columns: { key: 'Login', name: 'Full Name' }, ...values });
const connector = (...fileGroups: object[]) => ({ name: 'Silverlake user export', fileGroups });
const schedule = (values: object = {}) => ({ cron: '0 2 * * *', files: [{ fileGroupId: id, path: 'silverlake/users.csv' }], ...values });

const refusal = async (body: object) => {
  const tenant = await givenTenant(server);
  const { error, response } = await create(tenant, { name: 'Silverlake', ...body });
  expect([response?.status, error?.error, await countOf(tenant)]).toEqual([400, 'validation_error', 0]);
  return error?.errors;
};

it('201: only the organization that created an application can see it', async () => {
  const tenant = await givenTenant(server);
  const otherTenant = await givenTenant(server);
  const { data } = await create(tenant, { name: 'Silverlake' });
  const path = { id: data?.id as string };
  expect((await getApplication({ client: otherTenant.administrator.client, path })).response?.status).toBe(404);
  expect((await listApplications({ client: otherTenant.administrator.client })).data?.items).toEqual([]);
  expect((await getApplication({ client: tenant.reader.client, path })).data).toEqual(data);
});

it('201: needs only a name; all other fields have defaults', async () => {
  const { data, response } = await create(await givenTenant(server), { name: 'Branch Safe Deposit' });
  expect(response?.status).toBe(201);
  expect(data).toEqual({
    id: data?.id,
    kind: 'Application',
    name: 'Branch Safe Deposit',
    priority: 'None',
    isArchived: false,
    lastUpdated: null,
    isGrantedAtOnboarding: false,
    changeLimitPercent: null,
    connector: null,
    importSchedule: null,
    lastImport: null,
    recordCounts: { users: 0, groups: 0, privileges: 0, identities: 0 },
  });
});

it('201: stores all given fields, sets defaults for the others, and can be imported at once', async () => {
  const tenant = await givenTenant(server);
  const optional = { name: 'Groups', rows: 'groups', isRequired: false, delimiter: ';', columns: { key: 'Group' } };
  const { data } = await create(tenant, {
    name: 'Jack Henry Silverlake 🏦',
    priority: 'Critical',
    isGrantedAtOnboarding: true,
    changeLimitPercent: 20,
    connector: connector(users(), optional),
    importSchedule: { files: [{ fileGroupId: id.toUpperCase(), path: 'silverlake/users.csv' }] },
  });
  const generatedId = data?.connector?.fileGroups[1]?.id as string;
  expect(generatedId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(data).toMatchObject({
    name: 'Jack Henry Silverlake 🏦',
    priority: 'Critical',
    isGrantedAtOnboarding: true,
    changeLimitPercent: 20,
    connector: {
      name: 'Silverlake user export',
      version: null,
      isFileBased: true,
      fileGroups: [
        { ...users(), isRequired: true, delimiter: ',' },
        { ...optional, id: generatedId },
      ],
    },
    importSchedule: { cron: null, timeZone: 'UTC', nextRunDate: null },
  });
  expect((await getApplication({ client: tenant.reader.client, path: { id: data?.id as string } })).data).toEqual(data);

  server.share(tenant, usersCsv('ann'), 'silverlake/users.csv');
  await stageApplicationImport({ client: tenant.writer.client, body: { applicationId: data?.id as string } });
  await server.build();
  const { data: built } = await getApplication({ client: tenant.reader.client, path: { id: data?.id as string } });
  expect([built?.lastImport?.status, built?.recordCounts.users]).toEqual(['Finished', 1]);
});

it('400: names all invalid fields in one response', async () => {
  const groups = [users({ id: 'users', rows: 'accounts', delimiter: ':', columns: { Login: 'Login', key: '' } }), { name: 'Groups' }];
  expect(
    await refusal({
      name: '\t',
      priority: 'Urgent',
      isArchived: 'no',
      isGrantedAtOnboarding: 'yes',
      changeLimitPercent: -1,
      connector: connector(...groups),
      owner: 'me',
    }),
  ).toEqual([
    { field: 'owner', message: 'Is not a known field' },
    { field: 'name', message: 'Must not be blank or hold control characters' },
    { field: 'priority', message: 'Must be one of None, Low, Moderate, High, Critical' },
    { field: 'isArchived', message: 'Must be true or false' },
    { field: 'isGrantedAtOnboarding', message: 'Must be true or false' },
    { field: 'changeLimitPercent', message: 'Must be at least 0' },
    { field: 'connector.fileGroups.0.id', message: 'Must be a GUID' },
    { field: 'connector.fileGroups.0.rows', message: 'Must be one of users, groups, privileges, identities' },
    { field: 'connector.fileGroups.0.delimiter', message: 'Must be one of ",", ";", "\\t", "|"' },
    {
      field: 'connector.fileGroups.0.columns.Login',
      message: 'Must be a field name: a lower-case letter, then at most 49 letters and digits',
    },
    { field: 'connector.fileGroups.0.columns.key', message: 'Must not be empty' },
    { field: 'connector.fileGroups.1.rows', message: 'Is required' },
    { field: 'connector.fileGroups.1.columns', message: 'Is required' },
  ]);
  expect(await refusal({ name: undefined, connector: connector() })).toEqual([
    { field: 'name', message: 'Is required' },
    { field: 'connector.fileGroups', message: 'Must have at least 1 entry' },
  ]);
});

it('400: rejects a connector with unknown or missing fields or a repeated file group id', async () => {
  const privileges = { name: 'Privileges', rows: 'privileges', columns: { value: 'Value' } };
  expect(
    await refusal({
      connector: connector(users({ columns: { name: 'Name', title: 'Title' } }), users({ id: id.toUpperCase() }), privileges),
    }),
  ).toEqual([
    {
      field: 'connector.fileGroups.0.columns.title',
      message: 'Is not a field of users; possible fields: key, name, emailAddress, employeeNumber, status, description, lastLoginDate',
    },
    { field: 'connector.fileGroups.0.columns', message: 'Must have a column for key' },
    { field: 'connector.fileGroups.1.id', message: 'Is already the id of another file group' },
    {
      field: 'connector.fileGroups.2.columns',
      message: 'Must have a column for name, and one for userKey or groupKey',
    },
  ]);
});

it('400: rejects a schedule with unknown, repeated or missing file groups or a path outside the shared folder', async () => {
  const secondId = randomUUID();
  const file = (fileGroupId: string, path = 'users.csv') => ({ fileGroupId, path });
  const attempt = (...files: object[]) =>
    refusal({
      connector: connector(users(), users({ id: secondId, name: 'More' }), users({ id: randomUUID(), isRequired: false })),
      importSchedule: schedule({ files }),
    });
  const unknown = randomUUID();
  const notOfConnector = "Is not a file group of the application's connector";
  expect(await attempt(file(unknown), file(unknown))).toEqual([
    { field: 'importSchedule.files.0.fileGroupId', message: notOfConnector },
    { field: 'importSchedule.files.1.fileGroupId', message: notOfConnector },
    {
      field: 'importSchedule.files',
      message: `Must have a path for every required file group; missing: Users (${id}), More (${secondId})`,
    },
  ]);
  expect(await attempt(file(id), file(secondId), file(id.toUpperCase()))).toEqual([
    { field: 'importSchedule.files.2.fileGroupId', message: 'Must appear only once in files' },
  ]);
  for (const path of ['../users.csv', 'a/../../b.csv', 'a\\..\\b.csv', '..', '/etc/passwd', 'C:\\users.csv', 'users\0.csv'])
    expect(await attempt(file(id, path), file(secondId))).toEqual([
      { field: 'importSchedule.files.0.path', message: "Must be a relative path to a file inside the environment's shared folder" },
    ]);
  expect(await refusal({ importSchedule: schedule() })).toEqual([{ field: 'importSchedule.files.0.fileGroupId', message: notOfConnector }]);
});

it('400: rejects a schedule with an invalid cron expression, one without a future date, an unknown time zone, or an offset', async () => {
  const attempt = (values: object) => refusal({ connector: connector(users()), importSchedule: schedule(values) });
  for (const cron of ['', 'nightly', '0 2 * *', '0 0 2 * * *', '60 2 * * *', '@daily', '2100-01-01T00:00:00', 'a b c d e'])
    expect(await attempt({ cron })).toEqual([{ field: 'importSchedule.cron', message: 'Must be five cron fields, such as 0 2 * * *' }]);
  expect(await attempt({ cron: '0 2 31 2 *' })).toEqual([{ field: 'importSchedule.cron', message: 'Must match a date in the future' }]);
  for (const timeZone of ['', 'Mars/Olympus', 'UTC+1', '+02:00', '-0530'])
    expect(await attempt({ timeZone })).toEqual([
      { field: 'importSchedule.timeZone', message: 'Must be an IANA time zone, such as Europe/Berlin' },
    ]);
});

it('403: rejects a token with access level Read and names the missing permission', async () => {
  const tenant = await givenTenant(server);
  const { error, response } = await createApplication({ client: tenant.reader.client, body: { name: 'Silverlake' } });
  expect([response?.status, response?.headers.get('www-authenticate'), error?.message, await countOf(tenant)]).toEqual([
    403,
    'Bearer realm="gatehouse", error="insufficient_scope"',
    'This token may not create applications: its access level is Read, and Write is needed',
    0,
  ]);
});
