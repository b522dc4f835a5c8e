import type { IncomingMessage } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { deleteToken, getCurrentToken } from '../../../generated/sdk.gen.ts';
import { createAuthenticate } from '../../../server/access/authenticate.ts';
import { newTokenSecret } from '../../../server/common/secret-format.ts';
import { toInstant } from '../../../server/database/instants.ts';
import { type GivenToken, givenTenant, givenToken } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const call = (authorization?: string) => getCurrentToken({ client: server.client(), ...(authorization && { headers: { authorization } }) });

/** Returns the response to a refused call, without the values that differ between calls. */
const refusal = async (authorization?: string) => {
  const { error, response } = await call(authorization);
  const { correlationId, ...body } = error as { correlationId: string };
  expect(correlationId).toMatch(/^[0-9a-f]{32}$/);
  const headers = Object.fromEntries(response?.headers ?? []);
  for (const name of ['date', 'x-correlation-id', 'ratelimit']) delete headers[name];
  return { status: response?.status, body, headers };
};

const withOtherLastDigit = (secret: string) => secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0');

it('401: sends an identical response for every reason', async () => {
  const tenant = await givenTenant(server);
  const now = toInstant(server.clock.now);
  const used = async (token: GivenToken) => {
    expect((await getCurrentToken({ client: token.client })).response?.status).toBe(200);
    return token;
  };
  const expired = await givenToken(server, tenant.organization, { expires_at: now });
  const deleted = await used(await givenToken(server, tenant.organization));
  await deleteToken({ client: tenant.administrator.client, path: { id: deleted.row.id } });
  const disabled = await used(await givenToken(server, tenant.organization));
  await server.db('tokens').where({ id: disabled.row.id }).update({ disabled_at: now });

  const { secret } = tenant.reader;
  const presented = {
    'wrong scheme': `Basic ${secret}`,
    'no scheme': secret,
    'no secret': 'Bearer',
    'malformed secret': 'Bearer pa_short',
    'two secrets': `Bearer ${secret} ${secret}`,
    'wrong checksum': `Bearer ${withOtherLastDigit(secret)}`,
    'wrong case': `Bearer ${secret.toUpperCase()}`,
    'unknown secret': `Bearer ${newTokenSecret()}`,
    'unknown secret of foreign form': `Bearer ${'x'.repeat(40)}`,
    'expired token': `Bearer ${expired.secret}`,
    'deleted token': `Bearer ${deleted.secret}`,
    'disabled token': `Bearer ${disabled.secret}`,
  };
  const results = await Promise.all(Object.entries(presented).map(async ([reason, header]) => [reason, await refusal(header)] as const));
  const withoutToken = await refusal();
  expect([withoutToken.status, withoutToken.headers['www-authenticate']]).toEqual([401, 'Bearer realm="gatehouse"']);
  expect(withoutToken.body).toEqual({ error: 'unauthorized', message: 'Invalid or expired authentication token' });

  const headers = { ...withoutToken.headers, 'www-authenticate': 'Bearer realm="gatehouse", error="invalid_token"' };
  for (const [reason, result] of results) expect(result, reason).toEqual({ ...withoutToken, headers });
  for (const { secret } of [expired, deleted, disabled, tenant.reader]) expect(server.logged()).not.toContain(secret.slice(3));
});

it('401: refuses a token from the exact millisecond of its expiration', async () => {
  const tenant = await givenTenant(server);
  const start = server.clock.now;
  onTestFinished(() => {
    server.clock.now = start;
  });
  const { client } = await givenToken(server, tenant.organization, { expires_at: toInstant(new Date(start.getTime() + 3_600_000)) });
  const statusAfter = async (milliseconds: number) => {
    server.clock.now = new Date(start.getTime() + milliseconds);
    return (await getCurrentToken({ client })).response?.status;
  };
  expect([await statusAfter(3_599_999), await statusAfter(3_600_000), await statusAfter(3_600_001)]).toEqual([200, 401, 401]);
});

it('200: concurrent callers of several organizations each get their own token', async () => {
  const tenants = [await givenTenant(server), await givenTenant(server), await givenTenant(server)];
  const tokens = tenants.flatMap(({ administrator, writer, reader }) => [administrator, writer, reader]);
  const calls = Array.from({ length: 6 }, () => tokens).flat();
  const results = await Promise.all(calls.map(({ client }) => getCurrentToken({ client })));
  expect(results.map(({ data }) => data?.id)).toEqual(calls.map(({ row }) => row.id));
});

it('200: a batched look-up does not mix up tokens', async () => {
  const { administrator, reader } = await givenTenant(server);
  const { writer } = await givenTenant(server);
  const secrets = [writer.secret, newTokenSecret(), reader.secret, writer.secret, administrator.secret];
  const authenticate = createAuthenticate(server.db);
  const found = await Promise.allSettled(
    secrets.map((secret) => authenticate({ headers: { authorization: `Bearer ${secret}` } } as IncomingMessage, server.clock.now)),
  );
  expect(found.map((result) => (result.status === 'fulfilled' ? result.value.id : result.reason.status))).toEqual([
    writer.row.id,
    401,
    reader.row.id,
    writer.row.id,
    administrator.row.id,
  ]);
});

it('200: a token of any access level may read itself, without its secret', async () => {
  const { administrator, writer, reader } = await givenTenant(server);
  for (const { client, row, secret } of [administrator, writer, reader]) {
    const { data, response } = await getCurrentToken({ client });
    expect(response?.status).toBe(200);
    expect(data).toEqual({
      id: row.id,
      kind: 'API Token',
      name: row.name,
      level: 'Organization',
      projectKey: null,
      environmentKey: null,
      accessLevel: row.access_level,
      permissions: null,
      isRevealable: false,
      status: 'Active',
      secretStart: secret.slice(0, 10),
      createdDate: server.clock.now.toISOString(),
      createdBy: 'a test',
      isCreatorDeleted: false,
      expirationDate: null,
      lastUsedDate: data?.lastUsedDate,
    });
  }
});

it('200: accepts the scheme in upper or lower case and with several spaces', async () => {
  const { reader } = await givenTenant(server);
  for (const scheme of ['bearer', 'BEARER', 'Bearer  ']) expect((await call(`${scheme} ${reader.secret}`)).data?.id).toBe(reader.row.id);
});

it('400: names an unknown query parameter', async () => {
  const { reader } = await givenTenant(server);
  const { error, response } = await getCurrentToken({ client: reader.client, query: { verbose: 1 } as never });
  expect([response?.status, error?.errors]).toEqual([400, [{ field: 'verbose', message: 'Is not a known query parameter' }]]);
});
