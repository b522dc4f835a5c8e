import { expect, it } from 'vitest';
import { getApplicationImport, stageApplicationImport } from '../../../generated/sdk.gen.ts';
import { givenApplication, givenTenant, usersCsv } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('201: creates a pending import in the name of the token, and the build finishes it', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant, { priority: 'Critical' });
  server.share(application, usersCsv('ann', 'bob'));

  const { data, response } = await stageApplicationImport({ client: tenant.writer.client, body: { applicationId: application.id } });
  expect(response?.status).toBe(201);
  expect(data).toEqual({
    id: data?.id,
    kind: 'Application Import',
    number: 1,
    type: 'API',
    status: 'Pending',
    createdBy: 'API Token - Nightly',
    buildStart: null,
    buildEnd: null,
    log: null,
    files: [],
    metrics: null,
    application: {
      id: application.id,
      kind: 'Application',
      name: 'Silverlake',
      priority: 'Critical',
      isArchived: false,
      lastUpdated: null,
    },
  });

  await server.build();
  const { data: built } = await getApplicationImport({ client: tenant.reader.client, path: { id: data?.id as string } });
  expect(built).toMatchObject({ status: 'Finished', metrics: { users: { read: 2, added: 2, rejected: 0 } } });
});

it('201: a second import of an unchanged file reports no changes', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  server.share(application, usersCsv('ann', 'bob'));
  const stage = () => stageApplicationImport({ client: tenant.writer.client, body: { applicationId: application.id } });
  await stage();
  const { data } = await stage();
  await server.build();
  const { data: built } = await getApplicationImport({ client: tenant.reader.client, path: { id: data?.id as string } });
  expect(built?.metrics?.users).toEqual({ read: 2, added: 0, changed: 0, removed: 0, unchanged: 2, rejected: 0 });
});

it('201: concurrent imports get consecutive numbers', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  const staged = await Promise.all(
    Array.from({ length: 12 }, () => stageApplicationImport({ client: tenant.writer.client, body: { applicationId: application.id } })),
  );
  expect(staged.map(({ data }) => data?.number).sort((left, right) => (left as number) - (right as number))).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
  ]);
});

it('400: rejects an archived, unknown or foreign application and names the field', async () => {
  const tenant = await givenTenant(server);
  const archived = await givenApplication(server, tenant, { is_archived: 1 });
  const foreign = await givenApplication(server, await givenTenant(server));
  const refusal = async (applicationId: string) => {
    const { error, response } = await stageApplicationImport({ client: tenant.writer.client, body: { applicationId } });
    return [response?.status, error?.errors];
  };
  expect(await refusal(archived.id)).toEqual([400, [{ field: 'applicationId', message: 'Application is archived' }]]);
  expect(await refusal('00000000-0000-4000-8000-000000000000')).toEqual([
    400,
    [{ field: 'applicationId', message: 'Application does not exist' }],
  ]);
  expect(await refusal(foreign.id)).toEqual([400, [{ field: 'applicationId', message: 'Application does not exist' }]]);
  expect(await server.db('application_imports').whereIn('application_id', [archived.id, foreign.id])).toEqual([]);
});

it('422: rejects an application without an import schedule and creates no import', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant, { import_schedule: null });
  const { error, response } = await stageApplicationImport({ client: tenant.writer.client, body: { applicationId: application.id } });
  expect([response?.status, error?.error]).toEqual([422, 'unprocessable_entity']);
  expect(await server.db('application_imports').where({ application_id: application.id })).toEqual([]);
});
