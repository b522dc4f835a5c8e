import { expect, it } from 'vitest';
import { createAccessKey, getAccessKey, listAccessKeys, listTokens } from '../../../generated/sdk.gen.ts';
import type { AccessKeyCreate } from '../../../generated/types.gen.ts';
import { givenTenant, givenToken } from '../../support/given.ts';
import { exchangeKey, givenAccessKey, timestampedContent } from '../../support/given-keys.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('201: returns the key with its secret once; the prefixes distinguish id and secret', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator, { isReplayProtected: true, expirationDate: '2100-01-01' });
  const { secret, ...shownKey } = key;
  expect(secret).toMatch(/^pas_[0-9A-Za-z]{36}$/);
  expect(shownKey).toEqual({
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
    isCreatorDeleted: false,
    expirationDate: '2100-01-01T00:00:00.000Z',
    lastUsedDate: null,
  });
  const { client } = administrator;
  const responses = await Promise.all([getAccessKey({ client, path: { id: key.id } }), listAccessKeys({ client }), listTokens({ client })]);
  expect(JSON.stringify(responses.map(({ data }) => data))).not.toContain(secret.slice(4));
  const row = await server.db('tokens').where({ id: key.id }).first();
  expect(Buffer.from(row.encrypted_secret).toString('latin1')).not.toContain(secret.slice(4, 14));
  expect(server.logged()).not.toContain(secret.slice(4));
});

it('201: a key has replay protection unless the request turns it off', async () => {
  const { administrator } = await givenTenant(server);
  const content = timestampedContent(server.clock.now);
  for (const [body, isReplayProtected, secondStatus] of [
    [{}, true, 401],
    [{ isReplayProtected: true }, true, 401],
    [{ isReplayProtected: false }, false, 200],
  ] as const) {
    const key = await givenAccessKey(administrator, body);
    const statuses = [(await exchangeKey(server, key, { content })).status, (await exchangeKey(server, key, { content })).status];
    expect([key.isReplayProtected, ...statuses]).toEqual([isReplayProtected, 200, secondStatus]);
  }
});

it('201: access tokens have exactly the level and the permissions of the key', async () => {
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

it('400: names every invalid field and creates nothing', async () => {
  const { administrator } = await givenTenant(server);
  const body = { name: ' ', accessLevel: 'Owner', isReplayProtected: 'yes', secret: 'mine' } as unknown as AccessKeyCreate;
  const { response, error } = await createAccessKey({ client: administrator.client, body });
  expect([response?.status, error?.errors?.map(({ field }) => field)]).toEqual([
    400,
    ['secret', 'name', 'accessLevel', 'isReplayProtected'],
  ]);
  expect((await listAccessKeys({ client: administrator.client })).data?.totalCount).toBe(0);
});

it('403: refuses to give a key more rights than the caller has', async () => {
  const tenant = await givenTenant(server);
  const permissions = [{ resource: 'access-keys', action: 'create' as const, fields: null }];
  const limited = await givenToken(server, tenant.organization, { access_level: 'Administrator', permissions });
  const { response, error } = await createAccessKey({ client: limited.client, body: { name: 'More' } });
  expect([response?.status, error?.message]).toEqual([
    403,
    'This token may not create an access key with unrestricted permissions, because it does not have unrestricted permissions itself',
  ]);
});

it('404: does not find an unknown project or environment', async () => {
  const { administrator } = await givenTenant(server);
  for (const scope of [{ projectKey: 'other' }, { projectKey: 'default', environmentKey: 'other' }]) {
    const { response } = await createAccessKey({ client: administrator.client, body: { name: 'Elsewhere', ...scope } });
    expect(response?.status).toBe(404);
  }
});
