import { expect, it } from 'vitest';
import { listUsers, updateUser } from '../../../generated/sdk.gen.ts';
import { splitListBlocks } from '../../../server/database/split-list-blocks.ts';
import { errorsOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  expectEnvironmentNotFound,
  givenFactTenant,
  givenManyUsers,
  givenUser,
  numberedKeys,
  productionPath,
} from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Query = Parameters<typeof listUsers>[0]['query'];

const list = ({ reader }: Tenant, query: object = {}, path = productionPath) =>
  listUsers({ client: reader.client, path, query: query as Query });
const keysOf = async (tenant: Tenant, query: object = {}) => (await list(tenant, query)).data?.data.map(({ key }) => key);

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => list(tenant, {}, path));
});

it("200: lists and searches only the caller's organization", async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  await givenUser(tenant, { key: 'ann', last_name: 'Lee' });
  await givenUser(other, { key: 'ben', last_name: 'Lee' });
  await givenUser(other, { key: 'ann', last_name: 'Lee' });
  for (const query of [{}, { search: 'lee' }]) {
    const { data, response } = await list(tenant, query);
    expect([response?.status, data?.total_count, data?.data.map(({ key }) => key)]).toEqual([200, 1, ['ann']]);
  }
});

it('200: returns correct first, middle and last pages of thousands of users, before and after splits of list blocks', async () => {
  const tenant = await givenTenant(server);
  const keys = numberedKeys(3210);
  await givenManyUsers(server, tenant, keys.toReversed());
  const pages = async () => {
    for (const [page, per_page] of [
      [1, 100],
      [17, 100],
      [33, 100],
      [1, 30],
      [54, 30],
      [107, 30],
      [1605, 2],
    ] as const) {
      const { data } = await list(tenant, { page, per_page });
      expect([data?.total_count, data?.page_count]).toEqual([3210, Math.ceil(3210 / per_page)]);
      expect(data?.data.map(({ key }) => key)).toEqual(keys.slice((page - 1) * per_page, page * per_page));
    }
    expect(await keysOf(tenant, { page: 108 })).toEqual([]);
  };
  await pages();
  while (await splitListBlocks(server.db));
  expect(await server.db('list_blocks').where('entries', '>', 1000)).toEqual([]);
  await pages();
  await givenUser(tenant, { key: 'u01605-and-a-half' });
  expect(await keysOf(tenant, { page: 804, per_page: 2 })).toEqual(['u01605-and-a-half', 'u01606']);
  expect((await list(tenant, { page: 1606, per_page: 2 })).data?.data.map(({ key }) => key)).toEqual(['u03209']);
});

it('200: returns each user with its own tenants and roles', async () => {
  const tenant = await givenTenant(server);
  for (const key of ['b', 'a', 'c']) await givenFactTenant(tenant, key);
  const roles = (...names: string[]) => names.map((name) => ({ role: name.split('@')[0] as string, tenant: name.split('@')[1] as string }));
  const rolesByUser = { ann: roles('viewer@b', 'admin@b', 'admin@a'), ben: [], cem: roles('viewer@c') };
  for (const [key, role_assignments] of Object.entries(rolesByUser)) await givenUser(tenant, { key, role_assignments });
  const { data } = await list(tenant);
  expect(data?.data.map(({ roles }) => roles)).toEqual([roles('admin@a', 'admin@b', 'viewer@b'), [], roles('viewer@c')]);
  expect(data?.data[0]?.associated_tenants).toEqual([
    { tenant: 'a', roles: ['admin'], status: 'active', resource_instance_roles: [] },
    { tenant: 'b', roles: ['admin', 'viewer'], status: 'active', resource_instance_roles: [] },
  ]);
});

it('200: runs as many queries for a hundred users as for one', async () => {
  const tenant = await givenTenant(server);
  const factTenant = await givenFactTenant(tenant, 'a');
  await givenManyUsers(server, tenant, numberedKeys(100), factTenant);
  const rowsAndQueriesOf = async (query: object) => {
    let count = 0;
    // Does not count the update of `last_used_at`, which runs every ten seconds regardless of the request.
    const counter = ({ sql }: { sql: string }) => {
      if (!/^(BEGIN|COMMIT|SET TRANSACTION)|last_used_at/.test(sql)) count++;
    };
    server.db.on('query', counter);
    const { data } = await list(tenant, query);
    server.db.removeListener('query', counter);
    return [data?.data.length, count];
  };
  for (const search of [{}, { search: 'u' }]) {
    const [, queriesForOne] = await rowsAndQueriesOf({ per_page: 1, ...search });
    expect(await rowsAndQueriesOf({ per_page: 100, ...search })).toEqual([100, queriesForOne]);
  }
});

it('200: orders keys byte by byte; keys in another case are different keys', async () => {
  const tenant = await givenTenant(server);
  for (const key of ['b', 'a', 'B', '10', '9', 'user|1', 'a.b', 'a_b', '@']) await givenUser(tenant, { key });
  expect(await keysOf(tenant)).toEqual(['10', '9', '@', 'B', 'a', 'a.b', 'a_b', 'b', 'user|1']);
});

it('200: searches key, e-mail address, first and last name, regardless of case and accents, with pages', async () => {
  const tenant = await givenTenant(server);
  await givenUser(tenant, { key: 'k1', email: 'Jane@CoolCompany.com', first_name: 'Zoë', last_name: 'Doe' });
  await givenUser(tenant, { key: 'k2', email: 'sam@other.example', first_name: 'Sam', last_name: "O'Hara" });
  await givenUser(tenant, { key: 'zoe|K3', first_name: 'Éva', last_name: 'Łukasz Ünal' });
  const searches: [search: string, keys: string[]][] = [
    ['COOL', ['k1']],
    ['zoe', ['k1', 'zoe|K3']],
    ['ZOË', ['k1', 'zoe|K3']],
    ['k3', ['zoe|K3']],
    ['ŁUKASZ UNAL', ['zoe|K3']],
    ['hara', ['k2']],
    ["o'h", ['k2']],
    ['k', ['k1', 'k2', 'zoe|K3']],
    ['zoe d', ['k1']],
    ['Doe, Zoe', ['k1']],
    // A match spans the two names, but no other fields.
    ['k1 jane', []],
    ['zoedoe', []],
    // No match within a word.
    ['ool', []],
    ['@coolcompany.com', ['k1']],
    ['nobody', []],
  ];
  for (const [search, keys] of searches) expect([search, await keysOf(tenant, { search })]).toEqual([search, keys]);
  const { data } = await list(tenant, { search: 'k', page: 2, per_page: 2 });
  expect([data?.total_count, data?.page_count, data?.data.map(({ key }) => key)]).toEqual([3, 2, ['zoe|K3']]);
});

it('200: gives %, _, ! and \\ no meaning, and finds all users if the search text folds to nothing', async () => {
  const tenant = await givenTenant(server);
  for (const [key, last_name] of [
    ['k1', '100%'],
    ['k2', 'a_b'],
    ['k3', 'axb'],
    ['k4', 'back\\slash'],
    ['k5', 'wow!'],
    ['k6', '!%'],
  ] as const)
    await givenUser(tenant, { key, last_name });
  const searches: [search: string, keys: string[]][] = [
    ['%', []],
    ['a_b', ['k2']],
    ['a%', ['k2', 'k3']],
    ['\\', []],
    ['\\s', ['k4']],
    ['!%', []],
    ["'; --", []],
    ['_4', []],
  ];
  for (const [search, keys] of searches) expect([search, await keysOf(tenant, { search })]).toEqual([search, keys]);
  for (const search of [' ', '\u0000', '\u0301']) expect(await keysOf(tenant, { search })).toHaveLength(6);
  expect(await keysOf(tenant, { search: ' WOW!\u0000' })).toEqual(['k5']);
  expect(await keysOf(tenant, { search: '%'.repeat(200) })).toEqual([]);
});

it('200: finds users by their new names after a change', async () => {
  const tenant = await givenTenant(server);
  expect((await list(tenant)).data).toEqual({ data: [], total_count: 0, page_count: 0 });
  await givenUser(tenant, { key: 'ann', last_name: 'Lee' });
  await updateUser({ client: tenant.writer.client, path: { ...productionPath, userId: 'ann' }, body: { last_name: 'Chen' } });
  expect([await keysOf(tenant, { search: 'lee' }), await keysOf(tenant, { search: 'chen' })]).toEqual([[], ['ann']]);
});

it('400: names every wrong parameter', async () => {
  const tenant = await givenTenant(server);
  expect(errorsOf(await list(tenant, { search: '', page: 0, per_page: 101, role: 'admin' }))).toEqual([
    400,
    [
      { field: 'role', message: 'Is not a known query parameter' },
      { field: 'search', message: 'Must not be empty' },
      { field: 'page', message: 'Must be at least 1' },
      { field: 'per_page', message: 'Must be at most 100' },
    ],
  ]);
  for (const per_page of ['abc', '', [1, 2], '1e1'])
    expect(errorsOf(await list(tenant, { per_page }))).toEqual([400, [{ field: 'per_page', message: 'Must be a whole number' }]]);
});
