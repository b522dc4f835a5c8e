import { createHash, randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createToken, downloadImportFile, getApplicationImport, getCurrentToken, getLog, listLogs } from '../generated/sdk.gen.ts';
import type { LoggedCallDetail } from '../generated/types.gen.ts';
import { inTransaction } from '../server/store/database.ts';
import { insertOrganization } from '../server/store/organizations.ts';
import { contractFetch } from './support/contract.ts';
import { type GivenToken, givenApplication, givenTenant, givenToken, usersCsv, usersGroup } from './support/given.ts';
import { multipart, sendUpload } from './support/raw.ts';
import { type TestServer, useServer } from './support/server.ts';

const server = useServer();
const limited = useServer({ rateLimitPerMinute: 1 });
const broken = useServer();

/** A row is there the moment its answer is: no test here waits. */
async function rowOf(of: TestServer, answer: Response) {
  const id = Buffer.from(answer.headers.get('x-correlation-id') as string, 'hex');
  return of.logDb('api_log').where({ id }).first();
}
const detailOf = async ({ client }: GivenToken, answer: Response | undefined): Promise<LoggedCallDetail> => {
  const { data, error } = await getLog({ client, path: { id: answer?.headers.get('x-correlation-id') as string } });
  if (!data) throw new Error(JSON.stringify(error));
  return data;
};

interface Sent {
  secret?: string;
  method?: string;
  body?: string;
  type?: string;
  headers?: Record<string, string>;
}
const send = (of: TestServer, path: string, { secret, method = 'GET', body, type = 'application/json', headers = {} }: Sent = {}) =>
  contractFetch(of.url + path, {
    method,
    headers: {
      ...(secret !== undefined && { Authorization: `Bearer ${secret}` }),
      ...(body !== undefined && { 'Content-Type': type }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });

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
  await send(server, stage, { ...post, body, headers: key });
  await send(server, users, { ...post, body: user });
  const cases: [number, string | null, GivenToken | undefined, string | null, () => Promise<Response>][] = [
    [400, 'listApplications', reader, null, () => send(server, '/api/applications?surprise=1', { secret: reader.secret })],
    [400, 'stageApplicationImport', writer, null, () => send(server, stage, { ...post, body: '{' })],
    [400, 'stageApplicationImport', writer, '{"applicationId":1}', () => send(server, stage, { ...post, body: '{ "applicationId": 1 }' })],
    [401, 'listApplications', undefined, null, () => send(server, '/api/applications')],
    [401, 'listApplications', ended, null, () => send(server, '/api/applications', { secret: ended.secret })],
    [403, 'stageApplicationImport', reader, null, () => send(server, stage, { ...post, secret: reader.secret, body })],
    [404, 'getApplication', reader, null, () => send(server, `/api/applications/${randomUUID()}`, { secret: reader.secret })],
    [405, null, undefined, null, () => send(server, '/api/applications', { method: 'PUT', secret: writer.secret })],
    [413, 'stageApplicationImport', writer, null, () => send(server, stage, { ...post, body: `"${'x'.repeat(1_100_000)}"` })],
    [415, 'stageApplicationImport', writer, null, () => send(server, stage, { ...post, body, type: 'text/plain' })],
    [409, 'createUser', writer, user, () => send(server, users, { ...post, body: user })],
    [
      422,
      'stageApplicationImport',
      writer,
      '{"applicationId":"00000000-0000-4000-8000-000000000000"}',
      () => send(server, stage, { ...post, body: body.replace(applicationId, '00000000-0000-4000-8000-000000000000'), headers: key }),
    ],
  ];
  for (const [status, operation, caller, request, call] of cases) {
    const answer = await call();
    const row = await rowOf(server, answer);
    expect([answer.status, row?.status, row?.operation, row?.organization_id, row?.actor_id, row?.actor_name ?? undefined]).toEqual([
      ...[status, status, operation, caller ? organization.id : '', caller?.row.id ?? null, caller?.row.name],
    ]);
    expect([operation, status, row.request_body && String(row.request_body)]).toEqual([operation, status, request]);
    expect(JSON.parse(String(row.response_body))).toEqual(await answer.json());
  }
});

it('429 and 500 are in the log, too', async () => {
  const { reader } = await givenTenant(limited);
  await send(limited, '/api/tokens/current', { secret: reader.secret });
  const refused = await send(limited, '/api/tokens/current', { secret: reader.secret });
  expect([refused.status, await rowOf(limited, refused)]).toMatchObject([429, { status: 429, actor_id: reader.row.id }]);

  const tenant = await givenTenant(broken);
  await broken.db.schema.renameTable('applications', 'hidden');
  onTestFinished(() => broken.db.schema.renameTable('hidden', 'applications'));
  const failed = await send(broken, '/api/applications', { secret: tenant.reader.secret });
  expect([failed.status, await rowOf(broken, failed)]).toMatchObject([500, { status: 500, actor_id: tenant.reader.row.id }]);
});

it('what is about the process itself, about no path, or asked by a browser beforehand is not in the log', async () => {
  const preflight = { Origin: 'https://example.com', 'Access-Control-Request-Method': 'POST' };
  const answers = [
    await send(server, '/healthz'),
    await send(server, '/healthz', { method: 'POST' }),
    await send(server, '/api/nothing'),
    await fetch(`${server.url}/api/applications`, { method: 'OPTIONS', headers: preflight }),
  ];
  for (const answer of answers) expect([answer.url, await rowOf(server, answer)]).toEqual([answer.url, undefined]);
});

it('the secret of a new token is in the answer, but nowhere in the log', async () => {
  const { administrator } = await givenTenant(server);
  const { data, response } = await createToken({ client: administrator.client, body: { name: 'HRIS' } });
  const call = await detailOf(administrator, response);
  expect(data?.secret).toMatch(/^pa_/);
  expect(JSON.parse(call.response.body as string)).toEqual({ ...data, secret: '[redacted]' });
  expect([call.request.body, call.response.isCut]).toEqual(['{"name":"HRIS"}', false]);
});

it('a secret in a path, a query or a member of any name is redacted', async () => {
  const { administrator } = await givenTenant(server);
  const { secret } = administrator;
  const inPath = await send(server, `/api/applications/${secret}?search=${secret}&access_token=abc`, { secret });
  expect(await detailOf(administrator, inPath)).toMatchObject({
    path: '/api/applications/[redacted]',
    query: 'search=[redacted]&access_token=[redacted]',
    status: 400,
  });
  const body = JSON.stringify({ name: `a ${secret}`, connector: { deep: [{ Client_Secret: 'abc' }] } });
  const inBody = await send(server, '/api/applications', { secret, method: 'POST', body });
  expect((await detailOf(administrator, inBody)).request.body).toBe(
    '{"name":"a [redacted]","connector":{"deep":[{"Client_Secret":"[redacted]"}]}}',
  );
  for (const table of await server.logDb('api_log').select()) expect(JSON.stringify(table)).not.toContain(secret);
});

it('bodies are cut at 64 KB, between two characters, and say so', async () => {
  const { writer, administrator } = await givenTenant(server);
  const body = JSON.stringify({ name: `xy${'é'.repeat(40_000)}` });
  const answer = await send(server, '/api/applications', { secret: writer.secret, method: 'POST', body });
  const { request } = await detailOf(administrator, answer);
  expect([answer.status, request.isCut, Buffer.byteLength(request.body as string)]).toEqual([400, true, 65_535]);
  expect(body.startsWith(request.body as string)).toBe(true);
  expect((await rowOf(server, answer)).request_body.length).toBeLessThan(5_000);
});

it('of an upload there are the names, sizes and hashes of its files; of a download, nothing but that it was', async () => {
  const tenant = await givenTenant(server);
  const group = usersGroup();
  const application = await givenApplication(server, tenant, { groups: [group] });
  const content = usersCsv('ann');
  const parts = [
    { name: 'applicationId', content: application.id },
    { name: group.id, fileName: `${tenant.writer.secret}.csv`, content },
  ];
  const answer = await sendUpload(server, tenant.writer.secret, multipart(...parts));
  const { id } = (await answer.json()) as { id: string };
  const sha256 = createHash('sha256').update(content).digest('hex');
  expect((await detailOf(tenant.administrator, answer)).request).toEqual({
    body: null,
    isCut: false,
    files: [{ part: group.id, name: '[redacted].csv', bytes: content.length, sha256 }],
  });
  const { data } = await getApplicationImport({ client: tenant.reader.client, path: { id } });
  const fileId = data?.files[0]?.id as string;
  const { response } = await downloadImportFile({ client: tenant.reader.client, path: { id, fileId } });
  expect(await detailOf(tenant.administrator, response)).toMatchObject({ status: 200, response: { body: null, isCut: false } });
});

it('the environment of a call is the one that it names, in a header or in its path', async () => {
  const tenant = await givenTenant(server);
  const { secret } = tenant.reader;
  const answers = [
    await send(server, '/api/applications', { secret, headers: { 'Gatehouse-Environment': 'default/production' } }),
    await send(server, '/v2/facts/default/production/users', { secret }),
  ];
  for (const answer of answers) expect((await detailOf(tenant.administrator, answer)).environmentId).toBe(tenant.environmentId);
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
    expect((await send(server, '/healthz')).status).toBe(200);
  } finally {
    await server.logDb.schema.renameTable(hidden, 'api_log');
  }
  expect((await getCurrentToken({ client: tenant.reader.client })).response?.status).toBe(200);
});

it('200: the host organization finds those who had no token', async () => {
  const host = await inTransaction(server.db, (trx) =>
    insertOrganization(trx, server.clock.now, { organization: randomUUID(), isHost: true }),
  );
  const caller = await givenToken(server, host, { access_level: 'Administrator' });
  const answer = await send(server, '/api/applications');
  expect(await detailOf(caller, answer)).toMatchObject({ actor: null, status: 401, environmentId: null });
});
