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

/** An answer without what differs from call to call. */
const refusal = async (authorization?: string) => {
  const { error, response } = await call(authorization);
  const { correlationId, ...body } = error as { correlationId: string };
  expect(correlationId).toMatch(/^[0-9a-f]{32}$/);
  const headers = Object.fromEntries(response?.headers ?? []);
  for (const name of ['date', 'x-correlation-id', 'ratelimit']) delete headers[name];
  return { status: response?.status, body, headers };
};

const withLastChanged = (secret: string) => secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0');

it('401: every reason gets the very same answer', async () => {
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
    'wrong checksum': `Bearer ${withLastChanged(secret)}`,
    'wrong case': `Bearer ${secret.toUpperCase()}`,
    'unknown secret': `Bearer ${newTokenSecret()}`,
    'unknown secret of foreign form': `Bearer ${'x'.repeat(40)}`,
    'expired token': `Bearer ${expired.secret}`,
    'deleted token': `Bearer ${deleted.secret}`,
    'disabled token': `Bearer ${disabled.secret}`,
  };
  const answers = await Promise.all(Object.entries(presented).map(async ([reason, header]) => [reason, await refusal(header)] as const));
  const nothing = await refusal();
  expect([nothing.status, nothing.headers['www-authenticate']]).toEqual([401, 'Bearer realm="gatehouse"']);
  expect(nothing.body).toEqual({ error: 'unauthorized', message: 'Invalid or expired authentication token' });

  const headers = { ...nothing.headers, 'www-authenticate': 'Bearer realm="gatehouse", error="invalid_token"' };
  for (const [reason, answer] of answers) expect(answer, reason).toEqual({ ...nothing, headers });
  for (const { secret } of [expired, deleted, disabled, tenant.reader]) expect(server.logged()).not.toContain(secret.slice(3));
});

it('401: a token is refused from the very millisecond at which it expires', async () => {
  const tenant = await givenTenant(server);
  const begun = server.clock.now;
  onTestFinished(() => {
    server.clock.now = begun;
  });
  const { client } = await givenToken(server, tenant.organization, { expires_at: toInstant(new Date(begun.getTime() + 3_600_000)) });
  const statusAfter = async (milliseconds: number) => {
    server.clock.now = new Date(begun.getTime() + milliseconds);
    return (await getCurrentToken({ client })).response?.status;
  };
  expect([await statusAfter(3_599_999), await statusAfter(3_600_000), await statusAfter(3_600_001)]).toEqual([200, 401, 401]);
});

it('200: callers of many organizations at the same moment each get their own token', async () => {
  const tenants = [await givenTenant(server), await givenTenant(server), await givenTenant(server)];
  const tokens = tenants.flatMap(({ administrator, writer, reader }) => [administrator, writer, reader]);
  const calls = Array.from({ length: 6 }, () => tokens).flat();
  const answers = await Promise.all(calls.map(({ client }) => getCurrentToken({ client })));
  expect(answers.map(({ data }) => data?.id)).toEqual(calls.map(({ row }) => row.id));
});

it('200: tokens that are looked up together are told apart', async () => {
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

it('200: any access level may read itself, and gets no secret', async () => {
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
      expirationDate: null,
      lastUsedDate: data?.lastUsedDate,
    });
  }
});

it('200: the scheme may be written in any case, with more than one space', async () => {
  const { reader } = await givenTenant(server);
  for (const scheme of ['bearer', 'BEARER', 'Bearer  ']) expect((await call(`${scheme} ${reader.secret}`)).data?.id).toBe(reader.row.id);
});

it('400: names an unknown query parameter', async () => {
  const { reader } = await givenTenant(server);
  const { error, response } = await getCurrentToken({ client: reader.client, query: { verbose: 1 } as never });
  expect([response?.status, error?.errors]).toEqual([400, [{ field: 'verbose', message: 'Is not a known query parameter' }]]);
});
