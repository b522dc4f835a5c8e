import { expect, it } from 'vitest';
import { updateTenant } from '../../../generated/sdk.gen.ts';
import { errorsOf, messageOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  concurrently,
  expectEnvironmentNotFound,
  givenFactTenant,
  nestedAttributes,
  productionPath,
  readFactTenant,
} from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof updateTenant>[0]['body'];

const update = ({ writer }: Tenant, tenantId: string, body: unknown, path = productionPath) =>
  updateTenant({ client: writer.client, path: { ...path, tenantId }, body: body as Body });

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => update(tenant, 'a', { name: 'Mine' }, path));
});

it('404: treats a tenant of another organization as unknown, and does not change it', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const theirs = await givenFactTenant(other, 'theirs');
  for (const tenantId of ['nowhere', theirs.key, theirs.id, '../theirs', 'theirs\u0000', '%00'])
    expect(messageOf(await update(tenant, tenantId, { name: 'Mine' }))).toEqual([404, `Tenant with id ${tenantId} not found`]);
  expect(await readFactTenant(other, 'theirs')).toEqual(theirs);
});

it('200: stores all of several simultaneous changes of different fields', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'a');
  const changes = [{ name: 'Changed' }, { description: 'Changed' }, { attributes: { is: 'changed' } }];
  for (let round = 0; round < 5; round++) {
    await update(tenant, 'a', { name: 'A', description: null, attributes: {} });
    expect(statusesOf(await concurrently(3, (index) => update(tenant, 'a', changes[index])))).toEqual([200, 200, 200]);
    expect(await readFactTenant(tenant, 'a')).toMatchObject(Object.assign({}, ...changes));
  }
});

it('200: replaces the sent fields completely, and no others', async () => {
  const tenant = await givenTenant(server);
  const before = await givenFactTenant(tenant, 'a', { name: 'A', description: 'Of old', attributes: { a: { b: 1 }, c: 2 } });
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  const updated_at = server.clock.now.toISOString();
  const { data, response } = await update(tenant, 'a', { attributes: { a: { d: 1 } } });
  expect([response?.status, data]).toEqual([200, { ...before, attributes: { a: { d: 1 } }, updated_at }]);
  const cleared = await update(tenant, before.id.toUpperCase(), { description: null });
  expect(cleared.data).toEqual({ ...data, description: null });
  expect(await readFactTenant(tenant, 'a')).toEqual(cleared.data);
});

it('400: refuses to change the key; a partly wrong request changes nothing', async () => {
  const tenant = await givenTenant(server);
  const before = await givenFactTenant(tenant, 'a');
  const refusal = async (body: unknown) => errorsOf(await update(tenant, 'a', body));
  expect(await refusal({ name: 'B', key: 'b' })).toEqual([400, [{ field: 'key', message: 'Is not a known field' }]]);
  expect(await refusal({})).toEqual([400, [{ field: 'body', message: 'Must have at least 1 field' }]]);
  expect(await refusal({ name: null, description: 'B' })).toEqual([400, [{ field: 'name', message: 'Must be text' }]]);
  expect(await refusal({ name: 'B', attributes: nestedAttributes(21) })).toEqual([
    400,
    [{ field: 'attributes', message: 'Must have at most 20 levels' }],
  ]);
  expect(await readFactTenant(tenant, 'a')).toEqual(before);
});
