import { expect, it } from 'vitest';
import { assignRole, deleteUser, listTenantUsers, listUsers } from '../../../generated/sdk.gen.ts';
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

const remove = ({ writer }: Tenant, userId: string, path = productionPath) =>
  deleteUser({ client: writer.client, path: { ...path, userId } });

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => remove(tenant, 'ann', path));
});

it('404: treats a user of another organization as unknown, and does not delete it', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const theirs = await givenUser(other, { key: 'theirs' });
  for (const userId of ['nobody', theirs.key, theirs.id, '../theirs', '%', 'theirs\u0000'])
    expect(messageOf(await remove(tenant, userId))).toEqual([404, `User with id ${userId} not found`]);
  expect(await readUser(other, 'theirs')).toEqual(theirs);
});

it('204: only one of many simultaneous requests deletes the user', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  await givenUser(tenant, { key: 'ann', role_assignments: [{ role: 'admin', tenant: 'a' }] });
  expect(statusesOf(await concurrently(8, () => remove(tenant, 'ann')))).toEqual([204, ...Array(7).fill(404)]);
  expect(await factInconsistencies(server)).toEqual([]);
});

it('204: leaves no role and no membership if roles are assigned at the same time', async () => {
  const tenant = await givenTenant(server);
  for (const key of ['a', 'b', 'c']) await givenFactTenant(tenant, key);
  for (let round = 0; round < 6; round++) {
    await givenUser(tenant, { key: 'ann', role_assignments: [{ role: 'admin', tenant: 'b' }] });
    const path = { ...productionPath, userId: 'ann' };
    const results = await concurrently<ApiResult>(7, (index) =>
      index === 3
        ? remove(tenant, 'ann')
        : assignRole({ client: tenant.writer.client, path, body: { role: `r${index}`, tenant: ['a', 'b', 'c'][index % 3] as string } }),
    );
    expect([results[3]?.response?.status, [200, 204, 404]]).toEqual([204, expect.arrayContaining(statusesOf(results))]);
    expect([await readUser(tenant, 'ann'), await factInconsistencies(server)]).toEqual([undefined, []]);
  }
});

it('204: removes the user from all lists; other users remain, and the tenants of the user record the change', async () => {
  const tenant = await givenTenant(server);
  const stripe = await givenFactTenant(tenant, 'stripeinc');
  const untouched = await givenFactTenant(tenant, 'untouched');
  const role_assignments = [{ role: 'admin', tenant: 'stripeinc' }];
  const user = await givenUser(tenant, { key: 'user|1', role_assignments });
  const otherUser = await givenUser(tenant, { key: 'user|2', role_assignments });
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  expect((await remove(tenant, 'user|1')).response?.status).toBe(204);

  const { client } = tenant.reader;
  for (const list of [
    await listUsers({ client, path: productionPath }),
    await listTenantUsers({ client, path: { ...productionPath, tenantId: 'stripeinc' } }),
  ])
    expect(list.data).toEqual({ data: [otherUser], total_count: 1, page_count: 1 });
  expect(await readFactTenant(tenant, 'stripeinc')).toEqual({ ...stripe, last_action_at: server.clock.now.toISOString() });
  expect(await readFactTenant(tenant, 'untouched')).toEqual(untouched);
  for (const userId of [user.key, user.id]) expect((await remove(tenant, userId)).response?.status).toBe(404);
});

it('204: deletes by id; a new user with the same key has none of the roles', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'stripeinc');
  const user = await givenUser(tenant, { key: 'ann', first_name: 'Ann', role_assignments: [{ role: 'admin', tenant: 'stripeinc' }] });
  expect((await remove(tenant, user.id.toUpperCase())).response?.status).toBe(204);
  const again = await givenUser(tenant, { key: 'ann' });
  expect(again).toMatchObject({ first_name: null, roles: [], associated_tenants: [] });
  expect(again.id).not.toBe(user.id);
});
