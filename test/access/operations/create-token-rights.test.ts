import { expect, it } from 'vitest';
import { createToken, getToken, listIdentities, listTokens, updateSettings } from '../../../generated/sdk.gen.ts';
import type { TokenCreate } from '../../../generated/types.gen.ts';
import type { Permission, TokenRow } from '../../../server/access/store/token-rows.ts';
import { toInstant } from '../../../server/database/instants.ts';
import { type GivenToken, givenTenant, givenToken, type Tenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const newPermission = (resource: string, action: Permission['action'], fields: string[] | null = null): Permission => ({
  resource,
  action,
  fields,
});
const create = async ({ client }: GivenToken, body: object) => {
  const { data, error, response } = await createToken({ client, body: { name: 'OpCon', ...body } as TokenCreate });
  return { data, error, status: response?.status };
};
const administrator = (tenant: Tenant, values: Partial<TokenRow>) =>
  givenToken(server, tenant.organization, { access_level: 'Administrator', ...values });
const tokenPermissions = [newPermission('tokens', 'create'), newPermission('tokens', 'read')];
const refusalOf = (rights: string) => `This token may not create a token with ${rights}, because it does not have ${rights} itself`;

it('201: stores, shows and enforces permissions', async () => {
  const tenant = await givenTenant(server);
  const permissions = [{ resource: 'identities', action: 'read' }];
  const { data, status } = await create(tenant.administrator, { permissions });
  expect([status, data?.permissions]).toEqual([201, [newPermission('identities', 'read')]]);
  const shown = await getToken({ client: tenant.administrator.client, path: { id: data?.id as string } });
  expect(shown.data?.permissions).toEqual([newPermission('identities', 'read')]);
  const client = server.client(data?.secret);
  expect((await listIdentities({ client })).response?.status).toBe(200);
  const { error } = await listTokens({ client });
  expect(error?.message).toBe('This token may not read tokens: its access level is Write, and Administrator is needed');
});

it('403: refuses an access level or permissions that the caller does not have itself', async () => {
  const tenant = await givenTenant(server);
  const limited = await administrator(tenant, { permissions: [...tokenPermissions, newPermission('identities', 'read')] });
  const attempt = async (body: object) => {
    const { status, error } = await create(limited, body);
    return [status, error?.message];
  };
  expect(await attempt({})).toEqual([403, refusalOf('unrestricted permissions')]);
  expect(await attempt({ accessLevel: 'Read', permissions: null })).toEqual([403, refusalOf('unrestricted permissions')]);
  expect(await attempt({ permissions: [newPermission('identities', 'read'), newPermission('users', 'delete')] })).toEqual([
    403,
    refusalOf('permission to delete users'),
  ]);
  expect(await attempt({ accessLevel: 'Administrator', permissions: [newPermission('tokens', 'delete')] })).toEqual([
    403,
    refusalOf('permission to delete tokens'),
  ]);
  expect(await attempt({ permissions: [newPermission('identities', 'read')] })).toEqual([201, undefined]);
  expect(await attempt({ accessLevel: 'Administrator', permissions: tokenPermissions })).toEqual([201, undefined]);
  expect(await server.db('tokens').where({ organization_id: tenant.organization.id, name: 'OpCon' })).toHaveLength(2);
});

it('403: refuses a token that ends later than its creator, or never, and says the latest expiration', async () => {
  const tenant = await givenTenant(server);
  const end = new Date(server.clock.now.getTime() + 7_200_000);
  const expiring = await administrator(tenant, { expires_at: toInstant(end) });
  const message = `This token may not create a token, because this token ends earlier; the latest possible expiration is ${end.toISOString()}`;
  for (const body of [{}, { expirationDate: null }, { expirationDate: new Date(end.getTime() + 1).toISOString() }]) {
    const { status, error } = await create(expiring, body);
    expect([status, error?.message]).toEqual([403, message]);
  }
  expect((await create(expiring, { expirationDate: server.clock.now.toISOString() })).status).toBe(400);
  const { data, status } = await create(expiring, { expirationDate: end.toISOString() });
  expect([status, data?.expirationDate]).toEqual([201, end.toISOString()]);
  expect(await server.db('tokens').where({ organization_id: tenant.organization.id, name: 'OpCon' })).toHaveLength(1);
});

it('201, 403, 404: a new token never gets a wider scope than its creator', async () => {
  const tenant = await givenTenant(server);
  const { project_id } = await server.db('environments').where({ id: tenant.environmentId }).first();
  const ofProject = await administrator(tenant, { level: 'Project', project_id });
  const ofEnvironment = await administrator(tenant, { level: 'Environment', project_id, environment_id: tenant.environmentId });
  const scopeCreatedBy = async (creator: GivenToken, body: object) => {
    const { data, status } = await create(creator, body);
    return data ? [status, data.level, data.projectKey, data.environmentKey] : [status];
  };
  const ownEnvironment = { projectKey: 'default', environmentKey: 'production' };
  const siblingEnvironment = { projectKey: 'default', environmentKey: 'development' };
  expect(await scopeCreatedBy(tenant.administrator, {})).toEqual([201, 'Organization', null, null]);
  expect(await scopeCreatedBy(tenant.administrator, { projectKey: project_id })).toEqual([201, 'Project', 'default', null]);
  expect(await scopeCreatedBy(tenant.administrator, ownEnvironment)).toEqual([201, 'Environment', 'default', 'production']);
  expect(await scopeCreatedBy(ofProject, {})).toEqual([201, 'Project', 'default', null]);
  expect(await scopeCreatedBy(ofProject, siblingEnvironment)).toEqual([201, 'Environment', 'default', 'development']);
  expect(await scopeCreatedBy(ofEnvironment, {})).toEqual([201, 'Environment', 'default', 'production']);
  expect(await scopeCreatedBy(ofEnvironment, { projectKey: 'default' })).toEqual([403]);
  expect(await scopeCreatedBy(ofEnvironment, siblingEnvironment)).toEqual([404]);
  expect(await scopeCreatedBy(ofProject, { projectKey: 'elsewhere' })).toEqual([404]);
});

it('400: explains what is wrong with a permission', async () => {
  const { administrator } = await givenTenant(server);
  const errorsFor = async (permissions: unknown, more: object = {}) => {
    const { status, error } = await create(administrator, { permissions, ...more });
    return [status, error?.errors];
  };
  expect(await errorsFor([])).toEqual([400, [{ field: 'permissions', message: 'Must have at least 1 entry' }]]);
  expect(await errorsFor([{ resource: 'people', action: 'read' }])).toMatchObject([400, [{ field: 'permissions.0.resource' }]]);
  expect(await errorsFor([newPermission('identities', 'delete')])).toEqual([
    400,
    [{ field: 'permissions.0.action', message: 'There is no permission to delete identities; possible actions: read' }],
  ]);
  expect(await errorsFor([newPermission('users', 'read'), newPermission('users', 'read')])).toEqual([
    400,
    [{ field: 'permissions.1.resource', message: "Repeats the permission 'read users'" }],
  ]);
  const tooHigh = (permission: string, accessLevel: string, needed: string) => ({
    field: 'permissions.0.action',
    message: `A token of access level ${accessLevel} can't have the permission '${permission}': that needs ${needed}`,
  });
  expect(await errorsFor([newPermission('users', 'create')], { accessLevel: 'Read' })).toEqual([
    400,
    [tooHigh('create users', 'Read', 'Write')],
  ]);
  expect(await errorsFor([newPermission('logs', 'read')])).toEqual([400, [tooHigh('read logs', 'Write', 'Administrator')]]);
  expect(await errorsFor(null, { environmentKey: 'production' })).toEqual([
    400,
    [{ field: 'projectKey', message: 'Is required with environmentKey' }],
  ]);
});

it('400: refuses an expiration beyond the maximum lifetime of the organization, and states the limit', async () => {
  const { administrator } = await givenTenant(server);
  await updateSettings({ client: administrator.client, body: { maxTokenLifetimeDays: 30 } });
  const at = (ms: number) => new Date(server.clock.now.getTime() + 30 * 24 * 3_600_000 + ms).toISOString();
  const attempt = async (body: object) => {
    const { status, error } = await create(administrator, body);
    return [status, error?.errors?.[0]?.message];
  };
  const limit = 'the organization lets tokens live for 30 days at most';
  expect(await attempt({})).toEqual([400, `Is required: ${limit}`]);
  expect(await attempt({ expirationDate: null })).toEqual([400, `Is required: ${limit}`]);
  expect(await attempt({ expirationDate: at(1) })).toEqual([400, `Is too late: ${limit}`]);
  expect(await attempt({ expirationDate: at(0) })).toEqual([201, undefined]);
  await updateSettings({ client: administrator.client, body: { maxTokenLifetimeDays: null } });
  expect(await attempt({})).toEqual([201, undefined]);
});
