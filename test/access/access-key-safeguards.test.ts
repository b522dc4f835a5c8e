import { expect, it } from 'vitest';
import { createToken, getLog, refreshAccessToken, revealToken } from '../../generated/sdk.gen.ts';
import { contractFetch } from '../support/contract.ts';
import { givenTenant } from '../support/given.ts';
import { withoutTable } from '../support/given-events.ts';
import { exchangeKey, givenAccessKey, hmacOf, timestampedContent } from '../support/given-keys.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const limited = useServer({ rateLimitPerMinute: 3 });
/** The limit is so low that each request is counted in the database. */
const countingInDatabase = useServer({ rateLimitPerMinute: 150 });

const send = (accessKeyId: string, hash: string, content: string) =>
  contractFetch(`${server.url}/api/v2/auth/client_token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'x-key': accessKeyId, 'x-hash': hash },
    body: JSON.stringify({ scope: 'gatehouse_api', content }),
  });
const rowOf = (response: Response) =>
  server
    .logDb('api_log')
    .where({ id: Buffer.from(response.headers.get('x-correlation-id') as string, 'hex') })
    .first();

it('429: counts exchanges and refreshes as requests of the key, and stores nothing above the limit', async () => {
  const { administrator } = await givenTenant(limited);
  const key = await givenAccessKey(administrator);
  const tokens = await exchangeKey(limited, key);
  const body = { refresh_token: tokens.refresh_token as string };
  expect((await refreshAccessToken({ client: limited.client(), body })).response?.status).toBe(200);
  expect((await exchangeKey(limited, key)).status).toBe(200);
  const secretRows = () => limited.db('token_secrets').where({ token_id: key.id });
  const before = await secretRows();
  expect(before).toHaveLength(3);
  expect((await exchangeKey(limited, key)).status).toBe(429);
  expect(await secretRows()).toEqual(before);
});

it('a refused exchange is in the log of the organization of its key; an exchange with an unknown key is logged without its body', async () => {
  const { administrator, organization } = await givenTenant(server);
  const key = await givenAccessKey(administrator, { isReplayProtected: true });
  const content = timestampedContent(server.clock.now);
  const hash = hmacOf(content, key.secret);
  expect((await send(key.accessKeyId, hash, content)).status).toBe(200);
  for (const response of [await send(key.accessKeyId, hash, content), await send(key.accessKeyId, hmacOf(content, 'x'), content)]) {
    expect(response.status).toBe(401);
    expect(await rowOf(response)).toMatchObject({ organization_id: organization.id, actor_kind: 'Access Key', actor_name: 'Documents' });
    const id = response.headers.get('x-correlation-id') as string;
    expect((await getLog({ client: administrator.client, path: { id } })).data?.actor?.id).toBe(key.id);
  }
  const unknown = await send('pak_unknown', hash, 'x'.repeat(1_000));
  expect(await rowOf(unknown)).toMatchObject({ organization_id: '', actor_id: null, request_body: null });
});

it('200: many concurrent refreshes do not exhaust the connection pool', async () => {
  const { administrator } = await givenTenant(countingInDatabase);
  const keys = await Promise.all(Array.from({ length: 30 }, () => givenAccessKey(administrator)));
  const tokens = await Promise.all(keys.map((key) => exchangeKey(countingInDatabase, key)));
  const results = await Promise.all(
    tokens.map(({ refresh_token = '' }) => refreshAccessToken({ client: countingInDatabase.client(), body: { refresh_token } })),
  );
  expect(results.map(({ response }) => response?.status)).toEqual(Array(30).fill(200));
});

it('500: does not decrypt a secret that was copied into the row of another token', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator);
  const { data } = await createToken({ client: administrator.client, body: { name: 'Mine', isRevealable: true } });
  const { encrypted_secret } = await server.db('tokens').where({ id: key.id }).first();
  await server.db('tokens').where({ id: data?.id }).update({ encrypted_secret });
  const { response, error } = await revealToken({ client: administrator.client, path: { id: data?.id as string } });
  expect([response?.status, JSON.stringify(error)]).toEqual([500, expect.not.stringContaining(key.secret)]);
});

it('401: an exchange with a secret that cannot be decrypted does not tell that the key exists', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator);
  const unknown = await exchangeKey(server, { accessKeyId: 'pak_000000000000000000000000', secret: key.secret });
  await server
    .db('tokens')
    .where({ id: key.id })
    .update({ encrypted_secret: Buffer.alloc(80) });
  const damaged = await exchangeKey(server, key);
  const answerOf = ({ status, error }: typeof damaged) => [status, error?.error, error?.message];
  expect([damaged.status, answerOf(damaged)]).toEqual([401, answerOf(unknown)]);
});

it('500: a failed exchange or refresh is logged without the row of the key, and names the key in the API log', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator);
  const tokens = await exchangeKey(server, key);
  const { encrypted_secret } = await server.db('tokens').where({ id: key.id }).first('encrypted_secret');
  const loggedBefore = server.logged().length;
  await withoutTable(server, 'refresh_tokens', async () => {
    expect((await exchangeKey(server, key)).status).toBe(500);
  });
  await withoutTable(server, 'token_secrets', async () => {
    const body = { refresh_token: tokens.refresh_token as string };
    expect((await refreshAccessToken({ client: server.client(), body })).response?.status).toBe(500);
  });
  const logged = server.logged().slice(loggedBefore);
  expect(logged).toContain(key.id);
  for (const hidden of [
    'encrypted_secret',
    'secret_start',
    Buffer.from(encrypted_secret).toString('hex'),
    `[${[...encrypted_secret].slice(0, 8).join(',')}`,
  ])
    expect(logged).not.toContain(hidden);
});
