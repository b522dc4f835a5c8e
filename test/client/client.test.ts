import { expect, it } from 'vitest';
import { type ClientOptions, createClient, isServerError, isValidationError, type TooManyRequestsError } from '../../client/index.ts';
import { drop, dropMidBody, errorResponse, htmlPage, json, stall, useFlawedServer } from './flawed-server.ts';

const server = useFlawedServer();
const id = '00000000-0000-4000-8000-000000000000';
const client = (options: ClientOptions = {}) =>
  createClient({ baseUrl: server.url(), token: 'pa_secret', log: { level: 'silent' }, ...options });
const ok = json(200, { items: [], totalCount: 0, page: 1, pageSize: 50, totalPages: 0 });
const failure = async (call: Promise<unknown>) =>
  call.then(
    () => expect.fail('The call did not throw'),
    (error: unknown) => error as Error & Record<string, unknown>,
  );
const offboard = { body: { identityId: id, effectiveDate: '2035-01-01' } };

it('GET: retries after a closed connection, an incomplete response and 500', async () => {
  server.respondWith(drop, dropMidBody, errorResponse(500, 'server_error'), ok);
  expect((await client().listIdentities()).totalCount).toBe(0);
  expect(server.received()).toHaveLength(4);
});

it('POST: retries with the same Idempotency-Key; each call has its own key', async () => {
  server.respondWith(drop, errorResponse(503, 'unavailable'), json(201, { number: 1 }));
  await client().createOffboardEvent(offboard);
  await client().createOffboardEvent(offboard);
  const keys = server.received().map(({ headers }) => headers['idempotency-key']);
  expect([keys.length, new Set(keys.slice(0, 3)).size, new Set(keys).size]).toEqual([4, 1, 2]);
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(server.received().map(({ body }) => body))).toEqual(new Set([JSON.stringify(offboard.body)]));
});

it('409: retries a POST that is still running, and throws at once for other conflicts', async () => {
  server.respondWith(errorResponse(409, 'conflict', {}, { 'retry-after': '0' }), json(201, { number: 1 }));
  expect((await client().createOffboardEvent({ ...offboard, idempotencyKey: 'mine' })).number).toBe(1);
  expect(server.received().map(({ headers }) => headers['idempotency-key'])).toEqual(['mine', 'mine']);
  server.respondWith(errorResponse(409, 'conflict'));
  expect(await failure(client().cancelPersonnelEvent({ path: { id } }))).toMatchObject({ name: 'ConflictError', status: 409 });
  expect(server.received()).toHaveLength(1);
});

it('PATCH: retries only after 429, because another failed attempt may have been executed', async () => {
  const change = { path: { id }, body: { endDate: null } };
  for (const respond of [drop, errorResponse(500, 'server_error'), errorResponse(503, 'unavailable')]) {
    server.respondWith(respond);
    await failure(client().updatePersonnelEvent(change));
    expect(server.received()).toHaveLength(1);
  }
  server.respondWith(errorResponse(429, 'too_many_requests', {}, { 'retry-after': '0' }), json(200, { number: 1 }));
  expect((await client().updatePersonnelEvent(change)).number).toBe(1);
});

it('429: retries after Retry-After; throws an error with retryAfter if the delay is too long', async () => {
  server.respondWith(errorResponse(429, 'too_many_requests', {}, { 'retry-after': '1' }), ok);
  const startedAt = performance.now();
  await client().listIdentities();
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_000);
  server.respondWith(errorResponse(429, 'too_many_requests', {}, { 'retry-after': '3600' }));
  const error = (await failure(client().listIdentities())) as unknown as TooManyRequestsError;
  expect([error.name, error.retryAfter, server.received().length]).toEqual(['TooManyRequestsError', 3600, 1]);
});

it('throws the last error after the last retry; with 0 retries, sends once', async () => {
  server.respondWith(errorResponse(500, 'server_error'));
  const error = await failure(client({ retries: 1 }).listIdentities());
  expect([isServerError(error), error.code, server.received().length]).toEqual([true, 'server_error', 2]);
  server.respondWith(drop);
  expect(await failure(client({ retries: 0 }).listIdentities())).toMatchObject({ name: 'ConnectionError', status: undefined });
  expect(server.received()).toHaveLength(1);
});

it('throws TimeoutError if the server stalls; the timeout applies to each attempt', async () => {
  server.respondWith(stall, ok);
  expect((await client({ timeoutMs: 100 }).listIdentities()).totalCount).toBe(0);
  server.respondWith(stall);
  const error = await failure(client({ retries: 1 }).listIdentities({ timeoutMs: 50 }));
  expect([error.name, error.message, server.received().length]).toEqual(['TimeoutError', 'No response within 50 ms', 2]);
});

it("an abort ends the call, also between attempts, and throws the caller's reason", async () => {
  const reason = new Error('enough');
  server.respondWith(stall);
  const stop = new AbortController();
  const call = failure(client().listIdentities({ signal: stop.signal }));
  setTimeout(() => stop.abort(reason), 20);
  expect(await call).toBe(reason);
  server.respondWith(errorResponse(503, 'unavailable', {}, { 'retry-after': '30' }));
  const later = new AbortController();
  const waiting = failure(client().listIdentities({ signal: later.signal }));
  setTimeout(() => later.abort(reason), 50);
  expect([await waiting, server.received().length]).toEqual([reason, 1]);
  expect(await failure(client().listIdentities({ signal: AbortSignal.abort(reason) }))).toBe(reason);
});

it('throws UnexpectedResponseError for HTML and invalid JSON', async () => {
  server.respondWith(htmlPage('<h1>Welcome</h1>'));
  expect(await failure(client().listIdentities())).toMatchObject({ name: 'UnexpectedResponseError', status: 200 });
  server.respondWith(htmlPage('<h1>Bad gateway</h1>', 502));
  const error = await failure(client({ retries: 0 }).listIdentities());
  expect([error.name, error.status, error.code, error.message]).toEqual([
    'ServerError',
    502,
    undefined,
    'The server responded 502 with text/html',
  ]);
  server.respondWith((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"items": [}');
  });
  expect(await failure(client({ retries: 0 }).listIdentities())).toMatchObject({ name: 'UnexpectedResponseError' });
});

it('errors have status, code, fields and correlation id', async () => {
  const errors = [{ field: 'effectiveDate', message: 'Is required' }];
  server.respondWith(errorResponse(400, 'validation_error', { errors }));
  const error = await failure(client().createOffboardEvent(offboard));
  expect(isValidationError(error)).toBe(true);
  expect(error).toMatchObject({ status: 400, code: 'validation_error', fields: errors, correlationId: 'a1b2c3d4e5f67890abcdef1234567890' });
  expect(error.message).toContain('effectiveDate: Is required');
  for (const [status, name] of [
    [401, 'UnauthorizedError'],
    [403, 'ForbiddenError'],
    [404, 'NotFoundError'],
    [413, 'ClientError'],
    [422, 'UnprocessableError'],
  ] as const) {
    server.respondWith(errorResponse(status, 'whatever'));
    expect(await failure(client().getIdentity({ path: { id } }))).toMatchObject({ status, name });
  }
});

it('passes through enum values that this version does not know', async () => {
  server.respondWith(json(200, { id, kind: 'Identity', status: 'Hibernating', type: 'Android' }));
  expect(await client().getIdentity({ path: { id } })).toMatchObject({ status: 'Hibernating', type: 'Android' });
});

it('logs calls without secrets, queries and bodies', async () => {
  const lines: string[] = [];
  const logger = {
    debug: (line: string) => lines.push(line),
    info: (line: string) => lines.push(line),
    warn: (line: string) => lines.push(line),
    error: (line: string) => lines.push(line),
  };
  server.respondWith(errorResponse(503, 'unavailable'), ok);
  await client({ log: { level: 'debug', logger } }).listIdentities({ query: { email: 'ann@example.com' } });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^gatehouse: GET \/api\/identities 503 after \d+ ms, correlation id \w+; retrying in \d+ ms \(1 of 3\)$/);
  expect(lines.join()).not.toMatch(/pa_secret|ann@example|Bearer/);
  const quiet: string[] = [];
  await client({ log: { logger: { ...logger, debug: (line) => quiet.push(line) } } }).listIdentities();
  expect(quiet).toEqual([]);
});

it('uses the URL of the region, and sends the environment with each call', async () => {
  server.respondWith(ok);
  await createClient({ region: 'eu', regions: { eu: `${server.url()}/` }, environment: 'default/development' }).listIdentities();
  expect(server.received()[0]).toMatchObject({ url: '/api/identities', headers: { 'gatehouse-environment': 'default/development' } });
  expect(server.received()[0]?.headers.authorization).toBeUndefined();
  expect(() => createClient({ region: 'us', regions: { eu: 'x' } })).toThrow('Unknown region us; known regions: eu');
  expect(() => createClient({ region: 'eu', baseUrl: 'x' })).toThrow('Give either baseUrl or region');
});
