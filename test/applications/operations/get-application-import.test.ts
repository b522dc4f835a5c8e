import { expect, it } from 'vitest';
import { getApplicationImport } from '../../../generated/sdk.gen.ts';
import { givenApplication, givenImport, givenTenant, usersCsv } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const none = { read: 0, added: 0, changed: 0, removed: 0, unchanged: 0, rejected: 0 };

it('200: a pending import has no dates, no log, no files and no metrics', async () => {
  const tenant = await givenTenant(server);
  const row = await givenImport(server, await givenApplication(server, tenant));
  const { data, response } = await getApplicationImport({ client: tenant.reader.client, path: { id: row.id } });
  expect(response?.status).toBe(200);
  expect(data).toMatchObject({
    id: row.id,
    number: 1,
    status: 'Pending',
    buildStart: null,
    buildEnd: null,
    log: null,
    files: [],
    metrics: null,
  });
  await server.build();
});

it('200: a finished import has files, metrics and a log with the rejected rows', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  server.share(application, `${usersCsv('ann', 'bob')}\n,Nobody,`);
  const row = await givenImport(server, application);
  await server.build();
  const now = server.clock.now.toISOString();
  const { data } = await getApplicationImport({ client: tenant.reader.client, path: { id: row.id.toUpperCase() } });
  const bytes = Buffer.byteLength(`${usersCsv('ann', 'bob')}\n,Nobody,`);
  expect(data).toEqual({
    id: row.id,
    kind: 'Application Import',
    number: 1,
    type: 'API',
    status: 'Finished',
    createdBy: 'API Token - Nightly',
    buildStart: now,
    buildEnd: now,
    log: [
      `Users: reading ${application.path} (${bytes} bytes)`,
      `Users: ${application.path} line 4 rejected: Login is empty`,
      'Users: 3 rows read, 2 kept, 1 rejected',
      'Finished: 2 added, 0 changed, 0 removed, 0 unchanged, 1 rejected\n',
    ].join('\n'),
    files: [{ id: data?.files[0]?.id, fileGroupId: application.connector?.fileGroups[0]?.id, fileGroup: 'Users', name: application.path }],
    metrics: { users: { ...none, read: 3, added: 2, rejected: 1 }, groups: none, privileges: none, identities: none, durationMs: 0 },
    application: { id: application.id, kind: 'Application', name: 'Silverlake', priority: 'None', isArchived: false, lastUpdated: now },
  });
});

it('200: a failed import has the reason in its log and no metrics', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  const row = await givenImport(server, application);
  await server.build();
  const { data } = await getApplicationImport({ client: tenant.reader.client, path: { id: row.id } });
  expect(data).toMatchObject({
    status: 'Failed',
    log: `Failed: Users: ${application.path} does not exist in the environment's shared folder\n`,
    metrics: null,
    application: { lastUpdated: null },
  });
});

it('404: an unknown import and an import of another organization get the same response', async () => {
  const tenant = await givenTenant(server);
  const foreign = await givenImport(server, await givenApplication(server, await givenTenant(server)));
  for (const id of ['00000000-0000-4000-8000-000000000000', foreign.id]) {
    const { error, response } = await getApplicationImport({ client: tenant.administrator.client, path: { id } });
    expect([response?.status, error?.error, error?.message]).toEqual([404, 'not_found', `Application Import with id ${id} not found`]);
  }
});

it('400: rejects an id that is not a GUID', async () => {
  const tenant = await givenTenant(server);
  const { error, response } = await getApplicationImport({ client: tenant.reader.client, path: { id: '47' } });
  expect([response?.status, error?.errors]).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
});
