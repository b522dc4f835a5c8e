import { expect, it } from 'vitest';
import { updateUser } from '../../../generated/sdk.gen.ts';
import { errorsOf, messageOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  concurrently,
  expectEnvironmentNotFound,
  givenFactTenant,
  givenUser,
  nestedAttributes,
  productionPath,
  readUser,
} from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof updateUser>[0]['body'];

const update = ({ writer }: Tenant, userId: string, body: unknown, path = productionPath) =>
  updateUser({ client: writer.client, path: { ...path, userId }, body: body as Body });

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => update(tenant, 'ann', { first_name: 'Mine' }, path));
});

it('404: treats a user of another organization as unknown, and does not change it', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const theirs = await givenUser(other, { key: 'theirs', first_name: 'Ann' });
  for (const userId of ['nobody', theirs.key, theirs.id, '../theirs', '\u0000', '%00'])
    expect(messageOf(await update(tenant, userId, { first_name: 'Mine' }))).toEqual([404, `User with id ${userId} not found`]);
  expect(await readUser(other, 'theirs')).toEqual(theirs);
});

it('200: stores all of several simultaneous changes of different fields', async () => {
  const tenant = await givenTenant(server);
  await givenUser(tenant, { key: 'ann' });
  const changes = [{ email: 'ann@x.example' }, { first_name: 'Ann' }, { last_name: 'Lee' }, { attributes: { a: 1 } }];
  for (let round = 0; round < 5; round++) {
    await update(tenant, 'ann', { email: null, first_name: null, last_name: null, attributes: {} });
    expect(statusesOf(await concurrently(4, (index) => update(tenant, 'ann', changes[index])))).toEqual([200, 200, 200, 200]);
    expect(await readUser(tenant, 'ann')).toMatchObject(Object.assign({}, ...changes));
  }
});

it('200: replaces the sent fields completely, and no others', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'stripeinc');
  const role_assignments = [{ role: 'admin', tenant: 'stripeinc' }];
  const body = { email: 'ann@x.example', first_name: 'Ann', last_name: 'Lee', attributes: { a: { b: 1 }, c: 2 } };
  const user = await givenUser(tenant, { key: 'user|1', ...body, role_assignments });
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  const updated_at = server.clock.now.toISOString();

  const { data, response } = await update(tenant, 'user|1', { attributes: { a: { d: 1 } } });
  expect([response?.status, data]).toEqual([200, { ...user, attributes: { a: { d: 1 } }, updated_at }]);
  const cleared = await update(tenant, user.id.toUpperCase(), { email: null, last_name: '' });
  expect(cleared.data).toEqual({ ...user, attributes: { a: { d: 1 } }, email: null, last_name: '', updated_at });
  expect(await readUser(tenant, 'user|1')).toEqual(cleared.data);
});

it('400: refuses to change the key and the roles; a partly wrong request changes nothing', async () => {
  const tenant = await givenTenant(server);
  const user = await givenUser(tenant, { key: 'ann' });
  const refusal = async (body: unknown) => errorsOf(await update(tenant, 'ann', body));
  const unknown = (field: string) => ({ field, message: 'Is not a known field' });
  expect(await refusal({ first_name: 'Ben', key: 'ben', role_assignments: [] })).toEqual([
    400,
    [unknown('key'), unknown('role_assignments')],
  ]);
  expect(await refusal({})).toEqual([400, [{ field: 'body', message: 'Must have at least 1 field' }]]);
  expect(await refusal({ first_name: 'Ben', attributes: nestedAttributes(21) })).toEqual([
    400,
    [{ field: 'attributes', message: 'Must have at most 20 levels' }],
  ]);
  expect((await refusal({ first_name: 'Ben', email: 'nobody' }))[0]).toBe(400);
  expect(await readUser(tenant, 'ann')).toEqual(user);
});
