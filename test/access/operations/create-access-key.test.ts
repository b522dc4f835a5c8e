import { expect, it } from 'vitest';
import { createAccessKey, getAccessKey, listAccessKeys, listTokens } from '../../../generated/sdk.gen.ts';
import type { AccessKeyCreate } from '../../../generated/types.gen.ts';
import { givenTenant, givenToken } from '../../support/given.ts';
import { exchangeKey, givenAccessKey } from '../../support/given-keys.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('201: answers the key and its secret, this once; id and secret can not be taken for one another', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator, { isReplayProtected: true, expirationDate: '2100-01-01' });
  const { secret, ...rest } = key;
  expect(secret).toMatch(/^pas_[0-9A-Za-z]{36}$/);
  expect(rest).toEqual({
    id: key.id,
    kind: 'Access Key',
    name: 'Documents',
    accessKeyId: expect.stringMatching(/^pak_[0-9A-Za-z]{20}$/),
    level: 'Organization',
    projectKey: null,
    environmentKey: null,
    accessLevel: 'Write',
    permissions: null,
    isReplayProtected: true,
    status: 'Active',
    createdDate: server.clock.now.toISOString(),
    createdBy: 'API Token - Administrator',
    expirationDate: '2100-01-01T00:00:00.000Z',
    lastUsedDate: null,
  });
  const { client } = administrator;
  const seen = await Promise.all([getAccessKey({ client, path: { id: key.id } }), listAccessKeys({ client }), listTokens({ client })]);
  expect(JSON.stringify(seen.map(({ data }) => data))).not.toContain(secret.slice(4));
  const row = await server.db('tokens').where({ id: key.id }).first();
  expect(Buffer.from(row.encrypted_secret).toString('latin1')).not.toContain(secret.slice(4, 14));
  expect(server.logged()).not.toContain(secret.slice(4));
});

it('201: its access tokens have its level and its permissions, no more', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator, {
    accessLevel: 'Read',
    projectKey: 'default',
    environmentKey: 'development',
    permissions: [{ resource: 'applications', action: 'read' }],
  });
  const client = server.client((await exchangeKey(server, key)).access_token);
  const { response, error } = await listAccessKeys({ client });
  expect([response?.status, error?.error]).toEqual([403, 'forbidden']);
  expect(key).toMatchObject({ level: 'Environment', permissions: [{ resource: 'applications', action: 'read', fields: null }] });
});

it('400: names every wrong field and creates nothing', async () => {
  const { administrator } = await givenTenant(server);
  const body = { name: ' ', accessLevel: 'Owner', isReplayProtected: 'yes', secret: 'mine' } as unknown as AccessKeyCreate;
  const { response, error } = await createAccessKey({ client: administrator.client, body });
  expect([response?.status, error?.errors?.map(({ field }) => field)]).toEqual([
    400,
    ['secret', 'name', 'accessLevel', 'isReplayProtected'],
  ]);
  expect((await listAccessKeys({ client: administrator.client })).data?.totalCount).toBe(0);
});

it('403: no key gets more than its creator has', async () => {
  const tenant = await givenTenant(server);
  const permissions = [{ resource: 'access-keys', action: 'create' as const, fields: null }];
  const limited = await givenToken(server, tenant.organization, { access_level: 'Administrator', permissions });
  const { response, error } = await createAccessKey({ client: limited.client, body: { name: 'More' } });
  expect([response?.status, error?.message]).toEqual([
    403,
    'This token may not create an access key with all that its access level may do: it would need all that its access level may do, which it has not itself',
  ]);
});

it('404: a project or an environment that is not there', async () => {
  const { administrator } = await givenTenant(server);
  for (const place of [{ projectKey: 'other' }, { projectKey: 'default', environmentKey: 'other' }]) {
    const { response } = await createAccessKey({ client: administrator.client, body: { name: 'Elsewhere', ...place } });
    expect(response?.status).toBe(404);
  }
});
