import { expect, it } from 'vitest';
import { getApplication } from '../../../generated/sdk.gen.ts';
import { givenApplication, givenImport, givenTenant, type Tenant, usersCsv, usersGroup } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const read = async ({ reader }: Tenant, id: string) => (await getApplication({ client: reader.client, path: { id } })).data;

it('404: an unknown application and an application of another organization get the same response', async () => {
  const { administrator } = await givenTenant(server);
  const foreign = await givenApplication(server, await givenTenant(server));
  for (const id of ['00000000-0000-4000-8000-000000000000', foreign.id]) {
    const { error, response } = await getApplication({ client: administrator.client, path: { id } });
    expect([response?.status, error]).toEqual([
      404,
      { error: 'not_found', message: `Application with id ${id} not found`, correlationId: error?.correlationId },
    ]);
  }
});

it('200: returns an application with connector and schedule before its first import', async () => {
  const tenant = await givenTenant(server);
  const group = usersGroup();
  const application = await givenApplication(server, tenant, { groups: [group], priority: 'High', change_limit_percent: 0 });
  const { data, response } = await getApplication({ client: tenant.reader.client, path: { id: application.id } });
  expect(response?.status).toBe(200);
  expect(data).toEqual({
    id: application.id,
    kind: 'Application',
    name: 'Silverlake',
    priority: 'High',
    isArchived: false,
    lastUpdated: null,
    isGrantedAtOnboarding: false,
    changeLimitPercent: 0,
    connector: { name: 'A connector', version: null, isFileBased: true, fileGroups: [group] },
    importSchedule: { cron: null, timeZone: 'UTC', nextRunDate: null, files: [{ fileGroupId: group.id, path: application.path }] },
    lastImport: null,
    recordCounts: { users: 0, groups: 0, privileges: 0, identities: 0 },
  });
});

it('200: returns null for a missing connector and schedule', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenApplication(server, tenant, { connector: null, import_schedule: null });
  expect(await read(tenant, id)).toMatchObject({ connector: null, importSchedule: null, changeLimitPercent: null });
});

it('200: returns whether an onboarding grants the application', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenApplication(server, tenant, { is_granted_at_onboarding: 1 });
  expect((await read(tenant, id))?.isGrantedAtOnboarding).toBe(true);
});

it('200: accepts an id in capitals', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenApplication(server, tenant);
  expect((await read(tenant, id.toUpperCase()))?.id).toBe(id);
});

it('200: returns the last import and the record counts', async () => {
  const tenant = await givenTenant(server);
  const groups = [
    usersGroup(),
    usersGroup({ name: 'Groups', rows: 'groups', columns: { key: 'Login' } }),
    usersGroup({ name: 'Privileges', rows: 'privileges', columns: { userKey: 'Login', name: 'Full Name' } }),
  ];
  const application = await givenApplication(server, tenant, { groups });
  server.share(application, usersCsv('ann', 'bob', 'cid', ''));
  server.share(application, usersCsv('staff', 'guests'), `${application.id}-1.csv`);
  server.share(application, usersCsv('ann'), `${application.id}-2.csv`);
  const staged = await givenImport(server, application);
  await server.build();
  const now = server.clock.now.toISOString();
  expect(await read(tenant, application.id)).toMatchObject({
    lastUpdated: now,
    lastImport: {
      id: staged.id,
      kind: 'Application Import',
      number: 1,
      type: 'API',
      status: 'Finished',
      buildStart: now,
      buildEnd: now,
    },
    recordCounts: { users: 3, groups: 2, privileges: 1, identities: 0 },
  });
});

it('200: returns a pending or failed import as the last one and retains the records', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  server.share(application, usersCsv('ann', 'bob'));
  await givenImport(server, application);
  await server.build();
  const counted = { users: 2, groups: 0, privileges: 0, identities: 0 };
  const { lastUpdated } = (await read(tenant, application.id)) ?? {};

  server.share(application, 'no,such,columns\n1,2,3');
  const staged = await givenImport(server, application);
  expect(await read(tenant, application.id)).toMatchObject({ lastImport: { id: staged.id, status: 'Pending' }, recordCounts: counted });
  await server.build();
  expect(await read(tenant, application.id)).toMatchObject({
    lastUpdated,
    lastImport: { id: staged.id, status: 'Failed' },
    recordCounts: counted,
  });
});

it('200: ignores imports of other applications', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  const other = await givenApplication(server, tenant);
  server.share(other, usersCsv('ann'));
  await givenImport(server, other);
  await server.build();
  expect(await read(tenant, application.id)).toMatchObject({ lastImport: null, lastUpdated: null, recordCounts: { users: 0 } });
});

it('400: rejects an id that is not a GUID', async () => {
  const { reader } = await givenTenant(server);
  for (const id of ['silverlake', '3fa85f64-5717-4562-b3fc', '3fa85f6457174562b3fc2c963f66afa6']) {
    const { error, response } = await getApplication({ client: reader.client, path: { id } });
    expect([response?.status, error?.errors]).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
  }
});
