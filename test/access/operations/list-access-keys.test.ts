import { expect, it } from 'vitest';
import { listAccessKeys } from '../../../generated/sdk.gen.ts';
import { givenTenant, givenToken } from '../../support/given.ts';
import { givenAccessKey } from '../../support/given-keys.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: returns the access keys of the organization in pages ordered by name, and no tokens', async () => {
  const { administrator } = await givenTenant(server);
  await givenAccessKey((await givenTenant(server)).administrator);
  for (const name of ['Beta', 'Alpha', 'Gamma']) await givenAccessKey(administrator, { name });
  const { data } = await listAccessKeys({ client: administrator.client });
  expect([data?.totalCount, data?.items.map(({ name }) => name)]).toEqual([3, ['Alpha', 'Beta', 'Gamma']]);
  const pastEnd = await listAccessKeys({ client: administrator.client, query: { page: 2 } });
  expect([pastEnd.data?.totalCount, pastEnd.data?.items]).toEqual([3, []]);
});

it('200: shows a token of an environment only the keys of this environment', async () => {
  const tenant = await givenTenant(server);
  await givenAccessKey(tenant.administrator, { name: 'Of all' });
  await givenAccessKey(tenant.administrator, { name: 'Of one', projectKey: 'default', environmentKey: 'production' });
  await givenAccessKey(tenant.administrator, { name: 'Of another', projectKey: 'default', environmentKey: 'development' });
  const { project_id } = await server.db('environments').where({ id: tenant.environmentId }).first();
  const environmentScope = { level: 'Environment' as const, project_id, environment_id: tenant.environmentId };
  const { client } = await givenToken(server, tenant.organization, { access_level: 'Administrator', ...environmentScope });
  const { data } = await listAccessKeys({ client });
  expect([data?.totalCount, data?.items.map(({ name }) => name)]).toEqual([1, ['Of one']]);
});
