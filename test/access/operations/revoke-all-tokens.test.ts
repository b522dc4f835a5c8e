import { expect, it } from 'vitest';
import { getCurrentToken, listTokens, revokeAllTokens } from '../../../generated/sdk.gen.ts';
import type { RevokeAll } from '../../../generated/types.gen.ts';
import { deleteSomeSecrets } from '../../../server/access/store/delete-tokens.ts';
import { type GivenToken, givenTenant, givenToken, type Tenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const revoke = ({ client }: GivenToken, body: RevokeAll) => revokeAllTokens({ client, body });
const statusesOf = ({ administrator, writer, reader }: Tenant) =>
  Promise.all([administrator, writer, reader].map(async ({ client }) => (await getCurrentToken({ client })).response?.status));

it('200: a dry run, the default, counts and revokes nothing', async () => {
  const tenant = await givenTenant(server);
  for (const body of [{}, { isDryRun: true }, { isDryRun: true, confirmation: 'REVOKE ALL' }]) {
    const { data, response } = await revoke(tenant.administrator, body);
    expect([response?.status, data]).toEqual([200, { isDryRun: true, tokens: 2, accessKeys: 0 }]);
  }
  expect((await revoke(tenant.administrator, { keepsCaller: false })).data).toEqual({ isDryRun: true, tokens: 3, accessKeys: 0 });
  expect(await statusesOf(tenant)).toEqual([200, 200, 200]);
});

it('200: revokes all tokens and access keys of the organization but the caller, from the next request on', async () => {
  const tenant = await givenTenant(server);
  const other = await givenTenant(server);
  await givenToken(server, tenant.organization, { kind: 'Access Key', access_key_id: `pak_${tenant.organization.id}`.slice(0, 40) });
  const { data } = await revoke(tenant.administrator, { isDryRun: false, confirmation: 'REVOKE ALL' });
  expect(data).toEqual({ isDryRun: false, tokens: 2, accessKeys: 1 });
  expect(await statusesOf(tenant)).toEqual([200, 401, 401]);
  expect((await listTokens({ client: tenant.administrator.client })).data?.totalCount).toBe(1);
  expect(await statusesOf(other)).toEqual([200, 200, 200]);
  while (await deleteSomeSecrets(server.db));
  const orphans = await server.db('token_secrets').whereNotIn('token_id', server.db('tokens').select('id'));
  expect(orphans).toEqual([]);
});

it('200: revokes the caller if the request says so', async () => {
  const tenant = await givenTenant(server);
  const { data, response } = await revoke(tenant.administrator, { isDryRun: false, confirmation: 'REVOKE ALL', keepsCaller: false });
  expect([response?.status, data]).toEqual([200, { isDryRun: false, tokens: 3, accessKeys: 0 }]);
  expect(await statusesOf(tenant)).toEqual([401, 401, 401]);
});

it('200: a token of an environment revokes only tokens of this environment', async () => {
  const tenant = await givenTenant(server);
  const { project_id } = await server.db('environments').where({ id: tenant.environmentId }).first();
  const sibling = await server.db('environments').where({ project_id, key: 'development' }).first();
  const inEnvironment = (environment_id: string) => ({ level: 'Environment' as const, project_id, environment_id });
  const own = await givenToken(server, tenant.organization, { access_level: 'Administrator', ...inEnvironment(tenant.environmentId) });
  const second = await givenToken(server, tenant.organization, inEnvironment(tenant.environmentId));
  const neighbour = await givenToken(server, tenant.organization, inEnvironment(sibling.id));
  expect((await revoke(own, { isDryRun: false, confirmation: 'REVOKE ALL' })).data).toMatchObject({ tokens: 1 });
  const status = async ({ client }: GivenToken) => (await getCurrentToken({ client })).response?.status;
  expect([await status(second), await status(neighbour), await status(own), ...(await statusesOf(tenant))]).toEqual([
    401, 200, 200, 200, 200, 200,
  ]);
});

it('400: revokes nothing without the exact confirmation', async () => {
  const tenant = await givenTenant(server);
  for (const confirmation of [undefined, '', 'revoke all', 'REVOKE ALL ', 'yes']) {
    const { response, error } = await revoke(tenant.administrator, {
      isDryRun: false,
      ...(confirmation !== undefined && { confirmation }),
    });
    expect([response?.status, error?.errors]).toEqual([
      400,
      [{ field: 'confirmation', message: 'Must be REVOKE ALL, unless isDryRun is true' }],
    ]);
  }
  expect(await statusesOf(tenant)).toEqual([200, 200, 200]);
});

it('403: refuses a caller that is limited to some permissions, because others may have more', async () => {
  const tenant = await givenTenant(server);
  const permissions = [{ resource: 'tokens', action: 'delete' as const, fields: null }];
  const limited = await givenToken(server, tenant.organization, { access_level: 'Administrator', permissions });
  for (const isDryRun of [true, false]) {
    const { response, error } = await revoke(limited, { isDryRun, confirmation: 'REVOKE ALL' });
    expect([response?.status, error?.error]).toEqual([403, 'forbidden']);
  }
  expect(await statusesOf(tenant)).toEqual([200, 200, 200]);
});
