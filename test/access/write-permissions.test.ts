import { expect, it } from 'vitest';
import { addTenantUser, createTenant, createUser, listTenantUsers, replaceTenant, replaceUser } from '../../generated/sdk.gen.ts';
import type { Permission } from '../../server/access/store/token-rows.ts';
import { givenTenant, givenToken } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const environmentPath = { projectKey: 'default', environmentKey: 'production' };
const newPermission = (resource: string, action: Permission['action'], fields: string[] | null = null): Permission => ({
  resource,
  action,
  fields,
});

async function given(...permissions: Permission[]) {
  const tenant = await givenTenant(server);
  const { client } = tenant.administrator;
  await createTenant({ client, path: environmentPath, body: { key: 'acme', name: 'Acme' } });
  await createUser({
    client,
    path: environmentPath,
    body: { key: 'jane', first_name: 'Jane', role_assignments: [{ role: 'admin', tenant: 'acme' }] },
  });
  await createUser({ client, path: environmentPath, body: { key: 'john' } });
  return { client: (await givenToken(server, tenant.organization, { permissions })).client, administrator: client };
}
const statusAndMessage = ({ response, error }: { response?: Response | undefined; error?: { message: string } | undefined }) => [
  response?.status,
  error?.message,
];
const missingPermission = (permission: string) => `This token may not ${permission}: its permissions do not include '${permission}'`;

it('403: refuses to create a user or tenant by PUT without the create permission', async () => {
  const { client, administrator } = await given(newPermission('users', 'update'), newPermission('tenants', 'update'));
  const user = { ...environmentPath, userId: 'new' };
  expect(statusAndMessage(await replaceUser({ client, path: user, body: {} }))).toEqual([403, missingPermission('create users')]);
  expect(statusAndMessage(await replaceUser({ client, path: { ...environmentPath, userId: 'john' }, body: {} }))).toEqual([200, undefined]);
  const tenant = { ...environmentPath, tenantId: 'new' };
  expect(statusAndMessage(await replaceTenant({ client, path: tenant, body: { name: 'New' } }))).toEqual([
    403,
    missingPermission('create tenants'),
  ]);
  expect((await replaceUser({ client: administrator, path: user, body: {} })).response?.status).toBe(201);
});

it('403: refuses to add an existing user to a tenant without the update permission', async () => {
  const { client } = await given(newPermission('users', 'create'));
  const path = { ...environmentPath, tenantId: 'acme' };
  expect(statusAndMessage(await addTenantUser({ client, path, body: { key: 'john' } }))).toEqual([403, missingPermission('update users')]);
  expect(statusAndMessage(await addTenantUser({ client, path, body: { key: 'new' } }))).toEqual([201, undefined]);
  const withKeyOnly = await given(newPermission('users', 'create', ['key']));
  expect(statusAndMessage(await addTenantUser({ client: withKeyOnly.client, path, body: { key: 'new' } }))).toEqual([
    403,
    'This token may not create users with this operation: that needs permission for role_assignments',
  ]);
});

it('403: refuses to list the users of a tenant if the tenants of a user are hidden', async () => {
  const path = { ...environmentPath, tenantId: 'acme' };
  const withoutTenants = await given(newPermission('users', 'read', ['first_name']));
  expect(statusAndMessage(await listTenantUsers({ client: withoutTenants.client, path }))).toEqual([
    403,
    'This token may not read users with this operation: that needs permission for associated_tenants.tenant',
  ]);
  const withTenants = await given(newPermission('users', 'read', ['associated_tenants.tenant']));
  const { response, data } = await listTenantUsers({ client: withTenants.client, path });
  expect([response?.status, data?.data.map(({ key }) => key)]).toEqual([200, ['jane']]);
  const tenants = await given(newPermission('tenants', 'read'));
  expect(statusAndMessage(await listTenantUsers({ client: tenants.client, path }))).toEqual([403, missingPermission('read users')]);
});
