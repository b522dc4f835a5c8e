import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createToken, downloadImportFile, getApplicationImport } from '../../generated/sdk.gen.ts';
import { givenApplication, givenTenant, usersCsv, usersGroup } from '../support/given.ts';
import { logDetailOf, logRowOf, sendRequest } from '../support/given-logs.ts';
import { multipart, sendUpload } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

it('the secret of a new token is in the response, but not in the log', async () => {
  const { administrator } = await givenTenant(server);
  const { data, response } = await createToken({ client: administrator.client, body: { name: 'HRIS' } });
  const call = await logDetailOf(administrator, response);
  expect(data?.secret).toMatch(/^pa_/);
  expect(JSON.parse(call.response.body as string)).toEqual({ ...data, secret: '[redacted]' });
  expect([call.request.body, call.response.isCut]).toEqual(['{"name":"HRIS"}', false]);
});

it('redacts secrets in the path, in the query, and in JSON members of any name', async () => {
  const { administrator } = await givenTenant(server);
  const { secret } = administrator;
  const inPath = await sendRequest(server, `/api/applications/${secret}?search=${secret}&access_token=abc`, { secret });
  expect(await logDetailOf(administrator, inPath)).toMatchObject({
    path: '/api/applications/[redacted]',
    query: 'search=[redacted]&access_token=[redacted]',
    status: 400,
  });
  const body = JSON.stringify({ name: `a ${secret}`, connector: { deep: [{ Client_Secret: 'abc' }] } });
  const inBody = await sendRequest(server, '/api/applications', { secret, method: 'POST', body });
  expect((await logDetailOf(administrator, inBody)).request.body).toBe(
    '{"name":"a [redacted]","connector":{"deep":[{"Client_Secret":"[redacted]"}]}}',
  );
  for (const row of await server.logDb('api_log').select()) expect(JSON.stringify(row)).not.toContain(secret);
  expect(server.logged()).not.toContain(secret);
});

it('truncates bodies at 64 KB, never inside a character, and sets isCut', async () => {
  const { writer, administrator } = await givenTenant(server);
  const body = JSON.stringify({ name: `xy${'é'.repeat(40_000)}` });
  const response = await sendRequest(server, '/api/applications', { secret: writer.secret, method: 'POST', body });
  const { request } = await logDetailOf(administrator, response);
  expect([response.status, request.isCut, Buffer.byteLength(request.body as string)]).toEqual([400, true, 65_535]);
  expect(body.startsWith(request.body as string)).toBe(true);
  expect((await logRowOf(server, response)).request_body.length).toBeLessThan(5_000);
});

it('stores names, sizes and hashes of uploaded files, and no body of a download', async () => {
  const tenant = await givenTenant(server);
  const group = usersGroup();
  const application = await givenApplication(server, tenant, { groups: [group] });
  const content = usersCsv('ann');
  const parts = [
    { name: 'applicationId', content: application.id },
    { name: group.id, fileName: 'pa_ExampleOnlyExampleOnlyExampleO2R7iRV.csv', content },
  ];
  const uploaded = await sendUpload(server, tenant.writer.secret, multipart(...parts));
  const { id } = (await uploaded.json()) as { id: string };
  const sha256 = createHash('sha256').update(content).digest('hex');
  expect((await logDetailOf(tenant.administrator, uploaded)).request).toEqual({
    body: null,
    isCut: false,
    files: [{ part: group.id, name: '[redacted].csv', bytes: content.length, sha256 }],
  });
  const { data } = await getApplicationImport({ client: tenant.reader.client, path: { id } });
  const fileId = data?.files[0]?.id as string;
  const { response } = await downloadImportFile({ client: tenant.reader.client, path: { id, fileId } });
  expect(await logDetailOf(tenant.administrator, response)).toMatchObject({ status: 200, response: { body: null, isCut: false } });
});
