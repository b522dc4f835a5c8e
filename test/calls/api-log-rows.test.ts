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

it('whatever is refused is in the log before its answer arrives, with who was refused as far as that is known', async () => {
  const { organization, administrator, writer, reader, environmentId } = await givenTenant(server);
  const ended = await givenToken(server, organization, { expires_at: '2020-01-01 00:00:00.000' });
  const { id: applicationId } = await givenApplication(server, { organization, administrator, writer, reader, environmentId });
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
    [401, 'listApplications', ended, null, () => sendRequest(server, '/api/applications', { secret: ended.secret })],
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
    const answer = await call();
    const row = await logRowOf(server, answer);
    expect([answer.status, row?.status, row?.operation, row?.organization_id, row?.actor_id, row?.actor_name ?? undefined]).toEqual([
      ...[status, status, operation, caller ? organization.id : '', caller?.row.id ?? null, caller?.row.name],
    ]);
    expect([operation, status, row.request_body && String(row.request_body)]).toEqual([operation, status, request]);
    expect(JSON.parse(String(row.response_body))).toEqual(await answer.json());
  }
});

it('429 and 500 are in the log, too', async () => {
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

it('what is about the process itself, about no path, or asked by a browser beforehand is not in the log', async () => {
  const preflight = { Origin: 'https://example.com', 'Access-Control-Request-Method': 'POST' };
  const answers = [
    await sendRequest(server, '/healthz'),
    await sendRequest(server, '/healthz', { method: 'POST' }),
    await sendRequest(server, '/api/nothing'),
    await fetch(`${server.url}/api/applications`, { method: 'OPTIONS', headers: preflight }),
  ];
  for (const answer of answers) expect([answer.url, await logRowOf(server, answer)]).toEqual([answer.url, undefined]);
});

it('the environment of a call is the one that it names, in a header or in its path', async () => {
  const tenant = await givenTenant(server);
  const { secret } = tenant.reader;
  const answers = [
    await sendRequest(server, '/api/applications', { secret, headers: { 'Gatehouse-Environment': 'default/production' } }),
    await sendRequest(server, '/v2/facts/default/production/users', { secret }),
  ];
  for (const answer of answers) expect((await logDetailOf(tenant.administrator, answer)).environmentId).toBe(tenant.environmentId);
});

it('200: of many calls at once, each is there', async () => {
  const { reader, administrator } = await givenTenant(server);
  const answers = await Promise.all(Array.from({ length: 90 }, () => getCurrentToken({ client: reader.client })));
  const { data } = await listLogs({ client: administrator.client, query: { actor: reader.row.id, limit: 100 } });
  expect(data?.items.map(({ id }) => id).toSorted()).toEqual(
    answers.map(({ response }) => response?.headers.get('x-correlation-id')).toSorted(),
  );
});

it('503: a call that can not be logged is not answered as done, and nothing of its answer is told', async () => {
  const tenant = await givenTenant(server);
  const hidden = 'hidden_log';
  await server.logDb.schema.renameTable('api_log', hidden);
  try {
    for (const caller of [tenant.administrator, tenant.reader]) {
      const { data, error, response } = await createToken({ client: caller.client, body: { name: 'HRIS' } });
      expect([response?.status, response?.headers.get('retry-after'), error?.error, data]).toEqual([503, '1', 'unavailable', undefined]);
      expect(error?.message).toBe("The call can't be logged, so it is not answered; try again");
    }
    expect((await sendRequest(server, '/healthz')).status).toBe(200);
  } finally {
    await server.logDb.schema.renameTable(hidden, 'api_log');
  }
  expect((await getCurrentToken({ client: tenant.reader.client })).response?.status).toBe(200);
});

it('200: the host organization finds those who had no token', async () => {
  const host = await inTransaction(server.db, (trx) => insertOrganization(trx, server.clock.now, { key: randomUUID(), isHost: true }));
  const caller = await givenToken(server, host, { access_level: 'Administrator' });
  const answer = await sendRequest(server, '/api/applications');
  expect(await logDetailOf(caller, answer)).toMatchObject({ actor: null, status: 401, environmentId: null });
});
