import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { getApplication, updateApplication } from '../../../generated/sdk.gen.ts';
import { givenApplication, givenImport, givenTenant, type Tenant, usersCsv, usersGroup } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof updateApplication>[0]['body'];

const update = ({ writer }: Tenant, id: string, body: unknown) =>
  updateApplication({ client: writer.client, path: { id }, body: body as Body });
const read = async ({ reader }: Tenant, id: string) => (await getApplication({ client: reader.client, path: { id } })).data;
const rowOf = (id: string) => server.db('applications').where({ id }).first();

/** Sends an invalid body, expects 400 and an unchanged row, and returns the errors. */
const refusal = async (tenant: Tenant, id: string, body: unknown) => {
  const before = await rowOf(id);
  const { error, response } = await update(tenant, id, body);
  expect([response?.status, error?.error]).toEqual([400, 'validation_error']);
  expect(await rowOf(id)).toEqual(before);
  return error?.errors;
};
const scheduled = (application: { connector: { fileGroups: { id: string }[] } | null }, values: object) => ({
  importSchedule: { files: application.connector?.fileGroups.map(({ id }) => ({ fileGroupId: id, path: 'users.csv' })), ...values },
});

it('404: an unknown application and an application of another organization, which stays unchanged', async () => {
  const tenant = await givenTenant(server);
  const foreign = await givenApplication(server, await givenTenant(server));
  const before = await rowOf(foreign.id);
  for (const id of [foreign.id, '00000000-0000-4000-8000-000000000000']) {
    const { error, response } = await update(tenant, id, { name: 'Mine', connector: null, importSchedule: null });
    expect([response?.status, error?.message]).toEqual([404, `Application with id ${id} not found`]);
  }
  expect(await rowOf(foreign.id)).toEqual(before);
});

it('400: a partly valid body changes nothing', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  const validFields = { name: 'Renamed', priority: 'Critical', changeLimitPercent: 5, isArchived: true, isGrantedAtOnboarding: true };
  expect(await refusal(tenant, application.id, { ...validFields, ...scheduled(application, { cron: 'nightly' }) })).toEqual([
    { field: 'importSchedule.cron', message: 'Must be five cron fields, such as 0 2 * * *' },
  ]);
});

it('400: rejects a connector that does not match the schedule, unless a matching schedule is sent with it', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  const group = usersGroup({ name: 'People' });
  const broken = [
    { field: 'importSchedule.files.0.fileGroupId', message: "Is not a file group of the application's connector" },
    { field: 'importSchedule.files', message: `Must have a path for every required file group; missing: People (${group.id})` },
  ];
  const connector = { name: 'Another', fileGroups: [group] };
  expect(await refusal(tenant, application.id, { connector })).toEqual(broken);
  expect(await refusal(tenant, application.id, { connector: null })).toEqual(broken.slice(0, 1));

  const together = { connector, importSchedule: { files: [{ fileGroupId: group.id, path: 'people.csv' }] } };
  expect((await update(tenant, application.id, together)).data).toMatchObject(together);
  const { data, response } = await update(tenant, application.id, { connector: null, importSchedule: null });
  expect([response?.status, data?.connector, data?.importSchedule]).toEqual([200, null, null]);
});

it('400: names all invalid fields of connector and schedule in one response', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenApplication(server, tenant);
  const group = usersGroup();
  expect(
    await refusal(tenant, id, {
      connector: { name: 'Another', fileGroups: [group, { ...group, columns: { name: 'Name' } }] },
      importSchedule: { cron: '0 25 * * *', timeZone: 'UTC', files: [{ fileGroupId: randomUUID(), path: '../users.csv' }] },
    }),
  ).toMatchObject([
    { field: 'connector.fileGroups.1.id' },
    { field: 'connector.fileGroups.1.columns' },
    { field: 'importSchedule.cron' },
    { field: 'importSchedule.files.0.fileGroupId' },
    { field: 'importSchedule.files.0.path' },
    { field: 'importSchedule.files' },
  ]);
  expect(await refusal(tenant, id, { id: randomUUID(), lastUpdated: null, name: '', importSchedule: { files: [] } })).toEqual([
    { field: 'id', message: 'Is not a known field' },
    { field: 'lastUpdated', message: 'Is not a known field' },
    { field: 'name', message: 'Must not be empty' },
    { field: 'importSchedule.files', message: 'Must have at least 1 entry' },
  ]);
  expect(await refusal(tenant, id, {})).toEqual([{ field: 'body', message: 'Must have at least 1 field' }]);
  const { error, response } = await update(tenant, 'silverlake', { name: 'Renamed' });
  expect([response?.status, error?.errors]).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
});

it('200, 400: rejects one of two concurrent changes whose connector and schedule do not match', async () => {
  const tenant = await givenTenant(server);
  for (let round = 0; round < 10; round++) {
    const application = await givenApplication(server, tenant, { import_schedule: null });
    const responses = await Promise.all([
      update(tenant, application.id, { connector: { name: 'Another', fileGroups: [usersGroup()] } }),
      update(tenant, application.id, scheduled(application, {})),
    ]);
    expect(responses.map(({ response }) => response?.status).sort()).toEqual([200, 400]);
  }
});

it('200: changes only the given fields, retains the records, and can be repeated', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  server.share(application, usersCsv('ann', 'bob'));
  await givenImport(server, application);
  await server.build();
  const before = await read(tenant, application.id);
  const changes = { name: 'Renamed', priority: 'Low', isGrantedAtOnboarding: true, changeLimitPercent: 10 };
  for (const id of [application.id, application.id.toUpperCase()]) {
    const { data, response } = await update(tenant, id, changes);
    expect([response?.status, data]).toEqual([200, { ...before, ...changes }]);
  }
  expect(await read(tenant, application.id)).toEqual({ ...before, ...changes });
  const back = { changeLimitPercent: null, isGrantedAtOnboarding: false };
  expect((await update(tenant, application.id, back)).data).toEqual({ ...before, ...changes, ...back });
});

it('403: rejects a token with access level Read and names the missing permission', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenApplication(server, tenant);
  const { error, response } = await updateApplication({ client: tenant.reader.client, path: { id }, body: { name: 'Renamed' } });
  const message = 'This token may not update applications: its access level is Read, and Write is needed';
  const challenge = 'Bearer realm="gatehouse", error="insufficient_scope"';
  expect([response?.status, response?.headers.get('www-authenticate'), error?.message]).toEqual([403, challenge, message]);
  expect((await read(tenant, id))?.name).toBe('Silverlake');
});
