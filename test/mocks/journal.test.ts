import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { type Mock, startMock } from '../../mocks/start.ts';
import { operations } from '../support/contract.ts';
import { until } from '../support/process.ts';
import { openSocket } from '../support/raw-http.ts';
import type { TestServer } from '../support/server.ts';
import { bearer, callMock, pathOf, validRequest } from './mock-calls.ts';

let mock: Mock;
let otherMock: Mock;
beforeAll(async () => {
  [mock, otherMock] = await Promise.all([startMock(), startMock({ requestTimeoutMs: 300 })]);
});
afterAll(async () => {
  await Promise.all([mock?.stop(), otherMock?.stop()]);
});
beforeEach(() => {
  mock.reset();
  otherMock.reset();
});

const list = '/api/applications';
const unfinishedPost =
  'POST /api/applications HTTP/1.1\r\nHost: mock\r\nAuthorization: Bearer any\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"na';
const socketTo = (target: Mock) => openSocket(target as unknown as TestServer);

it('the journal has the received requests, the newest last, without secrets', async () => {
  await callMock(mock, `${list}?search=a&page=1`, {
    headers: { Authorization: 'Bearer pa_secret', 'x-access-token': 'pa_secret', 'X-Test': 'seven' },
  });
  await callMock(mock, list, { method: 'POST', headers: { ...bearer, 'Content-Type': 'application/json' }, body: '{"name":' });
  const { requests } = (await (await fetch(`${mock.url}/__mock/requests`)).json()) as { requests: unknown[] };
  expect(requests).toEqual(mock.requests());
  expect(requests).toMatchObject([
    {
      method: 'GET',
      path: list,
      query: { search: 'a', page: '1' },
      headers: { authorization: 'Bearer ***', 'x-access-token': '***', 'x-test': 'seven' },
      body: '',
    },
    { method: 'POST', path: list, query: {}, body: '{"name":', status: 400 },
  ]);
  expect(JSON.stringify(requests)).not.toContain('pa_secret');
});

it('the journal has no secret, wherever a request has one', async () => {
  const secret = 'SeCrEt7Value';
  const token = 'pa_SandboxWriteSandboxWriteSandbo0Nm7rr';
  const names = ['password', 'passwordHash', 'userPassword1', 'client-secret', 'refresh_token', 'api_key', 'jwt', 'auth', 'pin', 'x-hash'];
  for (const name of names) {
    const post = (body: string, type = 'application/json') =>
      callMock(mock, list, { method: 'POST', headers: { ...bearer, 'Content-Type': type }, body });
    await callMock(mock, `${list}?${name}=${secret}&${name}=${secret}&search=a`, { headers: { ...bearer, [name]: secret } });
    await post(JSON.stringify({ [name]: secret, deep: [{ [name]: { any: secret } }, { name, value: secret }] }));
    await post(JSON.stringify({ text: JSON.stringify({ [name]: secret }), url: `https://x.example/?a=1;${name}=${secret}` }));
    await post(`{"${name}": "${secret}`);
    await post(`${name}=${secret}&a=1`, 'application/x-www-form-urlencoded');
  }
  await callMock(mock, `/api/${token}?search=${token}`, { headers: { cookie: `sid=${secret}; a=b`, 'X-Test': `Bearer ${secret}` } });
  await callMock(mock, list, { method: 'POST', body: `note: ${token}, https://user:${secret}@x.example` });
  const text = await (await fetch(`${mock.url}/__mock/requests`)).text();
  expect([text.includes(secret), text.includes(token), text.split('***').length > names.length * 8]).toEqual([false, false, true]);
  expect(mock.requests()[0]?.query).toMatchObject({ search: 'a' });
});

it('the journal leaves a body without secrets as it was sent, and is not slowed down by any text', async () => {
  const body = '{ "name" : "OpCon",\n  "accessLevel":"Read", "maxTokenLifetimeDays": 3 }';
  await callMock(mock, list, { method: 'POST', headers: { ...bearer, 'Content-Type': 'application/json' }, body });
  expect(mock.requests().at(-1)?.body).toBe(body);
  const startedAt = performance.now();
  for (const unit of ['[', '"', '\\"a', '=a', 'a', '//a:', 'Bearer ', '"password":'])
    await callMock(mock, list, {
      method: 'POST',
      headers: { ...bearer, 'Content-Type': 'application/json' },
      body: unit.repeat(1_000_000 / unit.length),
    });
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});

it('403: a page in a browser can neither read nor clear the journal, also if its name points to this machine', async () => {
  await callMock(mock, list);
  const { port } = new URL(mock.url);
  const ask = async (lines: string[], method = 'GET') => {
    const socket = socketTo(mock);
    socket.write(`${method} /__mock/requests HTTP/1.1\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
    const text = await socket.received();
    return [Number(text.slice(9, 12)), /access-control/i.test(text)];
  };
  for (const method of ['GET', 'DELETE'])
    for (const lines of [
      [`Host: 127.0.0.1:${port}`, 'Origin: https://evil.example'],
      [`Host: 127.0.0.1:${port}`, 'Origin: null'],
      [`Host: 127.0.0.1:${port}`, `Origin: ${mock.url}`],
      [`Host: 127.0.0.1:${port}`, 'Sec-Fetch-Site: cross-site'],
      [`Host: 127.0.0.1:${port}`, 'Sec-Fetch-Site: same-site'],
      [`Host: evil.example:${port}`, 'Sec-Fetch-Site: same-origin'],
      [`Host: evil.example:${port}`],
      ['Host: 127.0.0.1.evil.example'],
    ])
      expect([method, lines, await ask(lines, method)]).toEqual([method, lines, [403, false]]);
  const preflight = [`Host: 127.0.0.1:${port}`, 'Origin: https://evil.example', 'Access-Control-Request-Method: DELETE'];
  expect(await ask(preflight, 'OPTIONS')).toEqual([403, false]);
  expect(mock.requests()).toHaveLength(1);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, `mock:${port}`])
    expect([host, await ask([`Host: ${host}`, 'Sec-Fetch-Site: none'])]).toEqual([host, [200, false]]);
});

it('the journal can be cleared by request and by call, and does not record requests for itself', async () => {
  await callMock(mock, list);
  expect((await fetch(`${mock.url}/__mock/requests`, { method: 'DELETE' })).status).toBe(204);
  expect(mock.requests()).toEqual([]);
  await callMock(mock, list);
  expect(mock.requests()).toMatchObject([{ status: 401 }]);
  mock.reset();
  expect(mock.requests()).toEqual([]);
});

it('the journal has the last 1,000 requests, and the first 64 KiB of each body', async () => {
  for (let count = 0; count < 1010; count += 10)
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => fetch(`${mock.url}/none/${count + index}`).then((response) => response.text())),
    );
  await callMock(mock, list, { method: 'POST', body: 'x'.repeat(70_000) });
  const requests = mock.requests();
  expect([requests.length, requests.at(-1)?.body.length]).toEqual([1000, 65_536]);
});

it('two mocks have separate journals', async () => {
  await callMock(otherMock, list);
  expect([mock.requests().length, otherMock.requests().length, mock.url === otherMock.url]).toEqual([0, 1, false]);
});

it('X-Mock-Delay: delays every response, also errors; an invalid delay is refused', async () => {
  for (const [headers, status] of [[bearer, 200] as const, [{}, 401] as const]) {
    const startedAt = performance.now();
    expect((await callMock(mock, list, { headers: { ...headers, 'X-Mock-Delay': '300' } })).status).toBe(status);
    expect(performance.now() - startedAt).toBeGreaterThan(290);
  }
  for (const delay of ['60001', '-1', '1.5', 'soon']) {
    const { status, error } = await callMock(mock, list, { headers: { ...bearer, 'X-Mock-Delay': delay } });
    expect([status, error.errors?.[0]?.field]).toEqual([400, 'X-Mock-Delay']);
  }
});

it('a request that pauses or breaks off delays no other request, and has no status in the journal', async () => {
  const [paused, broken] = [socketTo(mock), socketTo(mock)];
  paused.write(unfinishedPost);
  await new Promise<void>((resolve) => broken.write(unfinishedPost, resolve));
  await until('both requests have arrived', async () => mock.requests().length === 2);
  broken.destroy();
  expect((await callMock(mock, list, { headers: bearer })).status).toBe(200);
  expect(mock.requests().map(({ status }) => status)).toEqual([null, null, 200]);
  paused.destroy();
});

it('408: ends a request that does not arrive completely', async () => {
  const paused = socketTo(otherMock);
  paused.write(unfinishedPost);
  expect(await paused.received()).toMatch(/^HTTP\/1\.1 408 [\s\S]*"error":"request_timeout"/);
});

it('`stop` ends at once, although a response is pending, and can be called twice', async () => {
  const ownMock = await startMock();
  onTestFinished(() => ownMock.stop());
  const pending = fetch(ownMock.url + list, { headers: { ...bearer, 'X-Mock-Delay': '60000' } }).then(
    () => 'complete',
    () => 'cut off',
  );
  await until('the request has arrived', async () => ownMock.requests().length === 1);
  const startedAt = performance.now();
  await Promise.all([ownMock.stop(), ownMock.stop()]);
  expect(performance.now() - startedAt).toBeLessThan(2000);
  expect(await pending).toBe('cut off');
});

it('dynamic=true: generates a response from its schema; a schema whose generation takes too long gets the example, and blocks no other request', async () => {
  const operationOf = (id: string) => operations.find(({ operationId }) => operationId === id) as (typeof operations)[number];
  const getDynamic = (id: string) =>
    callMock(mock, pathOf(operationOf(id)), validRequest(operationOf(id), { Prefer: 'dynamic=true, seed=gatehouse' }));
  const { status, body } = await getDynamic('listApplications');
  const { body: example } = await callMock(mock, list, { headers: bearer });
  expect([status, body.items.length > 0]).toEqual([200, true]);
  expect(body).not.toEqual(example);
  const slowResponse = getDynamic('listUsers');
  expect((await callMock(mock, list, { headers: bearer })).status).toBe(200);
  expect((await slowResponse).status).toBe(200);
});
