import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { givenTenant, type Tenant } from '../support/given.ts';
import { multipartType, openSocket } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer({}, { unreadBytesMax: 200_000, unreadMs: 100 });
let tenant: Tenant;
beforeAll(async () => {
  tenant = await givenTenant(server);
});

const megabyte = 1024 ** 2;
const chunk = Buffer.from(`10000\r\n${'x'.repeat(65_536)}\r\n`);
const headOf = (method: string, path: string, ...headers: string[]) =>
  [`${method} ${path} HTTP/1.1`, 'Host: x', ...headers]
    .map((line) => `${line}\r\n`)
    .join('')
    .concat('\r\n');
const authorization = () => `Authorization: Bearer ${tenant.writer.secret}`;
const json = 'Content-Type: application/json';
const chunked = 'Transfer-Encoding: chunked';

const endless: [status: number, reason: string, head: () => string][] = [
  [401, 'a missing token', () => headOf('POST', '/api/applications', json, chunked)],
  [404, 'an unknown path', () => headOf('POST', '/nothing', json, chunked)],
  [405, 'a wrong method', () => headOf('PUT', '/api/applications', json, chunked)],
  [413, 'a JSON body over its limit', () => headOf('POST', '/api/applications', json, chunked, authorization())],
  [415, 'a wrong media type', () => headOf('POST', '/api/applications', 'Content-Type: text/plain', chunked, authorization())],
  [200, 'an operation without a body', () => headOf('GET', '/healthz', chunked)],
  [401, 'an upload without a token', () => headOf('POST', '/api/application-imports/upload', `Content-Type: ${multipartType}`, chunked)],
];

it.each(endless)('%i: does not read an endless body to its end after %s', async (status, _reason, head) => {
  const socket = openSocket(server);
  socket.write(head());
  // 64 MB is more than the socket buffers of both sides and everything that the server may read.
  const sent = await socket.flood(chunk, 64 * megabyte);
  expect(sent).toBeLessThan(64 * megabyte);
  const received = await socket.received();
  expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(received).toMatch(/\r\nConnection: close\r\n/i);
});

it('401: closes a connection whose client stops in the middle of a body that is not needed', async () => {
  const socket = openSocket(server);
  socket.write(`${headOf('POST', '/api/applications', json, 'Content-Length: 1000')}{`);
  expect(await socket.received()).toMatch(/^HTTP\/1\.1 401 /);
});

it('401: keeps the connection if the body has arrived', async () => {
  const socket = openSocket(server);
  const call = `${headOf('POST', '/api/applications', json, 'Content-Length: 2')}{}`;
  socket.write(call);
  await socket.nextBytes();
  socket.write(call + headOf('GET', '/healthz', 'Connection: close'));
  expect([...(await socket.received()).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['401', '401', '200']);
});

it.each([
  ['without a token', 401, () => []],
  ['with too many bytes', 413, () => [authorization()]],
] as const)('does not ask for a body %s that is refused: %i', async (_reason, status, headers) => {
  const socket = openSocket(server);
  socket.write(headOf('POST', '/api/applications', json, 'Content-Length: 2000000', 'Expect: 100-continue', ...headers()));
  const received = await socket.received();
  expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(received).not.toContain('100 Continue');
});

it('201: asks for a body that it reads', async () => {
  const socket = openSocket(server);
  const body = '{"name": "Payroll"}';
  const length = `Content-Length: ${body.length}`;
  socket.write(headOf('POST', '/api/applications', json, length, 'Expect: 100-continue', 'Connection: close', authorization()));
  await socket.nextBytes();
  socket.write(body);
  expect(await socket.received()).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /);
});

describe('more refused bodies than are discarded at the same time', () => {
  // No deadline ends a body during the test.
  const never = 600_000;
  const limits = { unreadBodiesMax: 2, unreadBytesMax: megabyte, unreadMs: never, responseMs: never, silentConnectionMs: never };
  const small = useServer({}, limits);
  let writer: string;
  beforeAll(async () => {
    writer = `Authorization: Bearer ${(await givenTenant(small)).writer.secret}`;
  });

  /** Sends a request that is refused before its body has arrived, and waits for the response. */
  async function refusedBody(...headers: string[]) {
    const socket = openSocket(small);
    onTestFinished(() => void socket.destroy());
    socket.write(`${headOf('POST', '/api/applications', 'Content-Type: text/plain', 'Content-Length: 1000', ...headers)}{`);
    await socket.nextBytes();
    return socket;
  }
  const finish = (socket: Awaited<ReturnType<typeof refusedBody>>) => {
    socket.write('x'.repeat(999));
    return socket.received();
  };

  it('401: the oldest one ends, and its client has the response; the others can still finish', async () => {
    const [oldest, second, third] = [await refusedBody(), await refusedBody(), await refusedBody()];
    expect(await oldest.received()).toMatch(/^HTTP\/1\.1 401 .*\}$/s);
    expect([second.isClosed(), third.isClosed()]).toEqual([false, false]);
    for (const socket of [second, third]) expect(await finish(socket)).toMatch(/^HTTP\/1\.1 401 .*\}$/s);
  });

  it('401: a client that finishes its body or disconnects makes room', async () => {
    const oldest = await refusedBody();
    await finish(await refusedBody());
    (await refusedBody()).destroy();
    await finish(await refusedBody());
    expect(oldest.isClosed()).toBe(false);
  });

  it('415: a caller with a token is not replaced by callers without one', async () => {
    const known = await refusedBody(writer);
    const unknown = await refusedBody();
    await refusedBody();
    await unknown.closed;
    expect(known.isClosed()).toBe(false);
    expect(await finish(known)).toMatch(/^HTTP\/1\.1 415 .*\}$/s);
  });
});
