import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { getCurrentToken, listIdentities, updateAccessKey } from '../../../generated/sdk.gen.ts';
import type { AccessKeyUpdate } from '../../../generated/types.gen.ts';
import { givenTenant, givenToken } from '../../support/given.ts';
import { exchangeKey, givenAccessKey } from '../../support/given-keys.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: disabling and enabling a key take effect on the next request, also for its access tokens', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator);
  const { access_token } = await exchangeKey(server, key);
  for (const isDisabled of [true, false]) {
    const { data } = await updateAccessKey({ client: administrator.client, path: { id: key.id }, body: { isDisabled } });
    const status = (await getCurrentToken({ client: server.client(access_token) })).response?.status;
    expect([data?.status, status, (await exchangeKey(server, key)).status]).toEqual(
      isDisabled ? ['Disabled', 401, 401] : ['Active', 200, 200],
    );
  }
});

it('200: changed rights apply to existing access tokens', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator);
  const client = server.client((await exchangeKey(server, key)).access_token);
  const change = (body: AccessKeyUpdate) => updateAccessKey({ client: administrator.client, path: { id: key.id }, body });
  const { data } = await change({ name: 'Renamed', permissions: [{ resource: 'users', action: 'read' }] });
  expect([data?.name, (await listIdentities({ client })).response?.status]).toEqual(['Renamed', 403]);
  await change({ permissions: null });
  expect((await listIdentities({ client })).response?.status).toBe(200);
});

it('400, 403, 404: a refused request changes nothing', async () => {
  const tenant = await givenTenant(server);
  const key = await givenAccessKey(tenant.administrator);
  const permissions = (['read', 'update'] as const).map((action) => ({ resource: 'access-keys', action, fields: null }));
  const limited = await givenToken(server, tenant.organization, { access_level: 'Administrator', permissions });
  const before = await server.db('tokens').where({ id: key.id }).first();
  const attempt = async ({ client }: { client: typeof limited.client }, id: string, body: object) =>
    (await updateAccessKey({ client, path: { id }, body: body as AccessKeyUpdate })).response?.status;
  expect(await attempt(tenant.administrator, key.id, { expirationDate: '2000-01-01' })).toBe(400);
  expect(await attempt(limited, key.id, { isDisabled: true })).toBe(403);
  expect(await attempt(tenant.administrator, randomUUID(), { name: 'x' })).toBe(404);
  expect(await attempt((await givenTenant(server)).administrator, key.id, { name: 'x' })).toBe(404);
  expect(await server.db('tokens').where({ id: key.id }).first()).toEqual(before);
});
