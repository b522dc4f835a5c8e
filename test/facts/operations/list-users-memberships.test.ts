import { expect, it } from 'vitest';
import { listTenantUsers, listUsers } from '../../../generated/sdk.gen.ts';
import { inTransaction } from '../../../server/database/transactions.ts';
import { insertRoles } from '../../../server/facts/store/fact-roles.ts';
import { givenTenant } from '../../support/given.ts';
import { givenUser, givenUserWithMaxTenants, numberedKeys, productionPath, readUser } from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: shows the first 100 tenants and the first 100 roles of each user; the single user has all, and no hidden role changes the tenants', async () => {
  const tenant = await givenTenant(server);
  const { client } = tenant.reader;
  const many = await givenUserWithMaxTenants(server, tenant, 'many');
  const { associated_tenants: all = [] } = (await readUser(tenant, 'many')) ?? {};
  const [first] = await server.db('fact_members').where({ user_id: many.id }).orderBy('tenant_key').limit(1);
  const roles = numberedKeys(150, 'role-').map((role) => ({ tenant_id: first.tenant_id, role }));
  const listed = async () => (await listUsers({ client, path: productionPath, query: { per_page: 3 } })).data?.data;
  await givenUser(tenant, { key: 'ann', role_assignments: [{ role: 'admin', tenant: first.tenant_key }] });
  const shownTenants = all.slice(0, 100);
  expect([all.length, (await listed())?.[1]]).toEqual([1000, { ...many, associated_tenants: shownTenants, roles: [] }]);

  await inTransaction(server.db, (trx) => insertRoles(trx, server.clock.now, many.id, roles));
  const [ann, manyNow] = (await listed()) ?? [];
  expect([ann?.associated_tenants.length, ann?.roles]).toEqual([1, [{ role: 'admin', tenant: first.tenant_key }]]);
  expect(manyNow?.associated_tenants.map((shown) => shown.tenant)).toEqual(shownTenants.map((shown) => shown.tenant));
  expect(manyNow?.associated_tenants[0]?.roles).toEqual(roles.slice(0, 100).map(({ role }) => role));
  expect(manyNow?.roles).toEqual(roles.slice(0, 100).map(({ role }) => ({ role, tenant: first.tenant_key })));
  const single = await readUser(tenant, 'many');
  expect([single?.roles.length, single?.associated_tenants.length]).toEqual([150, 1000]);

  const tenantId = all[999]?.tenant as string;
  const members = (await listTenantUsers({ client, path: { ...productionPath, tenantId } })).data?.data;
  expect(members).toEqual([manyNow]);
});
