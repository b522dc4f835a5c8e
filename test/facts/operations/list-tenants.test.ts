import { expect, it } from 'vitest';
import { listTenants, updateTenant } from '../../../generated/sdk.gen.ts';
import type { Tenant as FactTenant, TenantPage } from '../../../generated/types.gen.ts';
import { splitListBlocks } from '../../../server/database/split-list-blocks.ts';
import { errorsOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  expectEnvironmentNotFound,
  givenFactTenant,
  givenManyFactTenants,
  numberedKeys,
  productionPath,
} from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Query = Parameters<typeof listTenants>[0]['query'];

const list = ({ reader }: Tenant, query: object = {}, path = productionPath) =>
  listTenants({ client: reader.client, path, query: query as Query });
const keysOf = async (tenant: Tenant, query: object = {}) => ((await list(tenant, query)).data as FactTenant[]).map(({ key }) => key);
const pageOf = async (tenant: Tenant, query: object = {}) => {
  const { data, total_count, page_count } = (await list(tenant, { include_total_count: true, ...query })).data as TenantPage;
  return [total_count, page_count, ...data.map(({ key }) => key)];
};

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => list(tenant, {}, path));
});

it("200: lists and searches only the caller's organization", async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  await givenFactTenant(tenant, 'ours', { name: 'Stripe Inc' });
  await givenFactTenant(other, 'theirs', { name: 'Stripe Inc' });
  await givenFactTenant(other, 'ours', { name: 'Stripe Inc' });
  for (const query of [{}, { search: 'stripe' }]) expect(await pageOf(tenant, query)).toEqual([1, 1, 'ours']);
});

it('200: returns an array, or an object with the total count', async () => {
  const tenant = await givenTenant(server);
  expect((await list(tenant)).data).toEqual([]);
  expect(await pageOf(tenant)).toEqual([0, 0]);
  const tenants = [];
  for (const key of ['a', 'b', 'c']) tenants.push(await givenFactTenant(tenant, key, { name: `Name of ${key}`, attributes: { key } }));
  for (const query of [{}, { include_total_count: false }]) {
    const { data, response } = await list(tenant, query);
    expect([response?.status, data]).toEqual([200, tenants]);
  }
  expect((await list(tenant, { include_total_count: true, per_page: 2 })).data).toEqual({
    data: tenants.slice(0, 2),
    total_count: 3,
    page_count: 2,
  });
  expect(await keysOf(tenant, { per_page: 2, page: 2 })).toEqual(['c']);
  expect(await keysOf(tenant, { page: 10_000_000 })).toEqual([]);
});

it('200: returns correct deep pages, before and after splits of list blocks', async () => {
  const tenant = await givenTenant(server);
  const keys = numberedKeys(2345, 't');
  await givenManyFactTenants(server, tenant, keys.toReversed());
  const pages = async () => {
    for (const page of [1, 12, 24])
      expect(await pageOf(tenant, { page, per_page: 100 })).toEqual([2345, 24, ...keys.slice((page - 1) * 100, page * 100)]);
  };
  await pages();
  while (await splitListBlocks(server.db));
  await pages();
});

it('200: orders keys byte by byte; keys in another case are different keys', async () => {
  const tenant = await givenTenant(server);
  for (const key of ['b', 'a', 'B', '10', '9', 'a-b', 'a_b']) await givenFactTenant(tenant, key);
  expect(await keysOf(tenant)).toEqual(['10', '9', 'B', 'a', 'a-b', 'a_b', 'b']);
});

it('200: searches key and name, regardless of case and accents, and gives %, _, ! and \\ no meaning', async () => {
  const tenant = await givenTenant(server);
  const names = { k1: 'Café 100%', k2: 'a_b', k3: 'axb', k4: 'back\\slash', k5: 'wow!', STRIPE: 'Inc' };
  for (const [key, name] of Object.entries(names)) await givenFactTenant(tenant, key, { name, description: 'needle' });
  const searches: [search: string, keys: string[]][] = [
    ['stripe', ['STRIPE']],
    ['CAFE', ['k1']],
    ['é 1', []],
    ['café 1', ['k1']],
    ['100 café', []],
    ['%', []],
    ['A_B', ['k2']],
    ['\\', []],
    ['!', []],
    ['_5', []],
    ['k5wow', []],
    ['needle', []],
    ["' OR 1=1 --", []],
  ];
  for (const [search, keys] of searches) expect([search, await keysOf(tenant, { search })]).toEqual([search, keys]);
  expect(await pageOf(tenant, { search: 'k', page: 2, per_page: 2 })).toEqual([5, 3, 'k3', 'k4']);
  expect(await keysOf(tenant, { search: '\u0000' })).toHaveLength(6);
  await updateTenant({ client: tenant.writer.client, path: { ...productionPath, tenantId: 'k1' }, body: { name: 'Bistro' } });
  expect([await keysOf(tenant, { search: 'cafe' }), await keysOf(tenant, { search: 'bistro' })]).toEqual([[], ['k1']]);
});

it('400: names every wrong parameter', async () => {
  const tenant = await givenTenant(server);
  expect(errorsOf(await list(tenant, { search: '', page: 10_000_001, per_page: 0, include_total_count: 'yes', sort: 'name' }))).toEqual([
    400,
    [
      { field: 'sort', message: 'Is not a known query parameter' },
      { field: 'search', message: 'Must not be empty' },
      { field: 'page', message: 'Must be at most 10000000' },
      { field: 'per_page', message: 'Must be at least 1' },
      { field: 'include_total_count', message: 'Must be true or false' },
    ],
  ]);
});
