import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createToken, getCurrentToken, listLogs } from '../../generated/sdk.gen.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { insertOrganization } from '../../server/organizations/store/organizations.ts';
import { type GivenToken, givenApplication, givenTenant, givenToken } from '../support/given.ts';
import { logDetailOf, logRowOf, sendRequest } from '../support/given-logs.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const limited = useServer({ rateLimitPerMinute: 1 });
const broken = useServer();

it('stores every refused call before its response arrives, with the caller if known', async () => {
  const tenant = await givenTenant(server);
  const { organization, writer, reader } = tenant;
  const expired = await givenToken(server, organization, { expires_at: '2020-01-01 00:00:00.000' });
  const { id: applicationId } = await givenApplication(server, tenant);
  const stage = '/api/application-imports/stage';
  const post = { method: 'POST', secret: writer.secret };
  const key = { 'Idempotency-Key': randomUUID() };
  const body = JSON.stringify({ applicationId });
  const users = '/v2/facts/default/production/users';
  const user = '{"key":"ann"}';
  await sendRequest(server, stage, { ...post, body, headers: key });
  await sendRequest(server, users, { ...post, body: user });
  const cases: [number, string | null, GivenToken | undefined, string | null, () => Promise<Response>][] = [
    [400, 'listApplications', reader, null, () => sendRequest(server, '/api/applications?surprise=1', { secret: reader.secret })],
    [400, 'stageApplicationImport', writer, null, () => sendRequest(server, stage, { ...post, body: '{' })],
    [
      400,
      'stageApplicationImport',
      writer,
      '{"applicationId":1}',
      () => sendRequest(server, stage, { ...post, body: '{ "applicationId": 1 }' }),
    ],
    [401, 'listApplications', undefined, null, () => sendRequest(server, '/api/applications')],
    [401, 'listApplications', expired, null, () => sendRequest(server, '/api/applications', { secret: expired.secret })],
    [403, 'stageApplicationImport', reader, null, () => sendRequest(server, stage, { ...post, secret: reader.secret, body })],
    [404, 'getApplication', reader, null, () => sendRequest(server, `/api/applications/${randomUUID()}`, { secret: reader.secret })],
    [405, null, undefined, null, () => sendRequest(server, '/api/applications', { method: 'PUT', secret: writer.secret })],
    [413, 'stageApplicationImport', writer, null, () => sendRequest(server, stage, { ...post, body: `"${'x'.repeat(1_100_000)}"` })],
    [415, 'stageApplicationImport', writer, null, () => sendRequest(server, stage, { ...post, body, type: 'text/plain' })],
    [409, 'createUser', writer, user, () => sendRequest(server, users, { ...post, body: user })],
    [
      422,
      'stageApplicationImport',
      writer,
      '{"applicationId":"00000000-0000-4000-8000-000000000000"}',
      () =>
        sendRequest(server, stage, { ...post, body: body.replace(applicationId, '00000000-0000-4000-8000-000000000000'), headers: key }),
    ],
  ];
  for (const [status, operation, caller, request, call] of cases) {
    const response = await call();
    const row = await logRowOf(server, response);
    expect([response.status, row?.status, row?.operation, row?.organization_id, row?.actor_id, row?.actor_name ?? undefined]).toEqual([
      ...[status, status, operation, caller ? organization.id : '', caller?.row.id ?? null, caller?.row.name],
    ]);
    expect([operation, status, row.request_body && String(row.request_body)]).toEqual([operation, status, request]);
    expect(JSON.parse(String(row.response_body))).toEqual(await response.json());
  }
});

it('stores calls with 429 and 500', async () => {
  const { reader } = await givenTenant(limited);
  await sendRequest(limited, '/api/tokens/current', { secret: reader.secret });
  const refused = await sendRequest(limited, '/api/tokens/current', { secret: reader.secret });
  expect([refused.status, await logRowOf(limited, refused)]).toMatchObject([429, { status: 429, actor_id: reader.row.id }]);

  const tenant = await givenTenant(broken);
  await broken.db.schema.renameTable('applications', 'hidden');
  onTestFinished(() => broken.db.schema.renameTable('hidden', 'applications'));
  const failed = await sendRequest(broken, '/api/applications', { secret: tenant.reader.secret });
  expect([failed.status, await logRowOf(broken, failed)]).toMatchObject([500, { status: 500, actor_id: tenant.reader.row.id }]);
});

it('does not store calls of system endpoints, calls of unknown paths and CORS preflights', async () => {
  const preflight = { Origin: 'https://example.com', 'Access-Control-Request-Method': 'POST' };
  const responses = [
    await sendRequest(server, '/healthz'),
    await sendRequest(server, '/healthz', { method: 'POST' }),
    await sendRequest(server, '/api/nothing'),
    await fetch(`${server.url}/api/applications`, { method: 'OPTIONS', headers: preflight }),
  ];
  for (const response of responses) expect([response.url, await logRowOf(server, response)]).toEqual([response.url, undefined]);
});

it('stores the environment that a call names in a header or in its path', async () => {
  const tenant = await givenTenant(server);
  const { secret } = tenant.reader;
  const responses = [
    await sendRequest(server, '/api/applications', { secret, headers: { 'Gatehouse-Environment': 'default/production' } }),
    await sendRequest(server, '/v2/facts/default/production/users', { secret }),
  ];
  for (const response of responses) expect((await logDetailOf(tenant.administrator, response)).environmentId).toBe(tenant.environmentId);
});

it('200: lists each of many simultaneous calls', async () => {
  const { reader, administrator } = await givenTenant(server);
  const results = await Promise.all(Array.from({ length: 90 }, () => getCurrentToken({ client: reader.client })));
  const { data } = await listLogs({ client: administrator.client, query: { actor: reader.row.id, limit: 100 } });
  expect(data?.items.map(({ id }) => id).toSorted()).toEqual(
    results.map(({ response }) => response?.headers.get('x-correlation-id')).toSorted(),
  );
});

it('503: replaces the response of a call that cannot be logged', async () => {
  const tenant = await givenTenant(server);
  const hiddenTable = 'hidden_log';
  await server.logDb.schema.renameTable('api_log', hiddenTable);
  try {
    for (const caller of [tenant.administrator, tenant.reader]) {
      const { data, error, response } = await createToken({ client: caller.client, body: { name: 'HRIS' } });
      expect([response?.status, response?.headers.get('retry-after'), error?.error, data]).toEqual([503, '1', 'unavailable', undefined]);
      expect(error?.message).toBe(
        "The call can't be stored in the API log, so its response is not sent; check whether it took effect before you try again",
      );
    }
    expect((await sendRequest(server, '/healthz')).status).toBe(200);
  } finally {
    await server.logDb.schema.renameTable(hiddenTable, 'api_log');
  }
  expect((await getCurrentToken({ client: tenant.reader.client })).response?.status).toBe(200);
});

it('200: shows calls without a token to the host organization', async () => {
  const host = await inTransaction(server.db, (trx) => insertOrganization(trx, server.clock.now, { key: randomUUID(), isHost: true }));
  const caller = await givenToken(server, host, { access_level: 'Administrator' });
  const response = await sendRequest(server, '/api/applications');
  expect(await logDetailOf(caller, response)).toMatchObject({ actor: null, status: 401, environmentId: null });
});
