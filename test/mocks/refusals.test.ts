import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Mock, startMock } from '../../mocks/start.ts';
import { newUploadBody } from '../support/call-operation.ts';
import { multipartType, openSocket, streamOf } from '../support/raw-http.ts';
import type { TestServer } from '../support/server.ts';
import { bearer, callMock } from './mock-calls.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock?.stop());

const promptMs = 2000;
const headers = { ...bearer, 'Content-Type': 'application/json' };
const post = (path: string, body: unknown, more: Record<string, string> = {}) =>
  callMock(mock, path, { method: 'POST', headers: { ...headers, ...more }, body: body as BodyInit, duplex: 'half' } as RequestInit);
const refused = async (call: ReturnType<typeof callMock>) => {
  const { status, error } = await call;
  return [status, error.error, error.errors?.map(({ field }) => field)];
};

it('400: refuses every kind of malformed JSON at once', async () => {
  const startedAt = performance.now();
  for (const body of ['{"name": ', '{', 'nul', '"', '\u0000', '[1,]', '{"name": "x"'])
    expect(await refused(post('/api/applications', body))).toEqual([400, 'validation_error', ['body']]);
  expect(performance.now() - startedAt).toBeLessThan(promptMs);
});

it('400: refuses an empty body, and a JSON value that is not an object', async () => {
  for (const body of ['', '[]', 'null', '1'])
    expect(await refused(post('/api/applications', body))).toEqual([400, 'validation_error', ['body']]);
});

it('400: converts validation errors of Prism into the error format of the API, each with its field', async () => {
  expect((await post('/api/applications', '{"nme": 1}')).error.errors).toEqual([
    { field: 'name', message: 'Is required' },
    { field: 'nme', message: 'Is not a known field' },
  ]);
  expect((await post('/api/applications', '{"name": 7}')).error.errors).toEqual([{ field: 'name', message: 'Must be string' }]);
  const call = (path: string) => callMock(mock, path, { headers: bearer });
  expect(await refused(call('/api/applications/no-guid'))).toEqual([400, 'validation_error', ['id']]);
  expect(await refused(call('/api/applications?page=none'))).toEqual([400, 'validation_error', ['page']]);
  const environment = (name: string) => callMock(mock, '/api/applications', { headers: { ...bearer, 'Gatehouse-Environment': name } });
  for (const name of ['default', 'a/b/c', '/b', 'a/', 'a b/c'])
    expect(await refused(environment(name))).toEqual([400, 'validation_error', ['Gatehouse-Environment']]);
  expect((await environment('default')).error.errors?.[0]?.message).toBe('Must have the form that openapi.yaml describes');
  expect((await environment('default/production')).status).toBe(200);
  expect(await refused(call('/api/applications?surprise=1'))).toEqual([400, 'validation_error', ['surprise']]);
  const undecodable = await fetch(`${mock.url}/api/applications/%zz`, { headers: bearer });
  expect([undecodable.status, await undecodable.json()]).toMatchObject([400, { errors: [{ field: 'path' }] }]);
});

it('400: refuses a Prefer that the contract does not have, and lists the allowed values', async () => {
  for (const Prefer of ['code=409', 'code=x', 'code=toString', 'example=none', 'code=200, example=constructor', 'dynamic=yes']) {
    const { status, error } = await callMock(mock, '/api/applications', { headers: { ...bearer, Prefer } });
    expect([status, error.errors?.[0]?.field]).toEqual([400, 'Prefer']);
  }
  const { error } = await callMock(mock, '/api/applications', { headers: { ...bearer, Prefer: 'code=409' } });
  expect(error.errors?.[0]?.message).toBe(
    'listApplications has no response 409; code is one of 200, 400, 401, 403, 404, 429, 431, 500, 503',
  );
  expect((await callMock(mock, '/api/applications', { headers: { ...bearer, Prefer: 'return=minimal' } })).status).toBe(200);
});

it('413: refuses JSON over 1 MiB, with and without Content-Length', async () => {
  const body = Buffer.from(JSON.stringify('x'.repeat(1_048_576)));
  for (const bytes of [body, streamOf(body)])
    expect(await refused(post('/api/applications', bytes))).toEqual([413, 'payload_too_large', undefined]);
});

it('413: refuses JSON over 16 KiB where no token is needed', async () => {
  const send = (bytes: number) => refused(post('/api/v2/auth/refresh_token', Buffer.from(JSON.stringify('x'.repeat(bytes - 2)))));
  expect(await send(16_385)).toEqual([413, 'payload_too_large', undefined]);
  expect((await send(16_384))[0]).toBe(400);
});

it('415: refuses a body of another media type, or compressed', async () => {
  for (const extraHeaders of [{ 'Content-Type': 'text/plain' }, { 'Content-Encoding': 'gzip' }] as Record<string, string>[])
    expect(await refused(post('/api/applications', '{}', extraHeaders))).toEqual([415, 'unsupported_media_type', undefined]);
  expect(await refused(post('/api/application-imports/upload', '{}'))).toEqual([415, 'unsupported_media_type', undefined]);
});

it('201: responds to every upload with the example, also to malformed and large ones, without delay', async () => {
  const startedAt = performance.now();
  for (const body of [
    newUploadBody(1),
    newUploadBody(20 * 1024 ** 2),
    newUploadBody(1).subarray(0, -9),
    streamOf(newUploadBody(100_000)),
    '--gatehouse-test\r\n\r\n\r\n',
  ]) {
    const { status, body: created } = await post('/api/application-imports/upload', body, { 'Content-Type': multipartType });
    expect([status, created.status]).toEqual([201, 'Pending']);
  }
  expect(performance.now() - startedAt).toBeLessThan(5 * promptMs);
  const withoutBoundary = { 'Content-Type': 'multipart/form-data' };
  expect(await refused(post('/api/application-imports/upload', 'x', withoutBoundary))).toEqual([400, 'validation_error', ['body']]);
  const conflictHeaders = { 'Content-Type': multipartType, Prefer: 'code=409' };
  expect(await refused(post('/api/application-imports/upload', newUploadBody(1), conflictHeaders))).toEqual([409, 'conflict', undefined]);
});

it('404, 405: refuses unknown paths and methods, and names the allowed methods', async () => {
  for (const path of ['/', '/api/nothing', '/api/applications/', '/__mock'])
    expect((await refused(callMock(mock, path)))[1]).toBe('not_found');
  const { status, error, header } = await callMock(mock, '/api/applications', { method: 'DELETE' });
  expect([status, error.error, header('allow')]).toEqual([405, 'method_not_allowed', 'GET, POST, HEAD']);
});

it('HEAD: returns the headers of GET, without a body', async () => {
  const { status, text, header } = await callMock(mock, '/api/applications', { method: 'HEAD', headers: bearer });
  const { text: getText } = await callMock(mock, '/api/applications', { headers: bearer });
  expect([status, text, header('content-length')]).toEqual([200, '', String(Buffer.byteLength(getText))]);
});

it('204: a CORS preflight request allows every header that the mock reads', async () => {
  const response = await fetch(`${mock.url}/api/applications`, {
    method: 'OPTIONS',
    headers: { Origin: 'http://qa.example', 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'prefer' },
  });
  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  expect(response.headers.get('access-control-allow-headers')).toMatch(
    /Authorization, x-access-token.*x-key, x-hash.*Prefer.*X-Mock-Delay/,
  );
});

it('returns the declared media type for every Accept, like the server', async () => {
  const accept = (Accept: string) => callMock(mock, '/api/applications', { headers: { ...bearer, Accept, Prefer: 'code=503' } });
  expect([(await accept('text/html')).status, (await accept('image/png')).status]).toEqual([503, 503]);
});

it('400: refuses bytes that are not HTTP in the error format of the API', async () => {
  const socket = openSocket(mock as unknown as TestServer);
  socket.write('NONSENSE\r\n\r\n');
  const response = await socket.received();
  expect(response).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(JSON.parse(response.split('\r\n\r\n')[1] as string)).toMatchObject({ error: 'validation_error' });
});
