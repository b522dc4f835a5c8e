import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createApplication, getAccessKey, getCurrentToken, listIdentities, updateAccessKey } from '../../../generated/sdk.gen.ts';
import { contractFetch } from '../../support/contract.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { exchangeKey, givenAccessKey, hmacOf } from '../../support/given-keys.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const invalidToken = [401, 'Invalid or expired authentication token'];
const statusOf = async (secret: string) => (await getCurrentToken({ client: server.client(secret) })).response?.status;
const refusal = async (...given: Parameters<typeof exchangeKey>) => {
  const { status, error } = await exchangeKey(...given);
  return [status, error?.message];
};

it('200: issues an access token for an hour, with the rights of the key, for Bearer and x-access-token', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator, { accessLevel: 'Read' });
  const { status, success, access_token = '', expiry_time = 0 } = await exchangeKey(server, key);
  expect([status, success]).toEqual([200, true]);
  expect(expiry_time).toBe(Math.floor(server.clock.now.getTime() / 1000) + 3600);
  const client = server.client(access_token);
  expect((await getCurrentToken({ client })).data).toMatchObject({ kind: 'Access Key', id: key.id, name: 'Documents' });
  expect((await listIdentities({ client })).response?.status).toBe(200);
  const refused = await createApplication({ client, body: { name: 'Payroll' } });
  expect([refused.response?.status, refused.error?.message]).toEqual([
    403,
    'This token may not create applications: its access level is Read, and Write is needed',
  ]);
  const byHeader = await contractFetch(`${server.url}/api/identities`, { headers: { 'x-access-token': access_token } });
  expect(byHeader.status).toBe(200);
  const bothHeaders = { 'x-access-token': access_token, Authorization: 'Bearer pa_wrong' };
  expect((await contractFetch(`${server.url}/api/identities`, { headers: bothHeaders })).status).toBe(401);
});

it('200: an access token expires after an hour; further exchanges do not end it earlier', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator);
  const first = (await exchangeKey(server, key)).access_token as string;
  const second = (await exchangeKey(server, key)).access_token as string;
  expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);
  const { now } = server.clock;
  server.clock.now = new Date(now.getTime() + 3_600_000);
  expect(await statusOf(first)).toBe(401);
  server.clock.now = now;
});

it('200: an access token ends with its key, if the key ends earlier', async () => {
  const { administrator } = await givenTenant(server);
  const { now } = server.clock;
  const end = new Date(Math.ceil(now.getTime() / 1000) * 1000 + 600_000);
  const key = await givenAccessKey(administrator, { expirationDate: end.toISOString() });
  const { access_token = '', expiry_time } = await exchangeKey(server, key);
  expect(expiry_time).toBe(end.getTime() / 1000);
  server.clock.now = new Date(end.getTime() - 1);
  const before = await statusOf(access_token);
  server.clock.now = end;
  // An administrator prolongs the key. The access token that was exchanged before stays at its end.
  await updateAccessKey({ client: administrator.client, path: { id: key.id }, body: { expirationDate: null } });
  expect([before, await statusOf(access_token)]).toEqual([200, 401]);
  server.clock.now = now;
});

it('200: accepts the hash in hexadecimal digits of either case and in base64, of the exact bytes of the content', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator, { isReplayProtected: false });
  const content = 'é漢🔑 {"a": 1}\n ';
  const hex = hmacOf(content, key.secret);
  const base64 = createHmac('sha256', key.secret).update(content).digest('base64');
  for (const hash of [hex, hex.toUpperCase(), base64]) expect((await exchangeKey(server, key, { content, hash })).status).toBe(200);
  expect(await refusal(server, key, { content: content.trim(), hash: hex })).toEqual(invalidToken);
});

it('200: the openssl example of the contract works unchanged', async () => {
  const { administrator } = await givenTenant(server);
  for (const isReplayProtected of [false, true]) {
    const key = await givenAccessKey(administrator, { isReplayProtected });
    server.clock.now = new Date();
    const lines = /CONTENT=.*\n\s+HASH=.*\n/.exec(readFileSync('openapi.yaml', 'utf8'))?.[0] as string;
    const script = `SECRET=${key.secret}\n${lines}echo "$CONTENT $HASH"`;
    const [content = '', hash = ''] = execFileSync('bash', ['-ec', script], { encoding: 'utf8' }).trim().split(' ');
    expect((await exchangeKey(server, key, { content, hash })).status).toBe(200);
  }
});

it('200: records the use of the key', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator);
  await exchangeKey(server, key);
  const rows = () => server.db('tokens').where({ id: key.id }).first();
  await expect.poll(async () => (await rows()).last_used_at, { timeout: 10_000 }).not.toBeNull();
  const { data } = await getAccessKey({ client: administrator.client, path: { id: key.id } });
  expect(data?.lastUsedDate).toBe(server.clock.now.toISOString());
});

it('401: responds in the same words to a wrong key, a wrong hash, a malformed hash, a disabled key and an expired key', async () => {
  const tenant: Tenant = await givenTenant(server);
  const { administrator } = tenant;
  const key = await givenAccessKey(administrator);
  const otherKey = await givenAccessKey(administrator);
  const disabled = await givenAccessKey(administrator);
  await updateAccessKey({ client: administrator.client, path: { id: disabled.id }, body: { isDisabled: true } });
  const expired = await givenAccessKey(administrator, { expirationDate: new Date(server.clock.now.getTime() + 1_000).toISOString() });
  expect(await refusal(server, { ...key, accessKeyId: 'pak_unknown' })).toEqual(invalidToken);
  expect(await refusal(server, { ...key, secret: otherKey.secret })).toEqual(invalidToken);
  for (const hash of ['x', '00', hmacOf('another', key.secret), '='.repeat(44), 'a'.repeat(200)])
    expect(await refusal(server, key, { hash })).toEqual(invalidToken);
  expect(await refusal(server, disabled)).toEqual(invalidToken);
  const { now } = server.clock;
  server.clock.now = new Date(now.getTime() + 1_000);
  expect(await refusal(server, expired)).toEqual(invalidToken);
  server.clock.now = now;
  // A caller may confuse the id with the secret.
  expect(await refusal(server, { accessKeyId: key.secret, secret: key.accessKeyId })).toEqual(invalidToken);
});

it('401: refuses the secret of a key, a refresh token and an access key id as bearer tokens', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator);
  const { refresh_token = '', access_token = '' } = await exchangeKey(server, key);
  for (const secret of [key.secret, refresh_token, key.accessKeyId, `${access_token.slice(0, -1)}${access_token.endsWith('0') ? 1 : 0}`])
    expect(await statusOf(secret)).toBe(401);
});

it('400: names every missing or invalid field and header', async () => {
  const send = async (headers: Record<string, string>, body: unknown) => {
    const response = await contractFetch(`${server.url}/api/v2/auth/client_token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const { errors } = (await response.json()) as { errors: { field: string }[] };
    return [response.status, errors.map(({ field }) => field)];
  };
  expect(await send({}, {})).toEqual([400, ['scope', 'content', 'x-key', 'x-hash']]);
  const keyHeaders = { 'x-key': 'pak_x', 'x-hash': 'x' };
  expect(await send(keyHeaders, { scope: 'docs-api', content: '' })).toEqual([400, ['scope', 'content']]);
  expect(await send(keyHeaders, { scope: 'docs_api', content: 'x'.repeat(1001), more: 1 })).toEqual([400, ['more', 'content']]);
});
