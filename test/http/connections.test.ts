import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type GivenToken, givenTenant } from '../support/given.ts';
import { openSocket, responseOf, sendBytes } from '../support/raw-http.ts';
import { type TestServer, useServer } from '../support/server.ts';

const ping = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

/** Opens connections that send nothing, or this. They close at the end of the test. */
function openMany(server: TestServer, count: number, options: { localAddress?: string; bytes?: string } = {}) {
  const sockets = Array.from({ length: count }, () => openSocket(server, options));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (const socket of sockets) if (options.bytes !== undefined) socket.write(options.bytes);
  return sockets;
}

/** Returns a function that gets the caller's token over one connection that stays open, and returns the status and the client's port. */
function keepAlive(server: TestServer, { secret }: GivenToken) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return async () => {
    const call = request(`${server.url}/api/tokens/current`, { agent, headers: { authorization: `Bearer ${secret}` } }).end();
    const [response] = await once(call, 'response');
    const port = call.socket?.localPort;
    response.resume();
    await once(response, 'end');
    return [response.statusCode, port];
  };
}

const unfinished = 'POST /api/v2/auth/client_token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{';

describe.each([
  ['that send nothing', undefined],
  ['with unfinished headers', 'GET / HTTP/1.1\r\nX-A: '],
  ['with unfinished bodies', unfinished],
  ['that are idle after a request', 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'],
])('connections %s', (_kind, bytes) => {
  const server = useServer({ connectionsMax: 8, connectionsPerAddressMax: 0 }, inOrder);

  it('200: cannot keep others out, and do not replace the connection of a caller with a token', async () => {
    const get = keepAlive(server, (await givenTenant(server)).reader);
    const before = await get();
    expect(before[0]).toBe(200);
    const sockets = openMany(server, 30, bytes === undefined ? {} : { bytes });
    for (let count = 0; count < 3; count++) expect((await sendBytes(server, 'GET', '/healthz', ping)).status).toBe(200);
    // At most eight connections are open, and one of them is the caller's.
    await expect.poll(() => sockets.filter((socket) => socket.isClosed()).length).toBeGreaterThanOrEqual(23);
    expect(await get()).toEqual(before);
    expect(server.logged()).toContain('too many connections');
  });
});

/** One socket accepts connections in the order in which they were opened. */
const inOrder = { acceptsPerIteration: 1 };

describe('one address', () => {
  const server = useServer({ connectionsMax: 100, connectionsPerAddressMax: 5 }, inOrder);
  const behindProxy = useServer({ connectionsMax: 100, connectionsPerAddressMax: 5, trustedProxies: 1 }, inOrder);

  it('has at most the set number of connections; a further one replaces its oldest', async () => {
    const sockets = openMany(server, 12);
    expect((await sendBytes(server, 'GET', '/healthz', ping)).status).toBe(200);
    await expect.poll(() => sockets.filter((socket) => socket.isClosed()).length).toBeGreaterThanOrEqual(8);
  });

  it.runIf(process.platform === 'linux')('does not close connections of other addresses', async () => {
    const others = openMany(server, 4, { localAddress: '127.0.0.2' });
    const sockets = openMany(server, 40);
    await expect.poll(() => sockets.filter((socket) => socket.isClosed()).length).toBeGreaterThanOrEqual(35);
    expect(others.filter((socket) => socket.isClosed())).toEqual([]);
  });

  it('has no limit of its own behind a proxy, from which all connections come', async () => {
    const sockets = openMany(behindProxy, 12);
    expect((await sendBytes(behindProxy, 'GET', '/healthz', ping)).status).toBe(200);
    expect(sockets.filter((socket) => socket.isClosed())).toEqual([]);
  });
});

describe('an address that replaces connections again and again', () => {
  const server = useServer(
    { connectionsMax: 100, connectionsPerAddressMax: 5 },
    { ...inOrder, replacementsAtOnce: 10, replacementsPerSecond: 0 },
  );

  it('is refused before its requests cost anything', async () => {
    const sockets = openMany(server, 100, { bytes: unfinished });
    await Promise.all(sockets.slice(15).map(({ closed }) => closed));
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => server.logged().split('"msg":"call"').length - 1).toBeGreaterThanOrEqual(5);
    expect(server.logged().split('"msg":"call"').length - 1).toBeLessThanOrEqual(15);
  });
});

describe('connections that all serve callers with a token', () => {
  const server = useServer({ connectionsMax: 2, connectionsPerAddressMax: 0 }, inOrder);

  it('503: are not replaced while they are in use; a further one is refused in the error format', async () => {
    const { writer } = await givenTenant(server);
    const head = [
      'POST /api/applications HTTP/1.1',
      'Host: x',
      `Authorization: Bearer ${writer.secret}`,
      'Content-Type: application/json',
      'Content-Length: 900',
      'Expect: 100-continue',
    ];
    const busy = openMany(server, 2, { bytes: `${head.join('\r\n')}\r\n\r\n` });
    // The server asks for the body once it knows the caller.
    await Promise.all(busy.map((socket) => socket.nextBytes()));
    const response = responseOf(await openSocket(server).received());
    const correlationId = response.headers.get('x-correlation-id');
    const message = 'The server has as many connections as it may; try again';
    expect([response.status, await response.json()]).toEqual([503, { error: 'unavailable', message, correlationId }]);
    expect([response.headers.get('retry-after'), busy.map((socket) => socket.isClosed())]).toEqual(['1', [false, false]]);
  });
});

describe('requests that do not wait for responses', () => {
  const server = useServer({}, { waitingRequestsMax: 8 });
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

  it('200, 404: are handled in their order', async () => {
    const socket = openSocket(server);
    socket.write(['/healthz', '/a', '/healthz', '/b'].map(get).join('') + ping);
    const statuses = [...(await socket.received()).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    expect(statuses).toEqual(['200', '404', '200', '404', '200']);
  });

  it('are limited: a connection with more of them is closed', async () => {
    const socket = openSocket(server);
    socket.write(get('/readyz').repeat(500));
    const answered = [...(await socket.received()).matchAll(/HTTP\/1\.1 \d+/g)].length;
    expect(answered).toBeLessThanOrEqual(9);
    expect((await sendBytes(server, 'GET', '/healthz', ping)).status).toBe(200);
  });
});
