import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { getHealth, uploadApplicationImport } from '../../generated/sdk.gen.ts';
import type { Error as ErrorBody } from '../../generated/types.gen.ts';
import { ApiError } from '../../server/common/errors.ts';
import { readUpload } from '../../server/http/uploads.ts';
import { givenApplication, givenTenant, usersGroup } from '../support/given.ts';
import {
  logLinesOf,
  multipartType,
  openSocket,
  orphanedFiles,
  sendBytes,
  storedFileNames,
  unfinishedMultipart,
} from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer(
  { uploadBytesMax: 64 * 1024 ** 2 },
  { uploadsPerCallerMax: 64, uploadsPerOrganizationMax: 64, unknownStartsPerIteration: 64 },
);
const pollOptions = { timeout: 20_000 };
const expectHealthy = async () => expect((await getHealth({ client: server.client() })).data).toEqual({ status: 'ok' });
const headOf = (...lines: string[]) => lines.map((text) => `${text}\r\n`).join('');
/** Returns the log lines of calls to this path whose client closed the connection. */
const abortedCalls = (path: string) =>
  server
    .logged()
    .split('\n')
    .filter((text) => text.includes(`"path":"${path}"`) && text.includes('"aborted":true'));

it.each([
  ['plain text', 'good morning\r\n\r\n'],
  ['the start of a TLS handshake', Buffer.from('16030100a5010000a1', 'hex')],
  ['an unknown method', 'GREET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a header with a space in its name', 'GET /healthz HTTP/1.1\r\nHost: x\r\nA B: c\r\n\r\n'],
  ['both Content-Length and chunked encoding', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'],
])('400: refuses %s, which is not an HTTP request, in the error format of the API', async (_name, bytes) => {
  const response = await sendBytes(server, 'GET', '/nothing', bytes);
  const correlationId = response.headers.get('x-correlation-id');
  const message = 'This is not an HTTP request that the server can read';
  expect([response.status, await response.json()]).toEqual([400, { error: 'validation_error', message, correlationId }]);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  await expectHealthy();
});

it('400: refuses a request without Host', async () => {
  const response = await sendBytes(server, 'GET', '/healthz', headOf('GET /healthz HTTP/1.1', 'Connection: close', ''));
  expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ field: 'Host', message: 'Is required' }] }]);
});

it('200: ignores an unknown Expect header', async () => {
  const head = headOf('GET /healthz HTTP/1.1', 'Host: x', 'Expect: the-unexpected', 'Connection: close', '');
  expect((await sendBytes(server, 'GET', '/healthz', head)).status).toBe(200);
});

it('431: refuses more than 16 KiB in one header, in many headers, or in the URL', async () => {
  const many = Array.from({ length: 2000 }, (_, index) => `X-Header-${index}: value`);
  for (const head of [
    headOf('GET /healthz HTTP/1.1', 'Host: x', `X-Long: ${'x'.repeat(16_384)}`, ''),
    headOf('GET /healthz HTTP/1.1', 'Host: x', ...many, ''),
    headOf(`GET /healthz?${'x'.repeat(16_384)} HTTP/1.1`, 'Host: x', ''),
  ]) {
    const response = await sendBytes(server, 'GET', '/nothing', head);
    const body = (await response.json()) as ErrorBody;
    expect([response.status, body.error, body.message]).toEqual([431, 'header_fields_too_large', 'The headers are larger than 16 KiB']);
  }
  await expectHealthy();
});

it('200, 404: does not resolve dots in a path, and uses the path of an absolute URL', async () => {
  const statusOf = async (target: string, path: string) =>
    (await sendBytes(server, 'GET', path, headOf(`GET ${target} HTTP/1.1`, 'Host: x', 'Connection: close', ''))).status;
  expect(await statusOf('/api/../healthz', '/api/../healthz')).toBe(404);
  expect(await statusOf('http://elsewhere/healthz', '/healthz')).toBe(200);
  expect(await statusOf('*', '/*')).toBe(404);
});

it('a client that disconnects within a JSON body changes nothing, and the server continues', async () => {
  const { writer, environmentId } = await givenTenant(server);
  const path = '/api/application-imports/stage';
  const socket = openSocket(server);
  const authorization = `Authorization: Bearer ${writer.secret}`;
  socket.write(
    headOf(
      `POST ${path} HTTP/1.1`,
      'Host: x',
      authorization,
      'Content-Type: application/json',
      'Content-Length: 99',
      'Expect: 100-continue',
      '',
    ),
  );
  await socket.nextBytes();
  socket.write('{"applicationId": "');
  socket.destroy();
  await expect.poll(() => abortedCalls(path).length, pollOptions).toBe(1);
  expect(JSON.parse(abortedCalls(path)[0] as string)).not.toHaveProperty('status');
  expect(await server.db('application_imports').where({ environment_id: environmentId })).toEqual([]);
  await expectHealthy();
});

it('a client that disconnects within an upload leaves no file and no row, and the server continues', async () => {
  const { writer, ...tenant } = await givenTenant(server);
  const [completeGroup, unfinishedGroup] = [usersGroup(), usersGroup({ name: 'Unfinished' })];
  const application = await givenApplication(server, { writer, ...tenant }, { groups: [completeGroup, unfinishedGroup] });
  const path = '/api/application-imports/upload';
  const socket = openSocket(server);
  socket.write(
    headOf(
      `POST ${path} HTTP/1.1`,
      'Host: x',
      `Authorization: Bearer ${writer.secret}`,
      `Content-Type: ${multipartType}`,
      'Content-Length: 999999',
      '',
    ),
  );
  socket.write(
    unfinishedMultipart(
      { name: 'applicationId', content: application.id },
      { name: completeGroup.id, fileName: 'complete.csv', content: 'Login\nann' },
      { name: unfinishedGroup.id, fileName: 'unfinished.csv', content: 'x'.repeat(200_000) },
    ).subarray(0, -1000),
  );
  await expect.poll(() => storedFileNames(server).length, pollOptions).toBe(2);
  socket.destroy();
  await expect.poll(() => storedFileNames(server), pollOptions).toEqual([]);
  await expect.poll(() => abortedCalls(path).length, pollOptions).toBe(1);
  expect(await server.db('application_imports').where({ application_id: application.id })).toEqual([]);
  await expectHealthy();
});

it('many clients that disconnect at once leave no file', async () => {
  const { writer } = await givenTenant(server);
  const head = headOf(
    'POST /api/application-imports/upload HTTP/1.1',
    'Host: x',
    `Authorization: Bearer ${writer.secret}`,
    `Content-Type: ${multipartType}`,
  );
  const body = unfinishedMultipart({ name: usersGroup().id, fileName: 'x.csv', content: 'x'.repeat(5000) });
  const path = '/api/application-imports/upload';
  const before = abortedCalls(path).length;
  for (let count = 0; count < 50; count++) {
    const socket = openSocket(server);
    socket.write(`${head}Content-Length: 99999\r\n\r\n${body}`, socket.destroy);
  }
  await expectHealthy();
  await expect.poll(() => abortedCalls(path).length, pollOptions).toBe(before + 50);
  await expect.poll(() => storedFileNames(server), pollOptions).toEqual([]);
});

it('an upload is refused if its client has disconnected before the upload is read', async () => {
  const terms = { bytesMax: 1000, idleMs: 1000, totalMs: 1000, bytesPerSecondMin: 0, diskShortage: () => undefined, admit: () => {} };
  let refuse: (error: unknown) => void;
  const refused = new Promise((resolve) => {
    refuse = resolve;
  });
  const listener = createServer((request) => {
    request.once('close', () => readUpload(request, server.importFiles, terms).catch(refuse));
    client.destroy();
  }).listen(0);
  onTestFinished(() => void listener.close());
  const client = connect((listener.address() as AddressInfo).port);
  client.write(headOf('POST / HTTP/1.1', 'Host: x', `Content-Type: ${multipartType}`, 'Content-Length: 99', ''));
  expect(await refused).toBeInstanceOf(ApiError);
});

it('a malformed request during a download does not add an error to the download', async () => {
  const tenant = await givenTenant(server);
  const group = usersGroup();
  const application = await givenApplication(server, tenant, { groups: [group] });
  const file = new File([new Uint8Array(48 * 1024 ** 2).fill(120)], 'x.csv');
  const { data } = await uploadApplicationImport({
    client: tenant.writer.client,
    body: { applicationId: application.id, [group.id]: file },
  });
  const path = `/api/application-imports/${data?.id}/files/${data?.files[0]?.id}`;
  const socket = openSocket(server);
  socket.write(headOf(`GET ${path} HTTP/1.1`, 'Host: x', `Authorization: Bearer ${tenant.reader.secret}`, ''));
  await socket.nextBytes();
  socket.pause();
  socket.write('good morning\r\n\r\n');
  const received = await socket.received();
  expect(received).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(received).not.toContain('validation_error');
  const correlationId = /X-Correlation-Id: (\w+)/.exec(received)?.[1] as string;
  await expect.poll(() => logLinesOf(server, correlationId), pollOptions).toMatchObject([{ status: 200, aborted: true }]);
  await expectHealthy();
  expect(await orphanedFiles(server)).toEqual([]);
});
