import { expect, it } from 'vitest';
import { listApplicationImports } from '../../../generated/sdk.gen.ts';
import { type ApplicationImportRow, insertApplicationImport } from '../../../server/applications/store/application-imports.ts';
import { importSortKeyOf } from '../../../server/applications/store/import-lists.ts';
import { type Instant, toInstant } from '../../../server/database/instants.ts';
import { givenApplication, givenImport, givenTenant, usersCsv } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

/** Marks an import as running since `at`. */
const markRunning = async (row: ApplicationImportRow, at: Date): Promise<void> => {
  const startedAt: Instant = toInstant(at);
  const sort_key = importSortKeyOf({ build_start: startedAt, number: row.number });
  await server.db('application_imports').where({ id: row.id }).update({ status: 'Running', build_start: startedAt, sort_key });
};

it('200: returns imports with their application, without log and files', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant, { name: 'Branch Teller System', priority: 'Moderate' });
  server.share(application, usersCsv('ann'));
  const row = await givenImport(server, application);
  await server.build();
  const now = server.clock.now.toISOString();
  const { data, response } = await listApplicationImports({ client: tenant.reader.client });
  expect(response?.status).toBe(200);
  expect(data).toEqual({
    items: [
      {
        id: row.id,
        kind: 'Application Import',
        number: 1,
        type: 'API',
        status: 'Finished',
        buildStart: now,
        buildEnd: now,
        application: {
          id: application.id,
          kind: 'Application',
          name: 'Branch Teller System',
          priority: 'Moderate',
          isArchived: false,
          lastUpdated: now,
        },
      },
    ],
    totalCount: 1,
    page: 1,
    pageSize: 50,
    totalPages: 1,
  });
});

it('200: lists pending imports first, newest first, then builds by their start, newest first', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  const rows = [];
  for (let count = 0; count < 6; count++) rows.push(await givenImport(server, application));
  const [first, second, third, fourth] = rows as [ApplicationImportRow, ApplicationImportRow, ApplicationImportRow, ApplicationImportRow];
  await markRunning(first, new Date('2026-02-20T08:00:00.002Z'));
  await markRunning(second, new Date('2026-02-20T08:00:00.001Z'));
  await markRunning(third, new Date('2026-02-20T08:00:00.003Z'));
  await markRunning(fourth, new Date('2026-02-20T08:00:00.003Z'));
  const { data } = await listApplicationImports({ client: tenant.reader.client });
  expect(data?.items.map(({ number }) => number)).toEqual([6, 5, 4, 3, 1, 2]);
});

it('200: filters by application, also if its id is sent in upper case', async () => {
  const tenant = await givenTenant(server);
  const [wanted, other] = [await givenApplication(server, tenant), await givenApplication(server, tenant)];
  const row = await givenImport(server, wanted);
  await givenImport(server, other);
  for (const applicationId of [wanted.id, wanted.id.toUpperCase()]) {
    const { data } = await listApplicationImports({ client: tenant.reader.client, query: { applicationId } });
    expect([data?.totalCount, data?.items.map(({ id }) => id)]).toEqual([1, [row.id]]);
  }
});

it('200: never returns imports of other organizations, not even with a filter for their application', async () => {
  const tenant = await givenTenant(server);
  const foreign = await givenApplication(server, await givenTenant(server));
  await givenImport(server, foreign);
  const emptyPage = { items: [], totalCount: 0, page: 1, pageSize: 50, totalPages: 0 };
  expect((await listApplicationImports({ client: tenant.administrator.client })).data).toEqual(emptyPage);
  const query = { applicationId: foreign.id };
  expect((await listApplicationImports({ client: tenant.administrator.client, query })).data).toEqual(emptyPage);
});

it('200: returns pages of 50 without gap or overlap; a page past the end has no items', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  const { environment_id, id: application_id } = application;
  for (let count = 0; count < 101; count++)
    await insertApplicationImport(server.db, server.clock.now, { environment_id, application_id, type: 'API', created_by: 'a test' });
  const page = async (number: number) => {
    const { data } = await listApplicationImports({ client: tenant.reader.client, query: { page: number } });
    return [data?.items.map((item) => item.number), data?.totalCount, data?.page, data?.totalPages];
  };
  const numbersDown = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index);
  expect(await page(1)).toEqual([numbersDown(101, 52), 101, 1, 3]);
  expect(await page(2)).toEqual([numbersDown(51, 2), 101, 2, 3]);
  expect(await page(3)).toEqual([[1], 101, 3, 3]);
  expect(await page(4)).toEqual([[], 101, 4, 3]);
  expect(await page(10_000_000)).toEqual([[], 101, 10_000_000, 3]);
});

it('400: names every invalid parameter', async () => {
  const tenant = await givenTenant(server);
  const refusal = async (query: object) => {
    const { error, response } = await listApplicationImports({ client: tenant.reader.client, query });
    return [response?.status, error?.errors];
  };
  expect(await refusal({ page: 0, applicationId: 'Silverlake' })).toEqual([
    400,
    expect.arrayContaining([
      { field: 'page', message: 'Must be at least 1' },
      { field: 'applicationId', message: 'Must be a GUID' },
    ]),
  ]);
  expect(await refusal({ page: 10_000_001 })).toEqual([400, [{ field: 'page', message: 'Must be at most 10000000' }]]);
  expect(await refusal({ page: 1.5 })).toEqual([400, [{ field: 'page', message: 'Must be a whole number' }]]);
  expect(await refusal({ page: '' })).toEqual([400, [{ field: 'page', message: 'Must be a whole number' }]]);
});
