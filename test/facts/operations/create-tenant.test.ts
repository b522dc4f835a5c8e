import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createTenant, listTenants } from '../../../generated/sdk.gen.ts';
import { errorsOf, refusedAsId, spellingsOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  concurrently,
  expectEnvironmentNotFound,
  factInconsistencies,
  givenFactTenant,
  givenUser,
  nestedAttributes,
  productionPath,
  readFactTenant,
} from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof createTenant>[0]['body'];

const create = ({ writer }: Tenant, body: unknown, path = productionPath) =>
  createTenant({ client: writer.client, path, body: body as Body });
const keysOf = async ({ reader }: Tenant) => {
  const { data } = await listTenants({ client: reader.client, path: productionPath });
  return (data as { key: string }[]).map(({ key }) => key);
};

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => create(tenant, { key: 'a', name: 'A' }, path));
  expect(await keysOf(tenant)).toEqual([]);
});

it('201: only one of many simultaneous requests creates the tenant, and all others receive it', async () => {
  const tenant = await givenTenant(server);
  const results = await concurrently(12, (index) => create(tenant, { key: 'a', name: `Name ${index}` }));
  expect(statusesOf(results)).toEqual([...Array(11).fill(200), 201]);
  const created = results.find(({ response }) => response?.status === 201)?.data;
  for (const { data } of results) expect(data).toEqual(created);
  expect([await keysOf(tenant), await factInconsistencies(server)]).toEqual([['a'], []]);
});

it('201: creates and counts many different tenants at the same time', async () => {
  const tenant = await givenTenant(server);
  const results = await concurrently(25, (index) => create(tenant, { key: `t${index}`, name: 'One' }));
  expect(statusesOf(results)).toEqual(Array(25).fill(201));
  expect([(await keysOf(tenant)).length, await factInconsistencies(server)]).toEqual([25, []]);
});

it('200: returns an existing tenant, and does not change it', async () => {
  const tenant = await givenTenant(server);
  const before = await givenFactTenant(tenant, 'stripeinc', { name: 'Stripe Inc', description: 'Payments', attributes: { a: 1 } });
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  const { data, response } = await create(tenant, { key: 'stripeinc', name: 'Another', description: null, attributes: {} });
  expect([response?.status, data, await readFactTenant(tenant, 'stripeinc')]).toEqual([200, before, before]);
});

it('201: allows the key of another organization, and a key in another case', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const theirs = await givenFactTenant(other, 'a');
  const ours = await create(tenant, { key: 'a', name: 'Ours' });
  expect([ours.response?.status, ours.data?.organization_id]).toEqual([201, tenant.organization.id]);
  expect((await create(tenant, { key: 'A', name: 'More' })).response?.status).toBe(201);
  expect(await readFactTenant(other, 'a')).toEqual(theirs);
});

it('400: refuses a key that looks like an id, in any case', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenFactTenant(tenant, 'a');
  for (const key of [...spellingsOf(id), randomUUID()])
    expect(errorsOf(await create(tenant, { key, name: 'More' }))).toEqual(refusedAsId('key'));
  for (const key of [`${id}0`, `x${id}`, id.replaceAll('-', '')])
    expect((await create(tenant, { key, name: 'More' })).response?.status).toBe(201);
  expect((await keysOf(tenant)).length).toBe(4);
});

it('201: stores all fields; omitted fields are null or empty', async () => {
  const tenant = await givenTenant(server);
  const user = await givenUser(tenant, { key: 'ann' });
  const body = {
    key: 'Stripe-Inc_1',
    name: ' Stripe %_\\ 😀 ',
    description: 'Two\nlines\tand "quotes"',
    attributes: { allowed: ['US', { a: null }] },
  };
  const { data, response } = await create(tenant, body);
  const now = server.clock.now.toISOString();
  const { organization_id, project_id, environment_id } = user;
  const scope = { organization_id, project_id, environment_id };
  expect([response?.status, data]).toEqual([
    201,
    { ...body, id: data?.id, ...scope, created_at: now, updated_at: now, last_action_at: null },
  ]);
  expect(await readFactTenant(tenant, body.key)).toEqual(data);
  expect((await create(tenant, { key: 'bare', name: 'Bare' })).data).toMatchObject({ description: null, attributes: {} });
});

it('400: names every wrong field, and creates nothing', async () => {
  const tenant = await givenTenant(server);
  expect(errorsOf(await create(tenant, { key: 'a.b', description: 'a\u0000', attributes: 1, id: 'mine' }))).toEqual([
    400,
    [
      { field: 'name', message: 'Is required' },
      { field: 'id', message: 'Is not a known field' },
      { field: 'key', message: 'Must contain only letters, digits, - and _' },
      { field: 'description', message: expect.any(String) },
      { field: 'attributes', message: 'Must be an object' },
    ],
  ]);
  for (const key of ['', 'a b', 'a|b', '../a', 'é', 'a\n', 'x'.repeat(101), null, 1])
    expect((await create(tenant, { key, name: 'A' })).error?.errors?.map(({ field }) => field)).toEqual(['key']);
  for (const attributes of [nestedAttributes(21), { a: 'x'.repeat(65_536) }])
    expect((await create(tenant, { key: 'a', name: 'A', attributes })).error?.errors?.map(({ field }) => field)).toEqual(['attributes']);
  expect(await keysOf(tenant)).toEqual([]);
});
