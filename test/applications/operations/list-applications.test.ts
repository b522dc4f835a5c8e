import { expect, it } from 'vitest';
import { listApplications } from '../../../generated/sdk.gen.ts';
import { givenApplication, givenImport, givenTenant, usersCsv } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it("200: returns and counts only the applications of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  const own = await givenApplication(server, tenant);
  await givenApplication(server, await givenTenant(server));
  const { data, response } = await listApplications({ client: tenant.reader.client });
  expect(response?.status).toBe(200);
  expect(data).toEqual({
    items: [{ id: own.id, kind: 'Application', name: 'Silverlake', priority: 'None', isArchived: false, lastUpdated: null }],
    totalCount: 1,
    page: 1,
    pageSize: 50,
    totalPages: 1,
  });
});

it('200: an organization without applications has an empty first page', async () => {
  const { reader } = await givenTenant(server);
  const { data } = await listApplications({ client: reader.client });
  expect(data).toEqual({ items: [], totalCount: 0, page: 1, pageSize: 50, totalPages: 0 });
});

it('200: orders by name, includes archived applications and returns the time of the last finished import', async () => {
  const tenant = await givenTenant(server);
  await givenApplication(server, tenant, { name: 'Payroll', priority: 'Critical' });
  await givenApplication(server, tenant, { name: 'Branch safe', is_archived: 1 });
  const application = await givenApplication(server, tenant, { name: 'Core' });
  server.share(application, usersCsv('ann'));
  await givenImport(server, application);
  await server.build();
  const { data } = await listApplications({ client: tenant.reader.client });
  expect(data?.items).toMatchObject([
    { name: 'Branch safe', isArchived: true, lastUpdated: null },
    { name: 'Core', isArchived: false, lastUpdated: server.clock.now.toISOString() },
    { name: 'Payroll', priority: 'Critical', isArchived: false, lastUpdated: null },
  ]);
});

it('200: returns pages of 50 without gap or overlap, even if all applications have the same name', async () => {
  const tenant = await givenTenant(server);
  for (let count = 0; count < 60; count++) await givenApplication(server, tenant);
  const page = async (page: number) => (await listApplications({ client: tenant.reader.client, query: { page } })).data;
  const [first, second] = [await page(1), await page(2)];
  expect(first).toMatchObject({ totalCount: 60, page: 1, pageSize: 50, totalPages: 2 });
  expect([first?.items.length, second?.items.length]).toEqual([50, 10]);
  expect(new Set([...(first?.items ?? []), ...(second?.items ?? [])].map(({ id }) => id)).size).toBe(60);
  expect(await page(3)).toEqual({ items: [], totalCount: 60, page: 3, pageSize: 50, totalPages: 2 });
  expect((await page(10_000_000))?.items).toEqual([]);
});

it('400: names an invalid page and every unknown parameter', async () => {
  const { reader } = await givenTenant(server);
  const refusal = async (query: unknown) => {
    const { error, response } = await listApplications({ client: reader.client, query: query as { page: number } });
    return [response?.status, error?.errors];
  };
  expect(await refusal({ page: 0 })).toEqual([400, [{ field: 'page', message: 'Must be at least 1' }]]);
  expect(await refusal({ page: 10_000_001 })).toEqual([400, [{ field: 'page', message: 'Must be at most 10000000' }]]);
  for (const page of ['abc', '1.5', '', [1, 2]])
    expect(await refusal({ page })).toEqual([400, [{ field: 'page', message: 'Must be a whole number' }]]);
  expect(await refusal({ page: -1, sort: 'name', pageSize: 10 })).toEqual([
    400,
    [
      { field: 'sort', message: 'Is not a known query parameter' },
      { field: 'pageSize', message: 'Is not a known query parameter' },
      { field: 'page', message: 'Must be at least 1' },
    ],
  ]);
});
