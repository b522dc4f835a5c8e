import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { unassignRole } from '../../../generated/sdk.gen.ts';
import { inTransaction } from '../../../server/database/transactions.ts';
import { insertRoles } from '../../../server/facts/store/fact-roles.ts';
import { errorsOf, messageOf, statusesOf } from '../../support/api-results.ts';
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

type Body = Parameters<typeof unassignRole>[0]['body'];

const unassign = ({ writer }: Tenant, userId: string, body: unknown, path = productionPath) =>
  unassignRole({ client: writer.client, path: { ...path, userId }, body: body as Body });
const admin = (tenant: string) => ({ role: 'admin', tenant });

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => unassign(tenant, 'ann', admin('a'), path));
});

it('404: treats users, tenants and roles of another organization as unknown, and does not change them', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  for (const eachTenant of [tenant, other]) await givenFactTenant(eachTenant, 'a');
  const theirTenant = await givenFactTenant(other, 'theirs');
  const theirs = await givenUser(other, { key: 'ben', role_assignments: [admin('a'), admin('theirs')] });
  const user = await givenUser(tenant, { key: 'ann', role_assignments: [admin('a')] });
  for (const userId of ['ben', theirs.id, 'ANN', '../ann', 'ann\u0000', '%'])
    expect(messageOf(await unassign(tenant, userId, admin('a')))).toEqual([404, `User with id ${userId} not found`]);
  for (const [role, name] of [
    ['Admin', 'a'],
    ['viewer', 'a'],
    ['admin', 'A'],
    ['admin', 'a '],
    ['admin', 'theirs'],
    ['admin', theirTenant.id],
  ] as const)
    expect(messageOf(await unassign(tenant, 'ann', { role, tenant: name }))).toEqual([404, `Role with id ${role} in ${name} not found`]);
  expect([await readUser(tenant, 'ann'), await readUser(other, 'ben')]).toEqual([user, theirs]);
});

it('204: only one of many simultaneous requests removes the role', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  await givenUser(tenant, { key: 'ann', role_assignments: [admin('a')] });
  expect(statusesOf(await concurrently(8, () => unassign(tenant, 'ann', admin('a'))))).toEqual([204, ...Array(7).fill(404)]);
  expect(await factInconsistencies(server)).toEqual([]);
});

it('204: removes only this role; the user remains a member, and user and tenant record the change', async () => {
  const tenant = await givenTenant(server);
  const [a, b] = [await givenFactTenant(tenant, 'a'), await givenFactTenant(tenant, 'b')];
  const user = await givenUser(tenant, { key: 'user|1', role_assignments: [admin('a'), admin('b'), { role: 'viewer', tenant: 'b' }] });
  const before = await readFactTenant(tenant, 'b');
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  const now = server.clock.now.toISOString();
  expect((await unassign(tenant, 'user|1', admin('a'))).response?.status).toBe(204);
  const after = await readUser(tenant, 'user|1');
  expect(after?.associated_tenants.map(({ tenant, roles }) => [tenant, ...roles])).toEqual([['a'], ['b', 'admin', 'viewer']]);
  expect([after?.updated_at, await readFactTenant(tenant, 'a'), await readFactTenant(tenant, 'b')]).toEqual([
    now,
    { ...a, last_action_at: now },
    before,
  ]);
  expect((await unassign(tenant, user.id, admin(b.id.toUpperCase()))).response?.status).toBe(204);
  expect((await readUser(tenant, 'user|1'))?.roles).toEqual([{ role: 'viewer', tenant: 'b' }]);
  expect((await unassign(tenant, user.id, admin('b'))).response?.status).toBe(404);
});

it('204: removes a role of an older version that looks like an id', async () => {
  const tenant = await givenTenant(server);
  const { id: tenant_id } = await givenFactTenant(tenant, 'a');
  const { id } = await givenUser(tenant, { key: 'ann', role_assignments: [admin('a')] });
  const role = randomUUID();
  await inTransaction(server.db, (trx) => insertRoles(trx, server.clock.now, id, [{ tenant_id, role }]));
  expect((await unassign(tenant, 'ann', { role, tenant: 'a' })).response?.status).toBe(204);
  expect((await readUser(tenant, 'ann'))?.roles).toEqual([admin('a')]);
});

it('400: names every wrong field', async () => {
  const tenant = await givenTenant(server);
  await givenUser(tenant, { key: 'ann' });
  expect(errorsOf(await unassign(tenant, 'ann', { role: 'a b', resource_instance: 'x' }))).toEqual([
    400,
    [
      { field: 'tenant', message: 'Is required' },
      { field: 'resource_instance', message: 'Is not a known field' },
      { field: 'role', message: 'Must contain only letters, digits, - and _' },
    ],
  ]);
});
