import { expect, it } from 'vitest';
import { createTenant, listTenants } from '../../../generated/sdk.gen.ts';
import { errorsOf, statusesOf } from '../../support/api-results.ts';
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

it('404: no environment but one of the own organization', async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => create(tenant, { key: 'a', name: 'A' }, path));
  expect(await keysOf(tenant)).toEqual([]);
});

it('201: of many who create one tenant at the same moment, one creates it and all others get that one', async () => {
  const tenant = await givenTenant(server);
  const answers = await concurrently(12, (index) => create(tenant, { key: 'a', name: `Name ${index}` }));
  expect(statusesOf(answers)).toEqual([...Array(11).fill(200), 201]);
  const created = answers.find(({ response }) => response?.status === 201)?.data;
  for (const { data } of answers) expect(data).toEqual(created);
  expect([await keysOf(tenant), await factInconsistencies(server)]).toEqual([['a'], []]);
});

it('201: many different tenants at the same moment are all there, and counted', async () => {
  const tenant = await givenTenant(server);
  const answers = await concurrently(25, (index) => create(tenant, { key: `t${index}`, name: 'One' }));
  expect(statusesOf(answers)).toEqual(Array(25).fill(201));
  expect([(await keysOf(tenant)).length, await factInconsistencies(server)]).toEqual([25, []]);
});

it('200: a tenant that exists is answered as it is and stays so', async () => {
  const tenant = await givenTenant(server);
  const before = await givenFactTenant(tenant, 'stripeinc', { name: 'Stripe Inc', description: 'Payments', attributes: { a: 1 } });
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  const { data, response } = await create(tenant, { key: 'stripeinc', name: 'Another', description: null, attributes: {} });
  expect([response?.status, data, await readFactTenant(tenant, 'stripeinc')]).toEqual([200, before, before]);
});

it('201: another organization may use the same key, and other letters are another key; an id is none', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const theirs = await givenFactTenant(other, 'a');
  const ours = await create(tenant, { key: 'a', name: 'Ours' });
  expect([ours.response?.status, ours.data?.organization_id]).toEqual([201, tenant.organization.id]);
  for (const key of ['A', theirs.id, ours.data?.id]) expect((await create(tenant, { key, name: 'More' })).response?.status).toBe(201);
  expect(await readFactTenant(other, 'a')).toEqual(theirs);
});

it('201: keeps all that is given; what is left out is null, or empty', async () => {
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
  const where = { organization_id, project_id, environment_id };
  expect([response?.status, data]).toEqual([
    201,
    { ...body, id: data?.id, ...where, created_at: now, updated_at: now, last_action_at: null },
  ]);
  expect(await readFactTenant(tenant, body.key)).toEqual(data);
  expect((await create(tenant, { key: 'bare', name: 'Bare' })).data).toMatchObject({ description: null, attributes: {} });
});

it('400: names every field that is wrong, and creates nothing', async () => {
  const tenant = await givenTenant(server);
  expect(errorsOf(await create(tenant, { key: 'a.b', description: 'a\u0000', attributes: 1, id: 'mine' }))).toEqual([
    400,
    [
      { field: 'name', message: 'Is required' },
      { field: 'id', message: 'Is not a known field' },
      { field: 'key', message: 'Must be of letters, digits, - and _' },
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
