import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { listTenants, replaceTenant } from '../../../generated/sdk.gen.ts';
import { errorsOf, refusedAsId, spellingsOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  concurrently,
  expectEnvironmentNotFound,
  factInconsistencies,
  givenFactTenant,
  givenManyFactTenants,
  givenUser,
  nestedAttributes,
  productionPath,
  readFactTenant,
} from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof replaceTenant>[0]['body'];

const replace = ({ writer }: Tenant, tenantId: string, body: unknown = { name: 'A' }, path = productionPath) =>
  replaceTenant({ client: writer.client, path: { ...path, tenantId }, body: body as Body });
const keysOf = async ({ reader }: Tenant) => {
  const { data } = await listTenants({ client: reader.client, path: productionPath });
  return (data as { key: string }[]).map(({ key }) => key);
};

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => replace(tenant, 'a', { name: 'A' }, path));
  expect(await keysOf(tenant)).toEqual([]);
});

it('201: creates a tenant with the key of a tenant of another organization, which does not change', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const theirs = await givenFactTenant(other, 'a', { name: 'Theirs' });
  const { data, response } = await replace(tenant, 'a', { name: 'Ours' });
  expect([response?.status, data?.organization_id]).toEqual([201, tenant.organization.id]);
  expect(await readFactTenant(other, 'a')).toEqual(theirs);
});

it('201: only one of many simultaneous requests creates the tenant, and the others replace it', async () => {
  const tenant = await givenTenant(server);
  const results = await concurrently(12, (index) => replace(tenant, 'a', { name: `Name ${index}` }));
  expect(statusesOf(results)).toEqual([...Array(11).fill(200), 201]);
  expect(new Set(results.map(({ data }) => data?.id)).size).toBe(1);
  expect([await keysOf(tenant), await factInconsistencies(server)]).toEqual([['a'], []]);
});

it('200: resets omitted fields, except the members and the time of their last change', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'stripeinc', { name: 'Stripe Inc', description: 'Payments', attributes: { a: 1 } });
  await givenUser(tenant, { key: 'ann', role_assignments: [{ role: 'admin', tenant: 'stripeinc' }] });
  const before = await readFactTenant(tenant, 'stripeinc');
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  const after = { ...before, name: 'Stripe', description: null, attributes: {}, updated_at: server.clock.now.toISOString() };
  for (const [tenantId, more] of [
    ['stripeinc', {}],
    ['stripeinc', { key: 'stripeinc' }],
    [before?.id.toUpperCase(), { key: 'stripeinc' }],
  ] as const) {
    const { data, response } = await replace(tenant, tenantId as string, { name: 'Stripe', ...more });
    expect([response?.status, data]).toEqual([200, after]);
  }
  expect([await readFactTenant(tenant, 'stripeinc'), await keysOf(tenant)]).toEqual([after, ['stripeinc']]);
});

it('201: creates the tenant with the key of the path', async () => {
  const tenant = await givenTenant(server);
  const { data, response } = await replace(tenant, 'Stripe-Inc_1', { key: 'Stripe-Inc_1', name: 'Stripe', attributes: { a: 1 } });
  expect([response?.status, data?.key, data?.name, data?.attributes]).toEqual([201, 'Stripe-Inc_1', 'Stripe', { a: 1 }]);
  expect(await readFactTenant(tenant, 'Stripe-Inc_1')).toEqual(data);
});

it('400: refuses a path that cannot be a key, and a key that differs from the path', async () => {
  const tenant = await givenTenant(server);
  const before = await givenFactTenant(tenant, 'a');
  for (const tenantId of ['a b', 'a.b', 'a|b', '../a', 'a\u0000', 'a ', 'ä', '%'])
    expect(errorsOf(await replace(tenant, tenantId))).toEqual([
      400,
      [{ field: 'tenantId', message: 'Must contain only letters, digits, - and _, because it becomes the key of a new tenant' }],
    ]);
  for (const [tenantId, key] of [
    ['a', 'b'],
    ['a', 'A'],
    ['a', before.id],
    [before.id, before.id],
  ] as const)
    expect(errorsOf(await replace(tenant, tenantId, { name: 'Mine', key }))).toEqual([
      400,
      [{ field: 'key', message: 'Must be a, or left out' }],
    ]);
  expect(errorsOf(await replace(tenant, 'c', { name: 'Mine', key: 'b' }))).toEqual([
    400,
    [{ field: 'key', message: 'Must be c, or left out' }],
  ]);
  expect([await readFactTenant(tenant, 'a'), await keysOf(tenant)]).toEqual([before, ['a']]);
});

it('400: refuses to create a tenant whose key looks like an id; replaces one of an older version', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  const unused = randomUUID();
  for (const tenantId of spellingsOf(unused)) expect(errorsOf(await replace(tenant, tenantId))).toEqual(refusedAsId('tenantId'));
  await givenManyFactTenants(server, tenant, [unused]);
  const { data, response } = await replace(tenant, unused, { key: unused, name: 'Mine' });
  expect([response?.status, data?.key, data?.name, await keysOf(tenant)]).toEqual([200, unused, 'Mine', [unused, 'a'].toSorted()]);
});

it('400: names every wrong field, and changes nothing', async () => {
  const tenant = await givenTenant(server);
  const before = await givenFactTenant(tenant, 'a');
  expect(errorsOf(await replace(tenant, 'a', { description: 1, id: 'mine' }))).toEqual([
    400,
    [
      { field: 'name', message: 'Is required' },
      { field: 'id', message: 'Is not a known field' },
      { field: 'description', message: 'Must be text or null' },
    ],
  ]);
  expect(errorsOf(await replace(tenant, 'a', { name: 'Mine', attributes: nestedAttributes(21) }))).toEqual([
    400,
    [{ field: 'attributes', message: 'Must have at most 20 levels' }],
  ]);
  expect(await readFactTenant(tenant, 'a')).toEqual(before);
});
