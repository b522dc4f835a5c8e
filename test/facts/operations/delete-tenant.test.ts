import { expect, it } from 'vitest';
import { addTenantUser, deleteTenant, deleteUser, listTenants, listTenantUsers, listUsers } from '../../../generated/sdk.gen.ts';
import { splitListBlocks } from '../../../server/database/split-list-blocks.ts';
import { type ApiResult, messageOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  concurrently,
  expectEnvironmentNotFound,
  factInconsistencies,
  givenFactTenant,
  givenManyUsers,
  givenUser,
  numberedKeys,
  productionPath,
  readFactTenant,
  readUser,
} from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const remove = ({ writer }: Tenant, tenantId: string, path = productionPath) =>
  deleteTenant({ client: writer.client, path: { ...path, tenantId } });
const admin = (tenant: string) => ({ role: 'admin', tenant });

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => remove(tenant, 'a', path));
});

it('404: treats a tenant of another organization as unknown, and does not delete it', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const theirs = await givenFactTenant(other, 'theirs');
  for (const tenantId of ['nowhere', theirs.key, theirs.id, '../theirs', 'theirs\u0000', '%'])
    expect(messageOf(await remove(tenant, tenantId))).toEqual([404, `Tenant with id ${tenantId} not found`]);
  expect(await readFactTenant(other, 'theirs')).toEqual(theirs);
});

it('204: only one of many simultaneous requests deletes the tenant', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  for (const key of ['ann', 'ben']) await givenUser(tenant, { key, role_assignments: [admin('a')] });
  expect(statusesOf(await concurrently(8, () => remove(tenant, 'a')))).toEqual([204, ...Array(7).fill(404)]);
  expect(await factInconsistencies(server)).toEqual([]);
});

it('204: leaves nothing of the tenant if users join, are created and are deleted at the same time', async () => {
  const tenant = await givenTenant(server);
  for (let round = 0; round < 8; round++) {
    for (const key of ['a', 'b']) await givenFactTenant(tenant, key);
    for (const key of ['u0', 'u1']) await givenUser(tenant, { key, role_assignments: [admin('a'), admin('b')] });
    const { client } = tenant.writer;
    const results = await concurrently<ApiResult>(8, (index) => {
      if (index === 2) return remove(tenant, 'a');
      if (index === 4) return remove(tenant, 'b');
      if (index < 2) return deleteUser({ client, path: { ...productionPath, userId: `u${index}` } });
      return addTenantUser({
        client,
        path: { ...productionPath, tenantId: 'a' },
        body: { key: `new${index}`, role_assignments: [admin('b')] },
      });
    });
    for (const index of [0, 1, 2, 4]) expect(results[index]?.response?.status).toBe(204);
    for (const index of [3, 5, 6, 7]) expect([200, 201, 400, 404]).toContain(results[index]?.response?.status);
    expect(await factInconsistencies(server)).toEqual([]);
  }
});

it('204: deletes the memberships and roles of the tenant; its users remain, and record the change', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  const b = await givenFactTenant(tenant, 'b');
  const ann = await givenUser(tenant, { key: 'ann', role_assignments: [admin('a'), admin('b')] });
  const ben = await givenUser(tenant, { key: 'ben', role_assignments: [admin('b')] });
  const lastActionAt = (await readFactTenant(tenant, 'b'))?.last_action_at;
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  expect((await remove(tenant, 'a')).response?.status).toBe(204);
  const updated_at = server.clock.now.toISOString();
  const associated_tenants = ann.associated_tenants.slice(1);
  expect(await readUser(tenant, 'ann')).toEqual({ ...ann, updated_at, associated_tenants, roles: [admin('b')] });
  expect(await readUser(tenant, 'ben')).toEqual(ben);
  const { data } = await listTenants({ client: tenant.reader.client, path: productionPath, query: { include_total_count: true } });
  expect(data).toEqual({ data: [{ ...b, last_action_at: lastActionAt }], total_count: 1, page_count: 1 });
  const gone = await listTenantUsers({ client: tenant.reader.client, path: { ...productionPath, tenantId: 'a' } });
  expect([gone.response?.status, (await remove(tenant, 'a')).response?.status]).toEqual([404, 404]);

  const again = await givenFactTenant(tenant, 'a');
  const members = await listTenantUsers({ client: tenant.reader.client, path: { ...productionPath, tenantId: 'a' } });
  expect([again.last_action_at, members.data?.total_count, (await readUser(tenant, 'ann'))?.roles]).toEqual([null, 0, [admin('b')]]);
});

it('204: deletes by id a tenant with thousands of members in several list blocks', async () => {
  const tenant = await givenTenant(server);
  const a = await givenFactTenant(tenant, 'a');
  await givenManyUsers(server, tenant, numberedKeys(2500), a);
  while (await splitListBlocks(server.db));
  expect((await remove(tenant, a.id.toUpperCase())).response?.status).toBe(204);
  expect(await factInconsistencies(server)).toEqual([]);
  const { data } = await listUsers({ client: tenant.reader.client, path: productionPath, query: { page: 25, per_page: 100 } });
  expect([data?.total_count, data?.data.at(-1)?.key, data?.data.at(-1)?.associated_tenants]).toEqual([2500, 'u02499', []]);
});
