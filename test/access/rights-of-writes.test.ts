import { expect, it } from 'vitest';
import { addTenantUser, createTenant, createUser, listTenantUsers, replaceTenant, replaceUser } from '../../generated/sdk.gen.ts';
import type { Permission } from '../../server/access/store/token-rows.ts';
import { givenTenant, givenToken } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const place = { projectKey: 'default', environmentKey: 'production' };
const cell = (resource: string, action: Permission['action'], fields: string[] | null = null): Permission => ({ resource, action, fields });

async function given(...permissions: Permission[]) {
  const tenant = await givenTenant(server);
  const { client } = tenant.administrator;
  await createTenant({ client, path: place, body: { key: 'acme', name: 'Acme' } });
  await createUser({
    client,
    path: place,
    body: { key: 'jane', first_name: 'Jane', role_assignments: [{ role: 'admin', tenant: 'acme' }] },
  });
  await createUser({ client, path: place, body: { key: 'john' } });
  return { client: (await givenToken(server, tenant.organization, { permissions })).client, administrator: client };
}
const answerOf = ({ response, error }: { response?: Response | undefined; error?: { message: string } | undefined }) => [
  response?.status,
  error?.message,
];
const missing = (right: string) => `This token may not ${right.replace(' of ', ' ')}: its permissions do not have ${right}`;

it('403: who may update users and tenants makes no new ones by replacing what is not there', async () => {
  const { client, administrator } = await given(cell('users', 'update'), cell('tenants', 'update'));
  const user = { ...place, userId: 'new' };
  expect(answerOf(await replaceUser({ client, path: user, body: {} }))).toEqual([403, missing('create of users')]);
  expect(answerOf(await replaceUser({ client, path: { ...place, userId: 'john' }, body: {} }))).toEqual([200, undefined]);
  const tenant = { ...place, tenantId: 'new' };
  expect(answerOf(await replaceTenant({ client, path: tenant, body: { name: 'New' } }))).toEqual([403, missing('create of tenants')]);
  expect((await replaceUser({ client: administrator, path: user, body: {} })).response?.status).toBe(201);
});

it('403: who may create users does not put those into a tenant that are there', async () => {
  const { client } = await given(cell('users', 'create'));
  const path = { ...place, tenantId: 'acme' };
  expect(answerOf(await addTenantUser({ client, path, body: { key: 'john' } }))).toEqual([403, missing('update of users')]);
  expect(answerOf(await addTenantUser({ client, path, body: { key: 'new' } }))).toEqual([201, undefined]);
  const fewer = await given(cell('users', 'create', ['key']));
  expect(answerOf(await addTenantUser({ client: fewer.client, path, body: { key: 'new' } }))).toEqual([
    403,
    'This token may not create users like this: it goes by role_assignments',
  ]);
});

it('403: the users of a tenant are not told to who may not see the tenants of a user', async () => {
  const path = { ...place, tenantId: 'acme' };
  const hidden = await given(cell('users', 'read', ['first_name']));
  expect(answerOf(await listTenantUsers({ client: hidden.client, path }))).toEqual([
    403,
    'This token may not read users like this: it goes by associated_tenants.tenant',
  ]);
  const shown = await given(cell('users', 'read', ['associated_tenants.tenant']));
  const { response, data } = await listTenantUsers({ client: shown.client, path });
  expect([response?.status, data?.data.map(({ key }) => key)]).toEqual([200, ['jane']]);
  const tenants = await given(cell('tenants', 'read'));
  expect(answerOf(await listTenantUsers({ client: tenants.client, path }))).toEqual([403, missing('read of users')]);
});
