import { expect, it } from 'vitest';
import { type ClientOptions, createClient, isServerError, isValidationError, type TooManyRequestsError } from '../../client/index.ts';
import { drop, dropMidBody, json, page, refusal, stall, useFlawedServer } from './flawed-server.ts';

const server = useFlawedServer();
const id = '00000000-0000-4000-8000-000000000000';
const client = (options: ClientOptions = {}) =>
  createClient({ baseUrl: server.url(), token: 'pa_secret', log: { level: 'silent' }, ...options });
const ok = json(200, { items: [], totalCount: 0, page: 1, pageSize: 50, totalPages: 0 });
const failure = async (call: Promise<unknown>) =>
  call.then(
    () => expect.fail('it did not throw'),
    (error: unknown) => error as Error & Record<string, unknown>,
  );
const offboard = { body: { identityId: id, effectiveDate: '2035-01-01' } };

it('a dropped connection, one in the middle of an answer and 500 are tried again for a GET, and then it is the answer', async () => {
  server.answerWith(drop, dropMidBody, refusal(500, 'server_error'), ok);
  expect((await client().listIdentities()).totalCount).toBe(0);
  expect(server.received()).toHaveLength(4);
});

it('a POST is tried again under the same Idempotency-Key, which two calls do not share', async () => {
  server.answerWith(drop, refusal(503, 'unavailable'), json(201, { number: 1 }));
  await client().createOffboardEvent(offboard);
  await client().createOffboardEvent(offboard);
  const keys = server.received().map(({ headers }) => headers['idempotency-key']);
  expect([keys.length, new Set(keys.slice(0, 3)).size, new Set(keys).size]).toEqual([4, 1, 2]);
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(server.received().map(({ body }) => body))).toEqual(new Set([JSON.stringify(offboard.body)]));
});

it('a POST that is still being done is waited for; another 409 is an error at once', async () => {
  server.answerWith(refusal(409, 'conflict', {}, { 'retry-after': '0' }), json(201, { number: 1 }));
  expect((await client().createOffboardEvent({ ...offboard, idempotencyKey: 'mine' })).number).toBe(1);
  expect(server.received().map(({ headers }) => headers['idempotency-key'])).toEqual(['mine', 'mine']);
  server.answerWith(refusal(409, 'conflict'));
  expect(await failure(client().cancelPersonnelEvent({ path: { id } }))).toMatchObject({ name: 'ConflictError', status: 409 });
  expect(server.received()).toHaveLength(1);
});

it('a PATCH that may have been done is not sent again; one that was refused for being too many is', async () => {
  const change = { path: { id }, body: { endDate: null } };
  for (const answer of [drop, refusal(500, 'server_error'), refusal(503, 'unavailable')]) {
    server.answerWith(answer);
    await failure(client().updatePersonnelEvent(change));
    expect(server.received()).toHaveLength(1);
  }
  server.answerWith(refusal(429, 'too_many_requests', {}, { 'retry-after': '0' }), json(200, { number: 1 }));
  expect((await client().updatePersonnelEvent(change)).number).toBe(1);
});

it('429 is tried again after what Retry-After asks, not before; asked for too long, it is an error that says how long', async () => {
  server.answerWith(refusal(429, 'too_many_requests', {}, { 'retry-after': '1' }), ok);
  const begun = performance.now();
  await client().listIdentities();
  expect(performance.now() - begun).toBeGreaterThanOrEqual(1_000);
  server.answerWith(refusal(429, 'too_many_requests', {}, { 'retry-after': '3600' }));
  const error = (await failure(client().listIdentities())) as unknown as TooManyRequestsError;
  expect([error.name, error.retryAfter, server.received().length]).toEqual(['TooManyRequestsError', 3600, 1]);
});

it('retries end: the last error is thrown, and 0 tries once', async () => {
  server.answerWith(refusal(500, 'server_error'));
  const error = await failure(client({ retries: 1 }).listIdentities());
  expect([isServerError(error), error.code, server.received().length]).toEqual([true, 'server_error', 2]);
  server.answerWith(drop);
  expect(await failure(client({ retries: 0 }).listIdentities())).toMatchObject({ name: 'ConnectionError', status: undefined });
  expect(server.received()).toHaveLength(1);
});

it('a stalled server is a TimeoutError after the time of one attempt, each time anew', async () => {
  server.answerWith(stall, ok);
  expect((await client({ timeoutMs: 100 }).listIdentities()).totalCount).toBe(0);
  server.answerWith(stall);
  const error = await failure(client({ retries: 1 }).listIdentities({ timeoutMs: 50 }));
  expect([error.name, error.message, server.received().length]).toEqual(['TimeoutError', 'No answer within 50 ms', 2]);
});

it("an abort ends the call, also between attempts, with the caller's own reason", async () => {
  const reason = new Error('enough');
  server.answerWith(stall);
  const stop = new AbortController();
  const call = failure(client().listIdentities({ signal: stop.signal }));
  setTimeout(() => stop.abort(reason), 20);
  expect(await call).toBe(reason);
  server.answerWith(refusal(503, 'unavailable', {}, { 'retry-after': '30' }));
  const later = new AbortController();
  const waiting = failure(client().listIdentities({ signal: later.signal }));
  setTimeout(() => later.abort(reason), 50);
  expect([await waiting, server.received().length]).toEqual([reason, 1]);
  expect(await failure(client().listIdentities({ signal: AbortSignal.abort(reason) }))).toBe(reason);
});

it('pages of HTML and broken JSON are no answers, whatever their status', async () => {
  server.answerWith(page('<h1>Welcome</h1>'));
  expect(await failure(client().listIdentities())).toMatchObject({ name: 'UnexpectedAnswerError', status: 200 });
  server.answerWith(page('<h1>Bad gateway</h1>', 502));
  const error = await failure(client({ retries: 0 }).listIdentities());
  expect([error.name, error.status, error.code, error.message]).toEqual([
    'ServerError',
    502,
    undefined,
    'The server answered 502 with text/html',
  ]);
  server.answerWith((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"items": [}');
  });
  expect(await failure(client({ retries: 0 }).listIdentities())).toMatchObject({ name: 'UnexpectedAnswerError' });
});

it('errors tell status, code, fields and correlation id', async () => {
  const errors = [{ field: 'effectiveDate', message: 'Is required' }];
  server.answerWith(refusal(400, 'validation_error', { errors }));
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
    server.answerWith(refusal(status, 'whatever'));
    expect(await failure(client().getIdentity({ path: { id } }))).toMatchObject({ status, name });
  }
});

it('values that this version does not know come through', async () => {
  server.answerWith(json(200, { id, kind: 'Identity', status: 'Hibernating', type: 'Android' }));
  expect(await client().getIdentity({ path: { id } })).toMatchObject({ status: 'Hibernating', type: 'Android' });
});

it('logs tell what was called and never a secret, a query or a body', async () => {
  const lines: string[] = [];
  const logger = {
    debug: (line: string) => lines.push(line),
    info: (line: string) => lines.push(line),
    warn: (line: string) => lines.push(line),
    error: (line: string) => lines.push(line),
  };
  server.answerWith(refusal(503, 'unavailable'), ok);
  await client({ log: { level: 'debug', logger } }).listIdentities({ query: { email: 'ann@example.com' } });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^gatehouse: GET \/api\/identities 503 after \d+ ms, correlation id \w+; trying again in \d+ ms \(1 of 3\)$/);
  expect(lines.join()).not.toMatch(/pa_secret|ann@example|Bearer/);
  const quiet: string[] = [];
  await client({ log: { logger: { ...logger, debug: (line) => quiet.push(line) } } }).listIdentities();
  expect(quiet).toEqual([]);
});

it('regions name servers, and an environment is sent with each call', async () => {
  server.answerWith(ok);
  await createClient({ region: 'eu', regions: { eu: `${server.url()}/` }, environment: 'default/development' }).listIdentities();
  expect(server.received()[0]).toMatchObject({ url: '/api/identities', headers: { 'gatehouse-environment': 'default/development' } });
  expect(server.received()[0]?.headers.authorization).toBeUndefined();
  expect(() => createClient({ region: 'us', regions: { eu: 'x' } })).toThrow('There is no region us; regions has eu');
  expect(() => createClient({ region: 'eu', baseUrl: 'x' })).toThrow('Give either baseUrl or region');
});
