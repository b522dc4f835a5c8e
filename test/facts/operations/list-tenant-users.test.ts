import { expect, it } from 'vitest';
import { listTenantUsers } from '../../../generated/sdk.gen.ts';
import { splitListBlocks } from '../../../server/database/split-list-blocks.ts';
import { errorsOf, messageOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  expectEnvironmentNotFound,
  factInconsistencies,
  givenFactTenant,
  givenManyUsers,
  givenUser,
  numberedKeys,
  productionPath,
} from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Query = Parameters<typeof listTenantUsers>[0]['query'];

const list = ({ reader }: Tenant, tenantId: string, query: object = {}, path = productionPath) =>
  listTenantUsers({ client: reader.client, path: { ...path, tenantId }, query: query as Query });
const admin = (tenant: string) => ({ role: 'admin', tenant });

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => list(tenant, 'a', {}, path));
});

it('404: does not distinguish unknown tenants from those of another organization', async () => {
  const tenant = await givenTenant(server);
  const theirs = await givenFactTenant(await givenTenant(server), 'theirs');
  await givenFactTenant(tenant, 'a');
  for (const tenantId of ['nowhere', theirs.key, theirs.id, 'A', 'a ', 'a\u0000', '../a', '%'])
    expect(messageOf(await list(tenant, tenantId))).toEqual([404, `Tenant with id ${tenantId} not found`]);
});

it('200: lists only the members of the tenant, complete and ordered by key', async () => {
  const tenant = await givenTenant(server);
  const a = await givenFactTenant(tenant, 'a');
  await givenFactTenant(tenant, 'b');
  const memberOfBoth = await givenUser(tenant, { key: 'ben', first_name: 'Ben', role_assignments: [admin('b'), admin('a')] });
  const capital = await givenUser(tenant, { key: 'Zoe', role_assignments: [admin('a'), { role: 'viewer', tenant: 'a' }] });
  const memberOfB = await givenUser(tenant, { key: 'ann', role_assignments: [admin('b')] });
  await givenUser(tenant, { key: 'nobody' });
  for (const tenantId of ['a', a.id, a.id.toUpperCase()]) {
    const { data, response } = await list(tenant, tenantId);
    expect([response?.status, data]).toEqual([200, { data: [capital, memberOfBoth], total_count: 2, page_count: 1 }]);
  }
  expect((await list(tenant, 'b', { per_page: 1 })).data).toEqual({ data: [memberOfB], total_count: 2, page_count: 2 });
  await givenFactTenant(tenant, 'empty');
  expect((await list(tenant, 'empty')).data).toEqual({ data: [], total_count: 0, page_count: 0 });
});

it('200: returns correct first, middle and last pages of thousands of members, before and after splits of list blocks', async () => {
  const tenant = await givenTenant(server);
  const [a, b] = [await givenFactTenant(tenant, 'a'), await givenFactTenant(tenant, 'b')];
  const keys = numberedKeys(2345);
  await givenManyUsers(server, tenant, keys.toReversed(), a);
  await givenManyUsers(server, tenant, numberedKeys(10, 'other'), b);
  const pages = async () => {
    for (const page of [1, 12, 24]) {
      const { data } = await list(tenant, 'a', { page, per_page: 100 });
      expect([data?.total_count, data?.page_count]).toEqual([2345, 24]);
      expect(data?.data.map(({ key }) => key)).toEqual(keys.slice((page - 1) * 100, page * 100));
    }
    expect((await list(tenant, 'a', { page: 25, per_page: 100 })).data?.data).toEqual([]);
  };
  await pages();
  while (await splitListBlocks(server.db));
  await pages();
  expect(await factInconsistencies(server)).toEqual([]);
});

it('400: names every wrong parameter, and has no parameter search', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  expect(errorsOf(await list(tenant, 'a', { search: 'a', page: 0, per_page: 101 }))).toEqual([
    400,
    [
      { field: 'search', message: 'Is not a known query parameter' },
      { field: 'page', message: 'Must be at least 1' },
      { field: 'per_page', message: 'Must be at most 100' },
    ],
  ]);
});
