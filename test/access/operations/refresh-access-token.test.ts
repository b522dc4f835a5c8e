import { expect, it } from 'vitest';
import { deleteAccessKey, getCurrentToken, refreshAccessToken, updateAccessKey } from '../../../generated/sdk.gen.ts';
import { givenTenant } from '../../support/given.ts';
import { exchangeKey, givenAccessKey } from '../../support/given-keys.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const hourMs = 3_600_000;

async function refresh(refresh_token: string) {
  const { data, error, response } = await refreshAccessToken({ client: server.client(), body: { refresh_token } });
  return { status: response?.status, message: error?.message, access: data?.access_token ?? '', next: data?.refresh_token ?? '', data };
}
const statusOf = async (secret: string) => (await getCurrentToken({ client: server.client(secret) })).response?.status;
async function given() {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator);
  const { access_token = '', refresh_token = '' } = await exchangeKey(server, key);
  return { administrator, key, access: access_token, token: refresh_token };
}

it('200: returns a new access token and a new refresh token; the earlier access token stays valid', async () => {
  const { access, token } = await given();
  const first = await refresh(token);
  expect([first.status, first.data?.success, first.data?.expiry_time]).toEqual([
    200,
    true,
    Math.floor(server.clock.now.getTime() / 1000) + 3600,
  ]);
  const second = await refresh(first.next);
  expect(new Set([access, first.access, second.access, token, first.next, second.next]).size).toBe(6);
  expect(await Promise.all([access, first.access, second.access].map(statusOf))).toEqual([200, 200, 200]);
});

it('200, 401: refreshed tokens end with the key, whatever a later change of the key says', async () => {
  const { administrator } = await givenTenant(server);
  const { now } = server.clock;
  const end = new Date(now.getTime() + 2 * hourMs);
  const key = await givenAccessKey(administrator, { expirationDate: end.toISOString() });
  const { refresh_token = '' } = await exchangeKey(server, key);
  server.clock.now = new Date(end.getTime() - 60_000);
  const { status, access, next, data } = await refresh(refresh_token);
  expect([status, data?.expiry_time]).toEqual([200, Math.floor(end.getTime() / 1000)]);
  server.clock.now = end;
  const body = { expirationDate: null };
  expect((await updateAccessKey({ client: administrator.client, path: { id: key.id }, body })).response?.status).toBe(200);
  expect([await statusOf(access), (await refresh(next)).status]).toEqual([401, 401]);
  server.clock.now = now;
});

it('401: a second use of a refresh token revokes all tokens of its exchange, and no others', async () => {
  const { key, access, token } = await given();
  const other = await exchangeKey(server, key);
  const first = await refresh(token);
  expect([(await refresh(token)).status, (await refresh(first.next)).status]).toEqual([401, 401]);
  expect(await Promise.all([access, first.access].map(statusOf))).toEqual([401, 401]);
  expect(await statusOf(other.access_token as string)).toBe(200);
  expect((await refresh(other.refresh_token as string)).status).toBe(200);
});

it('401: at most one of many concurrent uses succeeds, and all tokens of the exchange are revoked', async () => {
  const { token, access } = await given();
  const results = await Promise.all(Array.from({ length: 8 }, () => refresh(token)));
  expect(results.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  expect(await Promise.all([access, ...results.map((result) => result.access)].map(statusOf))).toEqual(Array(9).fill(401));
});

it('401: refuses a refresh token after a day, of a disabled or deleted key, and any other secret', async () => {
  const { now } = server.clock;
  const old = await given();
  server.clock.now = new Date(now.getTime() + 24 * hourMs);
  expect((await refresh(old.token)).status).toBe(401);
  server.clock.now = now;
  expect((await refresh(old.token)).status).toBe(200);

  const disabled = await given();
  const path = { id: disabled.key.id };
  await updateAccessKey({ client: disabled.administrator.client, path, body: { isDisabled: true } });
  expect((await refresh(disabled.token)).status).toBe(401);
  await updateAccessKey({ client: disabled.administrator.client, path, body: { isDisabled: false } });
  expect((await refresh(disabled.token)).status).toBe(200);

  const deleted = await given();
  await deleteAccessKey({ client: deleted.administrator.client, path: { id: deleted.key.id } });
  expect((await refresh(deleted.token)).status).toBe(401);
  for (const none of ['x', deleted.access, deleted.key.secret])
    expect(await refresh(none)).toMatchObject({ status: 401, message: 'Invalid or expired authentication token' });
});

it('400: refuses a missing, an empty and an overlong refresh token', async () => {
  for (const token of ['', 'x'.repeat(201), undefined]) expect((await refresh(token as string)).status).toBe(400);
});
