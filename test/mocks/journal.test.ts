import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { type Mock, startMock } from '../../mocks/start.ts';
import { operations } from '../support/contract.ts';
import { until } from '../support/process.ts';
import { openSocket } from '../support/raw-http.ts';
import type { TestServer } from '../support/server.ts';
import { bearer, callMock, pathOf, rightRequest } from './mock-calls.ts';

let mock: Mock;
let other: Mock;
beforeAll(async () => {
  [mock, other] = await Promise.all([startMock(), startMock({ requestTimeoutMs: 300 })]);
});
afterAll(async () => {
  await Promise.all([mock?.stop(), other?.stop()]);
});
beforeEach(() => {
  mock.reset();
  other.reset();
});

const list = '/api/applications';
const upload =
  'POST /api/applications HTTP/1.1\r\nHost: mock\r\nAuthorization: Bearer any\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"na';
const socketTo = (which: Mock) => openSocket(which as unknown as TestServer);

it('the journal has what was received, newest last, and no secret', async () => {
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

it('the journal forgets when asked, in either way, and is not written by questions about it', async () => {
  await callMock(mock, list);
  expect((await fetch(`${mock.url}/__mock/requests`, { method: 'DELETE' })).status).toBe(204);
  expect(mock.requests()).toEqual([]);
  await callMock(mock, list);
  expect(mock.requests()).toMatchObject([{ status: 401 }]);
  mock.reset();
  expect(mock.requests()).toEqual([]);
});

it('the journal keeps the last 1,000, and 64 KiB of a body', async () => {
  for (let count = 0; count < 1010; count += 10)
    await Promise.all(Array.from({ length: 10 }, (_, index) => fetch(`${mock.url}/none/${count + index}`).then((answer) => answer.text())));
  await callMock(mock, list, { method: 'POST', body: 'x'.repeat(70_000) });
  const requests = mock.requests();
  expect([requests.length, requests.at(-1)?.body.length]).toEqual([1000, 65_536]);
});

it('two mocks side by side have nothing in common', async () => {
  await callMock(other, list);
  expect([mock.requests().length, other.requests().length, mock.url === other.url]).toEqual([0, 1, false]);
});

it('X-Mock-Delay: the answer waits, whatever it is; a wrong one is refused', async () => {
  for (const [headers, status] of [[bearer, 200] as const, [{}, 401] as const]) {
    const begun = performance.now();
    expect((await callMock(mock, list, { headers: { ...headers, 'X-Mock-Delay': '300' } })).status).toBe(status);
    expect(performance.now() - begun).toBeGreaterThan(290);
  }
  for (const delay of ['60001', '-1', '1.5', 'soon']) {
    const { status, error } = await callMock(mock, list, { headers: { ...bearer, 'X-Mock-Delay': delay } });
    expect([status, error.errors?.[0]?.field]).toEqual([400, 'X-Mock-Delay']);
  }
});

it('a request that pauses or breaks off keeps nobody waiting, and has no status in the journal', async () => {
  const [paused, broken] = [socketTo(mock), socketTo(mock)];
  paused.write(upload);
  await new Promise<void>((resolve) => broken.write(upload, resolve));
  await until('both have begun', async () => mock.requests().length === 2);
  broken.destroy();
  expect((await callMock(mock, list, { headers: bearer })).status).toBe(200);
  expect(mock.requests().map(({ status }) => status)).toEqual([null, null, 200]);
  paused.destroy();
});

it('408: a request that never goes on is ended', async () => {
  const paused = socketTo(other);
  paused.write(upload);
  expect(await paused.received()).toMatch(/^HTTP\/1\.1 408 [\s\S]*"error":"request_timeout"/);
});

it('stop ends at once, though an answer is still to come, and twice does no harm', async () => {
  const third = await startMock();
  onTestFinished(() => third.stop());
  const open = fetch(third.url + list, { headers: { ...bearer, 'X-Mock-Delay': '60000' } }).then(
    () => 'answered',
    () => 'cut off',
  );
  await until('the request has arrived', async () => third.requests().length === 1);
  const begun = performance.now();
  await Promise.all([third.stop(), third.stop()]);
  expect(performance.now() - begun).toBeLessThan(2000);
  expect(await open).toBe('cut off');
});

it('dynamic: made up as the contract allows; what never ends is the example, and others are answered meanwhile', async () => {
  const operationOf = (id: string) => operations.find(({ operationId }) => operationId === id) as (typeof operations)[number];
  const ask = (id: string) =>
    callMock(mock, pathOf(operationOf(id)), rightRequest(operationOf(id), { Prefer: 'dynamic=true, seed=gatehouse' }));
  const { status, body } = await ask('listApplications');
  const { body: example } = await callMock(mock, list, { headers: bearer });
  expect([status, body.items.length > 0]).toEqual([200, true]);
  expect(body).not.toEqual(example);
  const endless = ask('listUsers');
  expect((await callMock(mock, list, { headers: bearer })).status).toBe(200);
  expect((await endless).status).toBe(200);
});
