import { expect, it } from 'vitest';
import { deleteToken, getCurrentToken, listIdentities, listUsers, updateSettings, updateToken } from '../../../generated/sdk.gen.ts';
import type { TokenUpdate } from '../../../generated/types.gen.ts';
import type { Permission } from '../../../server/access/store/token-rows.ts';
import { type GivenToken, givenTenant, givenToken, type Tenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const cell = (resource: string, action: Permission['action']): Permission => ({ resource, action, fields: null });
const update = async ({ client }: GivenToken, id: string, body: object) => {
  const { data, error, response } = await updateToken({ client, path: { id }, body: body as TokenUpdate });
  return { data, status: response?.status, message: error?.errors?.[0]?.message ?? error?.message };
};
const limitedTo = (tenant: Tenant, ...permissions: Permission[]) =>
  givenToken(server, tenant.organization, { access_level: 'Administrator', name: 'Limited', permissions });
const statusOf = async ({ client }: GivenToken) => (await getCurrentToken({ client })).response?.status;

it('200: disabled is refused by the next request, enabled works again; twice is no mistake', async () => {
  const { administrator, writer } = await givenTenant(server);
  for (const isDisabled of [true, true, false, false]) {
    const { data } = await update(administrator, writer.row.id, { isDisabled });
    expect([data?.status, await statusOf(writer)]).toEqual(isDisabled ? ['Disabled', 401] : ['Active', 200]);
  }
});

it('200: rights are given and taken at the next request', async () => {
  const { administrator, writer } = await givenTenant(server);
  const identities = async () => (await listIdentities({ client: writer.client })).response?.status;
  await update(administrator, writer.row.id, { permissions: [cell('users', 'read')] });
  expect(await identities()).toBe(403);
  const place = { projectKey: 'default', environmentKey: 'production' };
  expect((await listUsers({ client: writer.client, path: place })).response?.status).toBe(200);
  const { data } = await update(administrator, writer.row.id, { permissions: null });
  expect([data?.permissions, await identities()]).toEqual([null, 200]);
  expect((await update(administrator, writer.row.id, { accessLevel: 'Administrator' })).data?.accessLevel).toBe('Administrator');
});

it('400: an access level that its permissions do not fit', async () => {
  const tenant = await givenTenant(server);
  const limited = await limitedTo(tenant, cell('tokens', 'read'));
  expect(await update(tenant.administrator, limited.row.id, { accessLevel: 'Write' })).toMatchObject({
    status: 400,
    message: "A token of access level Write can't have read of tokens: Administrator is needed",
  });
});

it('403: whoever has less changes, disables, prolongs and deletes nobody who has more', async () => {
  const tenant = await givenTenant(server);
  const limited = await limitedTo(tenant, cell('tokens', 'read'), cell('tokens', 'update'), cell('tokens', 'delete'));
  const before = await server.db('tokens').orderBy('id').select('id', 'name', 'permissions', 'disabled_at', 'expires_at', 'access_level');
  const message = /^This token may not change token \w+: it would need .+, which it has not itself$/;
  for (const target of [tenant.administrator, tenant.writer])
    for (const change of [{ name: 'Mine' }, { isDisabled: true }, { expirationDate: null }, { permissions: [cell('tokens', 'read')] }])
      expect(await update(limited, target.row.id, change)).toMatchObject({ status: 403, message: expect.stringMatching(message) });
  const { response, error } = await deleteToken({ client: limited.client, path: { id: tenant.administrator.row.id } });
  expect([response?.status, error?.message]).toEqual([403, expect.stringMatching(message)]);
  const after = await server.db('tokens').orderBy('id').select('id', 'name', 'permissions', 'disabled_at', 'expires_at', 'access_level');
  expect(after).toEqual(before);
});

it('403: nobody raises itself or another above what it has', async () => {
  const tenant = await givenTenant(server);
  const limited = await limitedTo(tenant, cell('tokens', 'read'), cell('tokens', 'update'), cell('users', 'read'));
  const less = await limitedTo(tenant, cell('users', 'read'));
  for (const id of [limited.row.id, less.row.id])
    for (const permissions of [null, [cell('users', 'read'), cell('tokens', 'create')], [cell('settings', 'update')]])
      expect(await update(limited, id, { permissions })).toMatchObject({ status: 403 });
  expect(await update(limited, less.row.id, { permissions: [cell('tokens', 'update')] })).toMatchObject({ status: 200 });
});

it('200, 400: the longest life there may be holds for a new expiration, and for nothing else', async () => {
  const { administrator, writer } = await givenTenant(server);
  await updateSettings({ client: administrator.client, body: { maxTokenLifetimeDays: 1 } });
  expect((await update(administrator, writer.row.id, { name: 'Renamed' })).status).toBe(200);
  expect(await update(administrator, writer.row.id, { expirationDate: null })).toMatchObject({
    status: 400,
    message: 'Is required: the organization lets tokens live for 1 day at most',
  });
});
