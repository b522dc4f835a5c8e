import { expect, it } from 'vitest';
import { assignRole, deleteTenant, listTenantUsers } from '../../../generated/sdk.gen.ts';
import { inTransaction } from '../../../server/database/transactions.ts';
import { insertRoles } from '../../../server/facts/store/fact-roles.ts';
import { type ApiResult, errorsOf, messageOf, refusedAsId, spellingsOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  concurrently,
  expectEnvironmentNotFound,
  factInconsistencies,
  givenFactTenant,
  givenUser,
  givenUserWithMaxTenants,
  numberedKeys,
  productionPath,
  readFactTenant,
  readUser,
} from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof assignRole>[0]['body'];

const assign = ({ writer }: Tenant, userId: string, body: unknown, path = productionPath) =>
  assignRole({ client: writer.client, path: { ...path, userId }, body: body as Body });
const admin = (tenant: string) => ({ role: 'admin', tenant });

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => assign(tenant, 'ann', admin('a'), path));
});

it('404, 400: treats users and tenants of another organization as unknown, and changes nothing', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const [theirUser, theirTenant] = [await givenUser(other, { key: 'ben' }), await givenFactTenant(other, 'theirs')];
  const [user] = [await givenUser(tenant, { key: 'ann' }), await givenFactTenant(tenant, 'a')];
  for (const userId of ['ben', theirUser.id, 'ANN', '../ann', 'ann\u0000', '%'])
    expect(messageOf(await assign(tenant, userId, admin('a')))).toEqual([404, `User with id ${userId} not found`]);
  for (const name of ['theirs', theirTenant.id, 'A', 'a ', 'a\u0000', '../a', "' OR 1=1 --"])
    expect(errorsOf(await assign(tenant, 'ann', admin(name)))).toEqual([400, [{ field: 'tenant', message: 'Tenant does not exist' }]]);
  expect([await readUser(tenant, 'ann'), await readUser(other, 'ben')]).toEqual([user, theirUser]);
  expect((await readFactTenant(tenant, 'a'))?.last_action_at).toBe(null);
});

it('400: refuses a role that looks like an id, in any case', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  const { id } = await givenUser(tenant, { key: 'ann' });
  for (const role of spellingsOf(id)) expect(errorsOf(await assign(tenant, 'ann', { role, tenant: 'a' }))).toEqual(refusedAsId('role'));
  expect((await readUser(tenant, 'ann'))?.roles).toEqual([]);
});

it('200: assigns a role once if many requests assign it at the same time', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  await givenUser(tenant, { key: 'ann' });
  const results = await concurrently(12, () => assign(tenant, 'ann', admin('a')));
  expect(new Set(statusesOf(results))).toEqual(new Set([200]));
  expect(new Set(results.map(({ data }) => data?.id)).size).toBe(1);
  expect((await readUser(tenant, 'ann'))?.roles).toEqual([admin('a')]);
  const list = await listTenantUsers({ client: tenant.reader.client, path: { ...productionPath, tenantId: 'a' } });
  expect([list.data?.total_count, await factInconsistencies(server)]).toEqual([1, []]);
});

it('200: assigns all roles of simultaneous requests for several users and tenants', async () => {
  const tenant = await givenTenant(server);
  for (const key of ['a', 'b', 'c']) {
    await givenFactTenant(tenant, key);
    await givenUser(tenant, { key });
  }
  const keyAt = (index: number) => 'abc'[index % 3] as string;
  const results = await concurrently(27, (index) =>
    assign(tenant, keyAt(Math.floor(index / 3)), { role: `r${Math.floor(index / 9)}`, tenant: keyAt(index) }),
  );
  expect(new Set(statusesOf(results))).toEqual(new Set([200]));
  for (const key of ['a', 'b', 'c']) expect((await readUser(tenant, key))?.roles).toHaveLength(9);
  expect(await factInconsistencies(server)).toEqual([]);
});

it('200, 400: leaves no role and no membership if the tenant is deleted at the same time', async () => {
  const tenant = await givenTenant(server);
  for (let index = 0; index < 6; index++) await givenUser(tenant, { key: `u${index}` });
  for (let round = 0; round < 8; round++) {
    await givenFactTenant(tenant, 'a');
    await assign(tenant, 'u5', admin('a'));
    const path = { ...productionPath, tenantId: 'a' };
    const results = await concurrently<ApiResult>(7, (index) =>
      index === 2 ? deleteTenant({ client: tenant.writer.client, path }) : assign(tenant, `u${index % 6}`, admin('a')),
    );
    expect(results[2]?.response?.status).toBe(204);
    for (const status of statusesOf(results)) expect([200, 204, 400]).toContain(status);
    expect([await factInconsistencies(server), (await readUser(tenant, 'u5'))?.associated_tenants]).toEqual([[], []]);
  }
});

it('200: makes the user a member; assigning an existing role changes nothing', async () => {
  const tenant = await givenTenant(server);
  const a = await givenFactTenant(tenant, 'a');
  const user = await givenUser(tenant, { key: 'user|1' });
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  const created_at = server.clock.now.toISOString();
  const { data, response } = await assign(tenant, 'user|1', admin('a'));
  const { organization_id, project_id, environment_id } = user;
  expect([response?.status, data]).toEqual([
    200,
    {
      id: data?.id,
      user: 'user|1',
      role: 'admin',
      tenant: 'a',
      user_id: user.id,
      tenant_id: a.id,
      organization_id,
      project_id,
      environment_id,
      created_at,
    },
  ]);
  const after = await readUser(tenant, 'user|1');
  expect(after).toEqual({
    ...user,
    updated_at: created_at,
    associated_tenants: [{ tenant: 'a', roles: ['admin'], status: 'active', resource_instance_roles: [] }],
    roles: [admin('a')],
  });
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  expect((await assign(tenant, user.id.toUpperCase(), admin(a.id.toUpperCase()))).data).toEqual(data);
  expect([await readUser(tenant, 'user|1'), await readFactTenant(tenant, 'a')]).toEqual([after, { ...a, last_action_at: created_at }]);
  expect((await assign(tenant, 'user|1', { role: 'Admin', tenant: 'a' })).data?.id).not.toBe(data?.id);
});

it('400: refuses the 1,001st tenant and the 1,001st role of a user', async () => {
  const tenant = await givenTenant(server);
  const full = await givenUserWithMaxTenants(server, tenant, 'full');
  const more = await givenFactTenant(tenant, 'more');
  const limitError = [400, [{ field: 'tenant', message: 'A user has at most 1000 tenants and 1000 roles' }]];
  expect(errorsOf(await assign(tenant, 'full', admin('more')))).toEqual(limitError);
  expect((await assign(tenant, 'full', admin('full-00999'))).response?.status).toBe(200);
  expect((await readFactTenant(tenant, 'more'))?.last_action_at).toBe(null);

  const user = await givenUser(tenant, { key: 'ann', role_assignments: [admin('more')] });
  const roles = numberedKeys(999).map((role) => ({ role, tenant_id: more.id }));
  await inTransaction(server.db, (trx) => insertRoles(trx, server.clock.now, user.id, roles));
  expect(errorsOf(await assign(tenant, 'ann', { role: 'one-more', tenant: 'more' }))).toEqual(limitError);
  expect((await assign(tenant, 'ann', admin('more'))).response?.status).toBe(200);
  expect((await readUser(tenant, 'ann'))?.roles).toHaveLength(1000);
  expect(full.roles).toEqual([]);
});

it('400: names every wrong field', async () => {
  const tenant = await givenTenant(server);
  await givenUser(tenant, { key: 'ann' });
  expect(errorsOf(await assign(tenant, 'ann', { role: '', tenant: '', resource_instance: 'x' }))).toEqual([
    400,
    [
      { field: 'resource_instance', message: 'Is not a known field' },
      { field: 'role', message: 'Must not be empty' },
      { field: 'tenant', message: 'Must not be empty' },
    ],
  ]);
  for (const role of ['a b', 'é', 'a|b', 'x'.repeat(101), null, 1])
    expect((await assign(tenant, 'ann', { role, tenant: 'a' })).error?.errors?.map(({ field }) => field)).toEqual(['role']);
});
