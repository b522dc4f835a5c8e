import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { addTenantUser, deleteTenant, listTenantUsers } from '../../../generated/sdk.gen.ts';
import { type ApiResult, errorsOf, messageOf, refusedAsId, spellingsOf, statusesOf } from '../../support/api-results.ts';
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

type Body = Parameters<typeof addTenantUser>[0]['body'];

const add = ({ writer }: Tenant, tenantId: string, body: unknown, path = productionPath) =>
  addTenantUser({ client: writer.client, path: { ...path, tenantId }, body: body as Body });
const membersOf = async ({ reader }: Tenant, tenantId: string) =>
  (await listTenantUsers({ client: reader.client, path: { ...productionPath, tenantId } })).data?.data.map(({ key }) => key);
const admin = (tenant: string) => ({ role: 'admin', tenant });

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => add(tenant, 'a', { key: 'ann' }, path));
});

it('404: treats a tenant of another organization as unknown, and creates no user', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const theirs = await givenFactTenant(other, 'theirs');
  for (const tenantId of ['nowhere', theirs.key, theirs.id, '../theirs', 'theirs\u0000', '%'])
    expect(messageOf(await add(tenant, tenantId, { key: 'ann' }))).toEqual([404, `Tenant with id ${tenantId} not found`]);
  expect([await readUser(tenant, 'ann'), await membersOf(other, 'theirs')]).toEqual([undefined, []]);
});

it('201: only one of many simultaneous requests creates the user, and it is a member once', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  for (let round = 1; round <= 4; round++) {
    const body = (index: number) => ({ key: `ann${round}`, first_name: `Ann ${index}`, role_assignments: [admin('a')] });
    const results = await concurrently(12, (index) => add(tenant, 'a', body(index)));
    expect(statusesOf(results)).toEqual([...Array(11).fill(200), 201]);
    const created = results.find(({ response }) => response?.status === 201)?.data;
    for (const { data } of results) expect(data).toEqual(created);
    expect((await membersOf(tenant, 'a'))?.length).toBe(round);
  }
  expect(await factInconsistencies(server)).toEqual([]);
});

it('201, 404: leaves no membership, and creates no user, if the tenant was deleted at the same time', async () => {
  const tenant = await givenTenant(server);
  for (let round = 0; round < 8; round++) {
    await givenFactTenant(tenant, 'a');
    const path = { ...productionPath, tenantId: 'a' };
    const results = await concurrently<ApiResult>(7, (index) =>
      index === 2 ? deleteTenant({ client: tenant.writer.client, path }) : add(tenant, 'a', { key: `u${round}-${index}` }),
    );
    expect([results[2]?.response?.status, await factInconsistencies(server)]).toEqual([204, []]);
    for (const index of [0, 1, 3, 4, 5, 6]) {
      const status = results[index]?.response?.status;
      expect([201, 404]).toContain(status);
      expect((await readUser(tenant, `u${round}-${index}`)) !== undefined).toBe(status === 201);
    }
  }
});

it('400: creates and adds no user if the tenant of a role does not exist', async () => {
  const tenant = await givenTenant(server);
  const theirs = await givenFactTenant(await givenTenant(server), 'theirs');
  await givenFactTenant(tenant, 'a');
  const ann = await givenUser(tenant, { key: 'ann' });
  const role_assignments = [admin('theirs'), admin('a'), admin(theirs.id)];
  for (const key of ['ann', 'ben'])
    expect(errorsOf(await add(tenant, 'a', { key, role_assignments }))).toEqual([
      400,
      [0, 2].map((index) => ({ field: `role_assignments.${index}.tenant`, message: 'Tenant does not exist' })),
    ]);
  expect([await readUser(tenant, 'ann'), await readUser(tenant, 'ben'), await membersOf(tenant, 'a')]).toEqual([ann, undefined, []]);
  expect((await readFactTenant(tenant, 'a'))?.last_action_at).toBe(null);
});

it('200: an existing user joins with the new roles and no other change; a second request changes nothing', async () => {
  const tenant = await givenTenant(server);
  for (const key of ['a', 'b', 'c']) await givenFactTenant(tenant, key);
  const ann = await givenUser(tenant, { key: 'user|1', first_name: 'Ann', attributes: { a: 1 }, role_assignments: [admin('c')] });
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  const updated_at = server.clock.now.toISOString();
  const body = { key: 'user|1', first_name: 'Ben', email: 'ben@x.example', attributes: {}, role_assignments: [admin('b')] };
  const { data, response } = await add(tenant, 'a', body);
  const membership = (name: string, ...roles: string[]) => ({ tenant: name, roles, status: 'active', resource_instance_roles: [] });
  const after = {
    ...ann,
    updated_at,
    associated_tenants: [membership('a'), membership('b', 'admin'), membership('c', 'admin')],
    roles: [admin('b'), admin('c')],
  };
  expect([response?.status, data, await readUser(tenant, 'user|1')]).toEqual([200, after, after]);
  const lastActions = async () => Promise.all(['a', 'b', 'c'].map(async (key) => (await readFactTenant(tenant, key))?.last_action_at));
  expect(await lastActions()).toEqual([updated_at, updated_at, ann.updated_at]);
  expect([await membersOf(tenant, 'a'), await membersOf(tenant, 'b')]).toEqual([['user|1'], ['user|1']]);

  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  expect((await add(tenant, 'a', body)).data).toEqual(after);
  expect([await lastActions(), await factInconsistencies(server)]).toEqual([[updated_at, updated_at, ann.updated_at], []]);
});

it('201: creates a user that does not exist as a member, with or without roles', async () => {
  const tenant = await givenTenant(server);
  const a = await givenFactTenant(tenant, 'a');
  const ann = await add(tenant, a.id.toUpperCase(), { key: 'ann', email: 'ann@x.example', role_assignments: [admin('a')] });
  expect([ann.response?.status, ann.data?.email, ann.data?.roles]).toEqual([201, 'ann@x.example', [admin('a')]]);
  const ben = await add(tenant, 'a', { key: 'ben' });
  expect([ben.response?.status, ben.data?.associated_tenants.map(({ tenant }) => tenant), ben.data?.roles]).toEqual([201, ['a'], []]);
  expect(await membersOf(tenant, 'a')).toEqual(['ann', 'ben']);
});

it('400: refuses a new key that looks like an id, in any case; a user of an older version may have such a key', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  const { id } = await givenUser(tenant, { key: 'ann' });
  for (const key of [...spellingsOf(id), randomUUID()]) {
    expect(errorsOf(await add(tenant, 'a', { key }))).toEqual(refusedAsId('key'));
    const role_assignments = [{ role: key, tenant: 'a' }];
    expect(errorsOf(await add(tenant, 'a', { key: 'ann', role_assignments }))).toEqual(refusedAsId('role_assignments.0.role'));
  }
  expect(await membersOf(tenant, 'a')).toEqual([]);
  await givenManyUsers(server, tenant, [id]);
  expect((await add(tenant, 'a', { key: id })).response?.status).toBe(200);
  expect([await membersOf(tenant, 'a'), (await readUser(tenant, id))?.associated_tenants]).toEqual([[id], []]);
});

it('400: refuses the 1,001st tenant of a user, joined directly or through a role', async () => {
  const tenant = await givenTenant(server);
  await givenUserWithMaxTenants(server, tenant, 'full');
  await givenFactTenant(tenant, 'more');
  const message = 'A user has at most 1000 tenants and 1000 roles';
  expect(errorsOf(await add(tenant, 'more', { key: 'full' }))).toEqual([400, [{ field: 'tenantId', message }]]);
  const role_assignments = [admin('more')];
  expect(errorsOf(await add(tenant, 'full-00001', { key: 'full', role_assignments }))).toEqual([
    400,
    [{ field: 'role_assignments', message }],
  ]);
  expect((await add(tenant, 'full-00001', { key: 'full' })).response?.status).toBe(200);
  expect(await membersOf(tenant, 'more')).toEqual([]);
});

it('400: names every wrong field, and adds no user', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  expect(errorsOf(await add(tenant, 'a', { first_name: 1, tenant: 'a' }))).toEqual([
    400,
    [
      { field: 'key', message: 'Is required' },
      { field: 'tenant', message: 'Is not a known field' },
      { field: 'first_name', message: 'Must be text or null' },
    ],
  ]);
  expect(errorsOf(await add(tenant, 'a', { key: 'ann', attributes: nestedAttributes(21) }))).toEqual([
    400,
    [{ field: 'attributes', message: 'Must have at most 20 levels' }],
  ]);
  expect([await membersOf(tenant, 'a'), await readUser(tenant, 'ann')]).toEqual([[], undefined]);
});
