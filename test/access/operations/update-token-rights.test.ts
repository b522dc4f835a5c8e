import { expect, it } from 'vitest';
import { deleteToken, getCurrentToken, listIdentities, listUsers, updateSettings, updateToken } from '../../../generated/sdk.gen.ts';
import type { TokenUpdate } from '../../../generated/types.gen.ts';
import type { Permission, TokenRow } from '../../../server/access/store/token-rows.ts';
import { toInstant } from '../../../server/database/instants.ts';
import { type GivenToken, givenTenant, givenToken, type Tenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const newPermission = (resource: string, action: Permission['action']): Permission => ({ resource, action, fields: null });
const update = async ({ client }: GivenToken, id: string, body: object) => {
  const { data, error, response } = await updateToken({ client, path: { id }, body: body as TokenUpdate });
  return { data, status: response?.status, message: error?.errors?.[0]?.message ?? error?.message };
};
const limitedTo = (tenant: Tenant, ...permissions: Permission[]) =>
  givenToken(server, tenant.organization, { access_level: 'Administrator', name: 'Limited', permissions });
const statusOf = async ({ client }: GivenToken) => (await getCurrentToken({ client })).response?.status;

it('200: disabling and enabling take effect on the next request, and can be repeated', async () => {
  const { administrator, writer } = await givenTenant(server);
  for (const isDisabled of [true, true, false, false]) {
    const { data } = await update(administrator, writer.row.id, { isDisabled });
    expect([data?.status, await statusOf(writer)]).toEqual(isDisabled ? ['Disabled', 401] : ['Active', 200]);
  }
});

it('200: changed rights take effect on the next request', async () => {
  const { administrator, writer } = await givenTenant(server);
  const identities = async () => (await listIdentities({ client: writer.client })).response?.status;
  await update(administrator, writer.row.id, { permissions: [newPermission('users', 'read')] });
  expect(await identities()).toBe(403);
  const productionPath = { projectKey: 'default', environmentKey: 'production' };
  expect((await listUsers({ client: writer.client, path: productionPath })).response?.status).toBe(200);
  const { data } = await update(administrator, writer.row.id, { permissions: null });
  expect([data?.permissions, await identities()]).toEqual([null, 200]);
  expect((await update(administrator, writer.row.id, { accessLevel: 'Administrator' })).data?.accessLevel).toBe('Administrator');
});

it('400: refuses an access level that does not allow all permissions of the token', async () => {
  const tenant = await givenTenant(server);
  const limited = await limitedTo(tenant, newPermission('tokens', 'read'));
  expect(await update(tenant.administrator, limited.row.id, { accessLevel: 'Write' })).toMatchObject({
    status: 400,
    message: "A token of access level Write can't have the permission 'read tokens': that needs Administrator",
  });
});

it('403: refuses to change, disable, prolong or delete a token with more rights than the caller', async () => {
  const tenant = await givenTenant(server);
  const limited = await limitedTo(
    tenant,
    newPermission('tokens', 'read'),
    newPermission('tokens', 'update'),
    newPermission('tokens', 'delete'),
  );
  const before = await server.db('tokens').orderBy('id').select('id', 'name', 'permissions', 'disabled_at', 'expires_at', 'access_level');
  const message = (attempt: string) => new RegExp(`^This token may not ${attempt} token \\w+, because it does not have .+ itself$`);
  for (const target of [tenant.administrator, tenant.writer])
    for (const change of [
      { name: 'Mine' },
      { isDisabled: true },
      { expirationDate: null },
      { permissions: [newPermission('tokens', 'read')] },
    ])
      expect(await update(limited, target.row.id, change)).toMatchObject({
        status: 403,
        message: expect.stringMatching(message('change')),
      });
  const { response, error } = await deleteToken({ client: limited.client, path: { id: tenant.administrator.row.id } });
  expect([response?.status, error?.message]).toEqual([403, expect.stringMatching(message('delete'))]);
  const after = await server.db('tokens').orderBy('id').select('id', 'name', 'permissions', 'disabled_at', 'expires_at', 'access_level');
  expect(after).toEqual(before);
});

it('403: a caller that expires prolongs, enables and widens nothing beyond its own end, and may rename and disable everything', async () => {
  const tenant = await givenTenant(server);
  const inHours = (hours: number) => new Date(server.clock.now.getTime() + hours * 3_600_000);
  const end = inHours(2).toISOString();
  const token = (values: Partial<TokenRow>) => givenToken(server, tenant.organization, values);
  const expiring = await token({ access_level: 'Administrator', name: 'Expiring', expires_at: toInstant(inHours(2)) });
  const endless = await token({ access_level: 'Read', name: 'Endless' });
  const refused = (name: string) => ({
    status: 403,
    message: `This token may not change token ${name} in this way, because this token ends earlier; the latest possible expiration is ${end}`,
  });
  const later = new Date(inHours(2).getTime() + 1).toISOString();
  for (const { row } of [expiring, endless])
    for (const expirationDate of [null, later, '2100-01-01'])
      expect(await update(expiring, row.id, { expirationDate })).toMatchObject(refused(row.name));
  for (const change of [{ accessLevel: 'Write' }, { permissions: [newPermission('users', 'read')] }, { isDisabled: false }])
    expect(await update(expiring, endless.row.id, change)).toMatchObject(refused('Endless'));
  for (const change of [{ name: 'Renamed' }, { isDisabled: true }, { isDisabled: true, name: 'Endless' }])
    expect((await update(expiring, endless.row.id, change)).status).toBe(200);
  expect(await statusOf(endless)).toBe(401);
  expect(await update(expiring, endless.row.id, { isDisabled: false })).toMatchObject(refused('Endless'));

  const { data } = await update(expiring, endless.row.id, { expirationDate: end, isDisabled: false, accessLevel: 'Write' });
  expect([data?.expirationDate, data?.accessLevel, await statusOf(endless)]).toEqual([end, 'Write', 200]);
  expect((await update(expiring, expiring.row.id, { expirationDate: inHours(1).toISOString() })).status).toBe(200);
  expect((await update(expiring, expiring.row.id, { expirationDate: end })).status).toBe(403);
  expect((await update(tenant.administrator, expiring.row.id, { expirationDate: null })).status).toBe(200);
});

it('403: refuses to give a token more rights than the caller has', async () => {
  const tenant = await givenTenant(server);
  const limited = await limitedTo(
    tenant,
    newPermission('tokens', 'read'),
    newPermission('tokens', 'update'),
    newPermission('users', 'read'),
  );
  const other = await limitedTo(tenant, newPermission('users', 'read'));
  for (const id of [limited.row.id, other.row.id])
    for (const permissions of [
      null,
      [newPermission('users', 'read'), newPermission('tokens', 'create')],
      [newPermission('settings', 'update')],
    ])
      expect(await update(limited, id, { permissions })).toMatchObject({ status: 403 });
  expect(await update(limited, other.row.id, { permissions: [newPermission('tokens', 'update')] })).toMatchObject({ status: 200 });
});

it('200, 400: the maximum lifetime applies to a changed expiration, and to no other change', async () => {
  const { administrator, writer } = await givenTenant(server);
  await updateSettings({ client: administrator.client, body: { maxTokenLifetimeDays: 1 } });
  expect((await update(administrator, writer.row.id, { name: 'Renamed' })).status).toBe(200);
  expect(await update(administrator, writer.row.id, { expirationDate: null })).toMatchObject({
    status: 400,
    message: 'Is required: the organization lets tokens live for 1 day at most',
  });
});
