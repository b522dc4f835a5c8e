import { expect, it } from 'vitest';
import { addTenantUser, deleteTenant, deleteUser, listTenantUsers, listUsers, replaceUser } from '../../generated/sdk.gen.ts';
import type { Tenant as FactTenant } from '../../generated/types.gen.ts';
import { splitListBlocks } from '../../server/database/split-list-blocks.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { deleteSomeMemberships, membersPerBatch, rowsPerStatement } from '../../server/facts/store/deleted-tenants.ts';
import { insertRoles } from '../../server/facts/store/fact-roles.ts';
import { givenTenant, type Tenant } from '../support/given.ts';
import {
  factInconsistencies,
  givenFactTenant,
  givenManyUsers,
  givenUser,
  numberedKeys,
  productionPath,
  readUser,
} from '../support/given-facts.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const tables = ['fact_members', 'fact_roles'];
const countsOf = (tenant_id: string) => Promise.all(tables.map(async (table) => (await server.db(table).where({ tenant_id })).length));
const remove = ({ writer }: Tenant, tenantId: string) => deleteTenant({ client: writer.client, path: { ...productionPath, tenantId } });
const moveClock = () => {
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
};

/** Creates a tenant with many members, each with two roles. */
async function givenLargeTenant(tenant: Tenant, key: string, members: number): Promise<FactTenant> {
  const factTenant = await givenFactTenant(tenant, key);
  await givenManyUsers(server, tenant, numberedKeys(members, `${key}-`), factTenant);
  while (await splitListBlocks(server.db));
  const rows = await server.db('fact_members').where({ tenant_id: factTenant.id }).select('user_id');
  const roles = ['admin', 'viewer'].map((role) => ({ tenant_id: factTenant.id, role }));
  await inTransaction(server.db, async (trx) => {
    for (const { user_id } of rows) await insertRoles(trx, server.clock.now, user_id, roles);
  });
  return factTenant;
}

it('204: the deletion of a tenant with many members touches few of them; a job does the rest in batches, also in three processes', async () => {
  const tenant = await givenTenant(server);
  const large = await givenLargeTenant(tenant, 'large', 1_500);
  const other = await givenFactTenant(tenant, 'other');
  await givenUser(tenant, { key: 'ann', role_assignments: [{ role: 'admin', tenant: 'other' }] });
  const before = await countsOf(large.id);
  moveClock();
  expect((await remove(tenant, 'large')).response?.status).toBe(204);
  const [members, roles] = await countsOf(large.id);
  expect([before, members, roles]).toEqual([[1_500, 3_000], 1_500, 3_000 - rowsPerStatement]);

  let left = await countsOf(large.id);
  for (let hasMore = true; hasMore; ) {
    hasMore = await deleteSomeMemberships(server.db, server.clock.now);
    const now = await countsOf(large.id);
    expect((left[0] as number) - (now[0] as number)).toBeLessThanOrEqual(membersPerBatch);
    expect((left[1] as number) - (now[1] as number)).toBeLessThanOrEqual(rowsPerStatement);
    left = now;
  }
  expect([left, await countsOf(other.id), await server.db('deleted_tenants').select()]).toEqual([[0, 0], [1, 1], []]);
  expect((await readUser(tenant, 'large-00042'))?.updated_at).toBe(server.clock.now.toISOString());

  const again = await givenLargeTenant(tenant, 'again', 700);
  await remove(tenant, 'again');
  const runAll = async () => {
    while (await deleteSomeMemberships(server.db, server.clock.now));
  };
  await Promise.all([runAll(), runAll(), runAll()]);
  expect([await countsOf(again.id), await server.db('deleted_tenants').select(), await factInconsistencies(server)]).toEqual([
    [0, 0],
    [],
    [],
  ]);
});

it('204: nobody sees a tenant that is being deleted, whatever requests and jobs run meanwhile', async () => {
  const tenant = await givenTenant(server);
  const large = await givenLargeTenant(tenant, 'large', 600);
  const { client } = tenant.writer;
  const userPath = (userId: string) => ({ ...productionPath, userId });
  await remove(tenant, 'large');
  const expectGone = async () => {
    const { data } = await listUsers({ client, path: productionPath, query: { per_page: 100, page: 2 } });
    for (const user of data?.data ?? []) expect([user.associated_tenants, user.roles]).toEqual([[], []]);
    expect([data?.data.length, (await readUser(tenant, 'large-00599'))?.associated_tenants]).toEqual([100, []]);
  };
  await expectGone();
  expect((await countsOf(large.id))[0]).toBe(600);

  const renewed = await givenFactTenant(tenant, 'large');
  const join = (key: string) =>
    addTenantUser({
      client,
      path: { ...productionPath, tenantId: 'large' },
      body: { key, role_assignments: [{ role: 'owner', tenant: 'large' }] },
    });
  const joined = await join('large-00598');
  expect([joined.response?.status, joined.data?.roles]).toEqual([200, [{ role: 'owner', tenant: 'large' }]]);
  const replaced = await replaceUser({ client, path: userPath('large-00597'), body: { role_assignments: [] } });
  expect([replaced.response?.status, replaced.data?.associated_tenants]).toEqual([200, []]);
  expect((await deleteUser({ client, path: userPath('large-00596') })).response?.status).toBe(204);
  const membersOf = async () =>
    (await listTenantUsers({ client, path: { ...productionPath, tenantId: 'large' } })).data?.data.map(({ key }) => key);
  expect(await membersOf()).toEqual(['large-00598']);

  for (let index = 0; index < 3; index++) await deleteSomeMemberships(server.db, server.clock.now);
  expect(await factInconsistencies(server)).toEqual([]);
  expect([await membersOf(), await countsOf(renewed.id), await countsOf(large.id)]).toEqual([['large-00598'], [1, 1], [0, 0]]);
  expect(await readUser(tenant, 'large-00598')).toMatchObject({ roles: [{ role: 'owner', tenant: 'large' }] });
});
