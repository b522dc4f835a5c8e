import { expect, it } from 'vitest';
import { addTenantUser, listTenantUsers, removeTenantUser } from '../../../generated/sdk.gen.ts';
import { type ApiResult, messageOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  concurrently,
  expectEnvironmentNotFound,
  factInconsistencies,
  givenFactTenant,
  givenUser,
  productionPath,
  readFactTenant,
  readUser,
} from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const remove = ({ writer }: Tenant, tenantId: string, userId: string, path = productionPath) =>
  removeTenantUser({ client: writer.client, path: { ...path, tenantId, userId } });
const membersOf = async ({ reader }: Tenant, tenantId: string) =>
  (await listTenantUsers({ client: reader.client, path: { ...productionPath, tenantId } })).data?.data.map(({ key }) => key);
const admin = (tenant: string) => ({ role: 'admin', tenant });

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => remove(tenant, 'a', 'ann', path));
});

it('404: treats users and tenants of another organization as unknown, and does not change their memberships', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const theirTenant = await givenFactTenant(other, 'theirs');
  const theirs = await givenUser(other, { key: 'ben', role_assignments: [admin('theirs')] });
  await givenFactTenant(tenant, 'a');
  await givenUser(tenant, { key: 'ann', role_assignments: [admin('a')] });
  for (const tenantId of ['nowhere', 'theirs', theirTenant.id, 'A', '../a', 'a\u0000', '%'])
    expect(messageOf(await remove(tenant, tenantId, 'ann'))).toEqual([404, `Tenant with id ${tenantId} not found`]);
  for (const userId of ['nobody', 'ben', theirs.id, 'ANN', '../ann', 'ann\u0000', 'ann '])
    expect(messageOf(await remove(tenant, 'a', userId))).toEqual([404, `User with id ${userId} not found`]);
  expect([await membersOf(tenant, 'a'), await readUser(other, 'ben')]).toEqual([['ann'], theirs]);
});

it('404: refuses a user who is not a member, and changes nothing', async () => {
  const tenant = await givenTenant(server);
  const a = await givenFactTenant(tenant, 'a');
  await givenFactTenant(tenant, 'b');
  const ann = await givenUser(tenant, { key: 'ann', role_assignments: [admin('b')] });
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  expect(messageOf(await remove(tenant, 'a', 'ann'))).toEqual([404, 'Member with id ann not found']);
  expect([await readUser(tenant, 'ann'), await readFactTenant(tenant, 'a')]).toEqual([ann, a]);
});

it('204: only one of many simultaneous requests removes the member', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  await givenUser(tenant, { key: 'ann', role_assignments: [admin('a')] });
  expect(statusesOf(await concurrently(8, () => remove(tenant, 'a', 'ann')))).toEqual([204, ...Array(7).fill(404)]);
  expect([await membersOf(tenant, 'a'), await factInconsistencies(server)]).toEqual([[], []]);
});

it('204: adding and removing at the same time leaves a complete membership or none', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  await givenUser(tenant, { key: 'ann' });
  const path = { ...productionPath, tenantId: 'a' };
  const body = { key: 'ann', role_assignments: [admin('a')] };
  for (let round = 0; round < 5; round++) {
    const results = await concurrently<ApiResult>(6, (index) =>
      index % 2 === 0 ? addTenantUser({ client: tenant.writer.client, path, body }) : remove(tenant, 'a', 'ann'),
    );
    for (const status of statusesOf(results)) expect([200, 204, 404]).toContain(status);
    const user = await readUser(tenant, 'ann');
    expect(user?.roles).toEqual(user?.associated_tenants.length === 1 ? [admin('a')] : []);
    expect(await factInconsistencies(server)).toEqual([]);
  }
});

it('204: also removes the roles in the tenant, and nothing else; user and tenant record the change', async () => {
  const tenant = await givenTenant(server);
  const a = await givenFactTenant(tenant, 'a');
  await givenFactTenant(tenant, 'b');
  const roles = [admin('a'), { role: 'viewer', tenant: 'a' }, admin('b')];
  const ann = await givenUser(tenant, { key: 'user|1', role_assignments: roles });
  const ben = await givenUser(tenant, { key: 'user|2', role_assignments: roles });
  const before = await readFactTenant(tenant, 'b');
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  const now = server.clock.now.toISOString();
  expect((await remove(tenant, 'a', 'user|1')).response?.status).toBe(204);
  expect(await readUser(tenant, 'user|1')).toEqual({
    ...ann,
    updated_at: now,
    associated_tenants: ann.associated_tenants.slice(1),
    roles: [admin('b')],
  });
  expect([await readUser(tenant, 'user|2'), await readFactTenant(tenant, 'b')]).toEqual([ben, before]);
  expect(await readFactTenant(tenant, 'a')).toEqual({ ...a, last_action_at: now });
  expect([await membersOf(tenant, 'a'), await membersOf(tenant, 'b')]).toEqual([['user|2'], ['user|1', 'user|2']]);
  expect((await remove(tenant, a.id.toUpperCase(), ben.id.toUpperCase())).response?.status).toBe(204);
  expect(await membersOf(tenant, 'a')).toEqual([]);
});
