import { expect, it } from 'vitest';
import { cancelApplicationImport, getApplication, getApplicationImport } from '../../../generated/sdk.gen.ts';
import type { ImportStatus } from '../../../generated/types.gen.ts';
import { givenApplication, givenImport, givenTenant, type Tenant, usersCsv } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const cancel = (tenant: Tenant, applicationImportId: string) =>
  cancelApplicationImport({ client: tenant.writer.client, body: { applicationImportId } });
const statusOf = async (tenant: Tenant, id: string) =>
  (await getApplicationImport({ client: tenant.reader.client, path: { id } })).data?.status;

it('200: a pending import becomes Canceling, the worker makes it Canceled, and the records stay unchanged', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  server.share(application, usersCsv('ann', 'bob'));
  await givenImport(server, application);
  await server.build();

  server.share(application, usersCsv('cy'));
  const row = await givenImport(server, application);
  const { data, response } = await cancel(tenant, row.id);
  expect([response?.status, data?.id, data?.status, data?.buildEnd]).toEqual([200, row.id, 'Canceling', null]);
  expect(await statusOf(tenant, row.id)).toBe('Canceling');

  await server.build();
  const { data: built } = await getApplicationImport({ client: tenant.reader.client, path: { id: row.id } });
  expect(built).toMatchObject({ status: 'Canceled', metrics: null, log: "Canceled: the application's records are unchanged\n" });
  expect(built?.buildEnd).toBe(server.clock.now.toISOString());
  const { data: after } = await getApplication({ client: tenant.reader.client, path: { id: application.id } });
  expect(after?.recordCounts.users).toBe(2);
});

it('200: a running import becomes Canceling, also if its id is sent in upper case', async () => {
  const tenant = await givenTenant(server);
  const row = await givenImport(server, await givenApplication(server, tenant));
  await server.db('application_imports').where({ id: row.id }).update({ status: 'Running' });
  const { data, response } = await cancel(tenant, row.id.toUpperCase());
  expect([response?.status, data?.status]).toEqual([200, 'Canceling']);
  await server.build();
  expect(await statusOf(tenant, row.id)).toBe('Canceled');
});

it('200, 409: only one of several concurrent requests cancels an import', async () => {
  const tenant = await givenTenant(server);
  const row = await givenImport(server, await givenApplication(server, tenant));
  const responses = await Promise.all(Array.from({ length: 6 }, () => cancel(tenant, row.id)));
  expect(responses.map(({ response }) => response?.status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  await server.build();
});

it.each<ImportStatus>(['Finished', 'Failed', 'Canceled', 'Canceling'])('409: the status %s does not change', async (status) => {
  const tenant = await givenTenant(server);
  const row = await givenImport(server, await givenApplication(server, tenant));
  await server.db('application_imports').where({ id: row.id }).update({ status });
  const { error, response } = await cancel(tenant, row.id);
  expect([response?.status, error?.error, error?.message]).toEqual([
    409,
    'conflict',
    `Application Import 1 is ${status} and can't be canceled`,
  ]);
  expect(await statusOf(tenant, row.id)).toBe(status);
});

it('404: an unknown import and an import of another organization, which stays Pending', async () => {
  const tenant = await givenTenant(server);
  const owner = await givenTenant(server);
  const foreign = await givenImport(server, await givenApplication(server, owner));
  for (const id of ['00000000-0000-4000-8000-000000000000', foreign.id]) {
    const { error, response } = await cancel(tenant, id);
    expect([response?.status, error?.message]).toEqual([404, `Application Import with id ${id} not found`]);
  }
  expect(await statusOf(owner, foreign.id)).toBe('Pending');
});

it('400: names a missing, invalid or unknown field', async () => {
  const tenant = await givenTenant(server);
  const refusal = async (body: object) => {
    const { error, response } = await cancelApplicationImport({ client: tenant.writer.client, body: body as never });
    return [response?.status, error?.errors];
  };
  expect(await refusal({})).toEqual([400, [{ field: 'applicationImportId', message: 'Is required' }]]);
  expect(await refusal({ applicationImportId: 47 })).toEqual([400, [{ field: 'applicationImportId', message: 'Must be text' }]]);
  expect(await refusal({ applicationImportId: '47' })).toEqual([400, [{ field: 'applicationImportId', message: 'Must be a GUID' }]]);
  expect(await refusal({ applicationImportId: '00000000-0000-4000-8000-000000000000', force: true })).toEqual([
    400,
    [{ field: 'force', message: 'Is not a known field' }],
  ]);
});
