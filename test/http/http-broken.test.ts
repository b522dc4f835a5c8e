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

const server = useServer({ uploadBytesMax: 64 * 1024 ** 2 });
const patience = { timeout: 20_000 };
const goesOn = async () => expect((await getHealth({ client: server.client() })).data).toEqual({ status: 'ok' });
const line = (...lines: string[]) => lines.map((text) => `${text}\r\n`).join('');
/** The lines about calls whose clients hung up, which a test can tell from others by their path. */
const aborted = (path: string) =>
  server
    .logged()
    .split('\n')
    .filter((text) => text.includes(`"path":"${path}"`) && text.includes('"aborted":true'));

it.each([
  ['words', 'good morning\r\n\r\n'],
  ['the beginning of TLS', Buffer.from('16030100a5010000a1', 'hex')],
  ['an unknown method', 'GREET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a header with a space in its name', 'GET /healthz HTTP/1.1\r\nHost: x\r\nA B: c\r\n\r\n'],
  ['two different lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'],
])('400: %s is no request, and is told so in the one error format', async (_what, bytes) => {
  const answer = await sendBytes(server, 'GET', '/nothing', bytes);
  const correlationId = answer.headers.get('x-correlation-id');
  const message = 'This is not an HTTP request that the server can read';
  expect([answer.status, await answer.json()]).toEqual([400, { error: 'validation_error', message, correlationId }]);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  await goesOn();
});

it('400: a request without Host', async () => {
  const answer = await sendBytes(server, 'GET', '/healthz', line('GET /healthz HTTP/1.1', 'Connection: close', ''));
  expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ field: 'Host', message: 'Is required' }] }]);
});

it('200: an expectation that nobody knows is passed over', async () => {
  const head = line('GET /healthz HTTP/1.1', 'Host: x', 'Expect: the-unexpected', 'Connection: close', '');
  expect((await sendBytes(server, 'GET', '/healthz', head)).status).toBe(200);
});

it('431: headers over 16 KiB, whether one or many, or in the address', async () => {
  const many = Array.from({ length: 2000 }, (_, index) => `X-Header-${index}: value`);
  for (const head of [
    line('GET /healthz HTTP/1.1', 'Host: x', `X-Long: ${'x'.repeat(16_384)}`, ''),
    line('GET /healthz HTTP/1.1', 'Host: x', ...many, ''),
    line(`GET /healthz?${'x'.repeat(16_384)} HTTP/1.1`, 'Host: x', ''),
  ]) {
    const answer = await sendBytes(server, 'GET', '/nothing', head);
    const body = (await answer.json()) as ErrorBody;
    expect([answer.status, body.error, body.message]).toEqual([431, 'header_fields_too_large', 'The headers are larger than 16 KiB']);
  }
  await goesOn();
});

it('a path with dots is what it says, and a whole address counts for its path', async () => {
  const statusOf = async (target: string, path: string) =>
    (await sendBytes(server, 'GET', path, line(`GET ${target} HTTP/1.1`, 'Host: x', 'Connection: close', ''))).status;
  expect(await statusOf('/api/../healthz', '/api/../healthz')).toBe(404);
  expect(await statusOf('http://elsewhere/healthz', '/healthz')).toBe(200);
  expect(await statusOf('*', '/*')).toBe(404);
});

it('a client that hangs up in the middle of a JSON body changes nothing, and the server goes on', async () => {
  const { writer, environmentId } = await givenTenant(server);
  const path = '/api/application-imports/stage';
  const socket = openSocket(server);
  const authorization = `Authorization: Bearer ${writer.secret}`;
  socket.write(
    line(
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
  await expect.poll(() => aborted(path).length, patience).toBe(1);
  expect(JSON.parse(aborted(path)[0] as string)).not.toHaveProperty('status');
  expect(await server.db('application_imports').where({ environment_id: environmentId })).toEqual([]);
  await goesOn();
});

it('a client that hangs up in the middle of an upload leaves no file and no row, and the server goes on', async () => {
  const { writer, ...tenant } = await givenTenant(server);
  const [done, half] = [usersGroup(), usersGroup({ name: 'Half' })];
  const application = await givenApplication(server, { writer, ...tenant }, { groups: [done, half] });
  const path = '/api/application-imports/upload';
  const socket = openSocket(server);
  socket.write(
    line(
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
      { name: done.id, fileName: 'done.csv', content: 'Login\nann' },
      { name: half.id, fileName: 'half.csv', content: 'x'.repeat(200_000) },
    ).subarray(0, -1000),
  );
  await expect.poll(() => storedFileNames(server).length, patience).toBe(2);
  socket.destroy();
  await expect.poll(() => storedFileNames(server), patience).toEqual([]);
  await expect.poll(() => aborted(path).length, patience).toBe(1);
  expect(await server.db('application_imports').where({ application_id: application.id })).toEqual([]);
  await goesOn();
});

it('clients that hang up at once, in crowds, leave nothing', async () => {
  const { writer } = await givenTenant(server);
  const head = line(
    'POST /api/application-imports/upload HTTP/1.1',
    'Host: x',
    `Authorization: Bearer ${writer.secret}`,
    `Content-Type: ${multipartType}`,
  );
  const body = unfinishedMultipart({ name: usersGroup().id, fileName: 'x.csv', content: 'x'.repeat(5000) });
  const path = '/api/application-imports/upload';
  const before = aborted(path).length;
  for (let count = 0; count < 50; count++) {
    const socket = openSocket(server);
    socket.write(`${head}Content-Length: 99999\r\n\r\n${body}`, socket.destroy);
  }
  await goesOn();
  await expect.poll(() => aborted(path).length, patience).toBe(before + 50);
  await expect.poll(() => storedFileNames(server), patience).toEqual([]);
});

it('an upload whose client is gone before it is read is refused, not waited for', async () => {
  let refuse: (error: unknown) => void;
  const refused = new Promise((resolve) => {
    refuse = resolve;
  });
  const listener = createServer((request) => {
    request.once('close', () => readUpload(request, server.importFiles, 1000).catch(refuse));
    client.destroy();
  }).listen(0);
  onTestFinished(() => void listener.close());
  const client = connect((listener.address() as AddressInfo).port);
  client.write(line('POST / HTTP/1.1', 'Host: x', `Content-Type: ${multipartType}`, 'Content-Length: 99', ''));
  expect(await refused).toBeInstanceOf(ApiError);
});

it('what breaks off behind an answer that is on its way is not taken for a part of it', async () => {
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
  socket.write(line(`GET ${path} HTTP/1.1`, 'Host: x', `Authorization: Bearer ${tenant.reader.secret}`, ''));
  await socket.nextBytes();
  socket.pause();
  socket.write('good morning\r\n\r\n');
  const received = await socket.received();
  expect(received).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(received).not.toContain('validation_error');
  const correlationId = /X-Correlation-Id: (\w+)/.exec(received)?.[1] as string;
  await expect.poll(() => logLinesOf(server, correlationId), patience).toMatchObject([{ status: 200, aborted: true }]);
  await goesOn();
  expect(await orphanedFiles(server)).toEqual([]);
});
