import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { deleteAccessKey, deleteToken, getCurrentToken, listAccessKeys } from '../../../generated/sdk.gen.ts';
import { deleteSomeSecrets } from '../../../server/access/store/delete-tokens.ts';
import { givenTenant } from '../../support/given.ts';
import { exchangeKey, givenAccessKey } from '../../support/given-keys.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('204: deletes the key with its access tokens, refresh tokens and nonces, all refused from the next request on', async () => {
  const { administrator } = await givenTenant(server);
  const [key, other] = [await givenAccessKey(administrator), await givenAccessKey(administrator)];
  const { access_token } = await exchangeKey(server, key);
  const kept = await exchangeKey(server, other);
  const { response } = await deleteAccessKey({ client: administrator.client, path: { id: key.id } });
  const statusOf = async (secret = '') => (await getCurrentToken({ client: server.client(secret) })).response?.status;
  expect([response?.status, await statusOf(access_token), await statusOf(kept.access_token)]).toEqual([204, 401, 200]);
  expect((await exchangeKey(server, key)).status).toBe(401);
  while (await deleteSomeSecrets(server.db));
  for (const table of ['token_secrets', 'refresh_tokens', 'nonces']) expect(await server.db(table).where({ token_id: key.id })).toEqual([]);
  expect((await listAccessKeys({ client: administrator.client })).data?.items.map(({ id }) => id)).toEqual([other.id]);
});

it('404: does not find a key of another organization, an unknown key, or a token', async () => {
  const { administrator, writer } = await givenTenant(server);
  const foreign = await givenAccessKey((await givenTenant(server)).administrator);
  for (const id of [foreign.id, randomUUID(), writer.row.id])
    expect((await deleteAccessKey({ client: administrator.client, path: { id } })).response?.status).toBe(404);
  const own = await givenAccessKey(administrator);
  expect((await deleteToken({ client: administrator.client, path: { id: own.id } })).response?.status).toBe(404);
  expect((await exchangeKey(server, foreign)).status).toBe(200);
});
