import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { listUsers, replaceUser } from '../../../generated/sdk.gen.ts';
import { type ApiResult, errorsOf, refusedAsId, spellingsOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  concurrently,
  expectEnvironmentNotFound,
  factInconsistencies,
  givenFactTenant,
  givenManyUsers,
  givenUser,
  givenUserWithMaxTenants,
  nestedAttributes,
  productionPath,
  readFactTenant,
  readUser,
} from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof replaceUser>[0]['body'];

const replace = ({ writer }: Tenant, userId: string, body: unknown = {}, path = productionPath) =>
  replaceUser({ client: writer.client, path: { ...path, userId }, body: body as Body });
const totalOf = async ({ reader }: Tenant) => (await listUsers({ client: reader.client, path: productionPath })).data?.total_count;
const admin = (tenant: string) => ({ role: 'admin', tenant });

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => replace(tenant, 'ann', {}, path));
  expect(await totalOf(tenant)).toBe(0);
});

it('201: creates a user with the key of a user of another organization, which does not change', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const theirs = await givenUser(other, { key: 'ann', first_name: 'Ann' });
  const { data, response } = await replace(tenant, 'ann', { first_name: 'Mine' });
  expect([response?.status, data?.organization_id]).toEqual([201, tenant.organization.id]);
  expect(await readUser(other, 'ann')).toEqual(theirs);
});

it('201: only one of many simultaneous requests creates the user, and the others replace it', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  const role_assignments = [admin('a')];
  for (let round = 1; round <= 4; round++) {
    const results = await concurrently(12, (index) => replace(tenant, `ann${round}`, { first_name: `Ann ${index}`, role_assignments }));
    expect(statusesOf(results)).toEqual([...Array(11).fill(200), 201]);
    expect(new Set(results.map(({ data }) => data?.id)).size).toBe(1);
    expect([await totalOf(tenant), (await readUser(tenant, `ann${round}`))?.roles]).toEqual([round, role_assignments]);
  }
  expect(await factInconsistencies(server)).toEqual([]);
});

it('200: after simultaneous replacements the user has the roles of one request, never a mixture', async () => {
  const tenant = await givenTenant(server);
  for (const key of ['a', 'b', 'c', 'd']) await givenFactTenant(tenant, key);
  await givenUser(tenant, { key: 'ann' });
  const sets = [
    ['a', 'b'],
    ['c', 'd'],
    ['d', 'a'],
    ['b', 'c'],
  ].map((keys) => keys.map(admin));
  for (let round = 0; round < 5; round++) {
    const results = await concurrently(4, (index) => replace(tenant, 'ann', { role_assignments: sets[index] }));
    expect(statusesOf(results)).toEqual([200, 200, 200, 200]);
    const now = (await readUser(tenant, 'ann'))?.roles;
    expect(sets.map((set) => set.toSorted((left, right) => left.tenant.localeCompare(right.tenant)))).toContainEqual(now);
    expect(await factInconsistencies(server)).toEqual([]);
  }
});

it('400: changes and creates nothing if the tenant of a role does not exist', async () => {
  const tenant = await givenTenant(server);
  const theirs = await givenFactTenant(await givenTenant(server), 'theirs');
  await givenFactTenant(tenant, 'a');
  const user = await givenUser(tenant, { key: 'ann', first_name: 'Ann', role_assignments: [admin('a')] });
  const role_assignments = [admin('a'), admin('theirs'), admin(theirs.id)];
  for (const userId of ['ann', 'ben'])
    expect(errorsOf(await replace(tenant, userId, { role_assignments }))).toEqual([
      400,
      [1, 2].map((index) => ({ field: `role_assignments.${index}.tenant`, message: 'Tenant does not exist' })),
    ]);
  expect([await readUser(tenant, 'ann'), await readUser(tenant, 'ben'), await totalOf(tenant)]).toEqual([user, undefined, 1]);
});

it('200: resets omitted fields, except the roles', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  const body = { email: 'ann@x.example', first_name: 'Ann', last_name: 'Lee', attributes: { a: 1 } };
  const user = await givenUser(tenant, { key: 'user|1', ...body, role_assignments: [admin('a')] });
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  const reset = { email: null, first_name: null, attributes: {}, updated_at: server.clock.now.toISOString() };
  for (const [userId, more] of [
    [user.id, {}],
    [user.id.toUpperCase(), { key: 'user|1' }],
    ['user|1', { key: 'user|1' }],
  ] as const) {
    const { data, response } = await replace(tenant, userId, { last_name: 'Chen', ...more });
    expect([response?.status, data]).toEqual([200, { ...user, ...reset, last_name: 'Chen' }]);
  }
  expect((await readUser(tenant, 'user|1'))?.last_name).toBe('Chen');
});

it('200: replaces the roles; the user remains a member of its tenants, and the changed tenants record it', async () => {
  const tenant = await givenTenant(server);
  for (const key of ['a', 'b', 'c', 'd']) await givenFactTenant(tenant, key);
  await givenUser(tenant, { key: 'ann', role_assignments: [admin('a'), admin('b'), { role: 'viewer', tenant: 'b' }] });
  const before = server.clock.now.toISOString();
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  const now = server.clock.now.toISOString();
  const { data } = await replace(tenant, 'ann', {
    role_assignments: [admin('b'), admin('c'), admin('b'), { role: 'viewer', tenant: 'b' }],
  });
  expect(data?.associated_tenants.map(({ tenant, roles }) => [tenant, ...roles])).toEqual([
    ['a'],
    ['b', 'admin', 'viewer'],
    ['c', 'admin'],
  ]);
  const lastActions = await Promise.all(['a', 'b', 'c', 'd'].map(async (key) => (await readFactTenant(tenant, key))?.last_action_at));
  expect(lastActions).toEqual([now, before, now, null]);

  expect((await replace(tenant, 'ann', { role_assignments: [] })).data?.roles).toEqual([]);
  expect(await factInconsistencies(server)).toEqual([]);
});

it('201: creates the user with the key of the path', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  const key = 'user|892179821739812389327+a@b.c-_';
  const { data, response } = await replace(tenant, key, { key, first_name: 'Ann', role_assignments: [admin('a')] });
  expect([response?.status, data?.key, data?.first_name, data?.roles]).toEqual([201, key, 'Ann', [admin('a')]]);
  expect([await readUser(tenant, key), await totalOf(tenant)]).toEqual([data, 1]);
});

it('400: refuses a path that cannot be a key, and a key that differs from the path', async () => {
  const tenant = await givenTenant(server);
  const user = await givenUser(tenant, { key: 'ann', first_name: 'Ann' });
  const message = 'Must contain only letters, digits and | @ + - . _, because it becomes the key of a new user';
  for (const userId of ['a b', '../ann', 'ann\u0000', '%', 'ann ', 'änn', 'a/b', "'"])
    expect(errorsOf(await replace(tenant, userId))).toEqual([400, [{ field: 'userId', message }]]);
  for (const [userId, key] of [
    ['ann', 'ben'],
    ['ann', 'ANN'],
    ['ann', user.id],
    [user.id, user.id],
  ] as const)
    expect(errorsOf(await replace(tenant, userId, { key }))).toEqual([400, [{ field: 'key', message: 'Must be ann, or left out' }]]);
  expect(errorsOf(await replace(tenant, 'cem', { key: 'ben' }))).toEqual([400, [{ field: 'key', message: 'Must be cem, or left out' }]]);
  expect([await readUser(tenant, 'ann'), await totalOf(tenant)]).toEqual([user, 1]);
});

it('400: refuses to create a user whose key looks like an id, and a role that does; replaces a user of an older version', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  await givenUser(tenant, { key: 'ann' });
  const unused = randomUUID();
  for (const userId of spellingsOf(unused)) {
    expect(errorsOf(await replace(tenant, userId))).toEqual(refusedAsId('userId'));
    const role_assignments = [admin('a'), { role: userId, tenant: 'a' }];
    expect(errorsOf(await replace(tenant, 'ann', { role_assignments }))).toEqual(refusedAsId('role_assignments.1.role'));
  }
  await givenManyUsers(server, tenant, [unused]);
  const { data, response } = await replace(tenant, unused, { key: unused, first_name: 'Ben' });
  expect([response?.status, data?.key, data?.first_name, await totalOf(tenant)]).toEqual([200, unused, 'Ben', 2]);
});

it('400: refuses too many tenants and too deep attributes, and changes nothing', async () => {
  const tenant = await givenTenant(server);
  const user = await givenUserWithMaxTenants(server, tenant, 'full');
  await givenFactTenant(tenant, 'one-more');
  const result: ApiResult = await replace(tenant, 'full', { first_name: 'Ann', role_assignments: [admin('one-more')] });
  expect(errorsOf(result)).toEqual([400, [{ field: 'role_assignments', message: 'A user has at most 1000 tenants and 1000 roles' }]]);
  expect(errorsOf(await replace(tenant, 'full', { attributes: nestedAttributes(21) }))).toEqual([
    400,
    [{ field: 'attributes', message: 'Must have at most 20 levels' }],
  ]);
  expect([(await readUser(tenant, 'full'))?.first_name, user.first_name]).toEqual([null, null]);
  expect((await replace(tenant, 'full', { role_assignments: [admin('full-00000')] })).response?.status).toBe(200);
});
