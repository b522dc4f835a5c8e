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

const atOnceMs = 2000;
const headers = { ...bearer, 'Content-Type': 'application/json' };
const post = (path: string, body: unknown, more: Record<string, string> = {}) =>
  callMock(mock, path, { method: 'POST', headers: { ...headers, ...more }, body: body as BodyInit, duplex: 'half' } as RequestInit);
const refused = async (call: ReturnType<typeof callMock>) => {
  const { status, error } = await call;
  return [status, error.error, error.errors?.map(({ field }) => field)];
};

it('400: malformed JSON is answered at once, whatever is wrong with it', async () => {
  const begun = performance.now();
  for (const body of ['{"name": ', '{', 'nul', '"', '\u0000', '[1,]', '{"name": "x"'])
    expect(await refused(post('/api/applications', body))).toEqual([400, 'validation_error', ['body']]);
  expect(performance.now() - begun).toBeLessThan(atOnceMs);
});

it('400: an empty body, and one of another kind, where an object must be', async () => {
  for (const body of ['', '[]', 'null', '1'])
    expect(await refused(post('/api/applications', body))).toEqual([400, 'validation_error', ['body']]);
});

it("400: Prism's complaints come in the one error format, each with its field", async () => {
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

it('400: a wish that the contract does not know, saying which it knows', async () => {
  for (const Prefer of ['code=409', 'code=x', 'code=toString', 'example=none', 'code=200, example=constructor', 'dynamic=yes']) {
    const { status, error } = await callMock(mock, '/api/applications', { headers: { ...bearer, Prefer } });
    expect([status, error.errors?.[0]?.field]).toEqual([400, 'Prefer']);
  }
  const { error } = await callMock(mock, '/api/applications', { headers: { ...bearer, Prefer: 'code=409' } });
  expect(error.errors?.[0]?.message).toBe('listApplications has no response 409; code is one of 200, 400, 401, 403, 404, 429, 500, 503');
  expect((await callMock(mock, '/api/applications', { headers: { ...bearer, Prefer: 'return=minimal' } })).status).toBe(200);
});

it('413: JSON over 1 MiB, announced or not', async () => {
  const body = Buffer.from(JSON.stringify('x'.repeat(1_048_576)));
  for (const bytes of [body, streamOf(body)])
    expect(await refused(post('/api/applications', bytes))).toEqual([413, 'payload_too_large', undefined]);
});

it('415: a body of another media type, or compressed', async () => {
  for (const more of [{ 'Content-Type': 'text/plain' }, { 'Content-Encoding': 'gzip' }] as Record<string, string>[])
    expect(await refused(post('/api/applications', '{}', more))).toEqual([415, 'unsupported_media_type', undefined]);
  expect(await refused(post('/api/application-imports/upload', '{}'))).toEqual([415, 'unsupported_media_type', undefined]);
});

it('201: uploads are answered with the example at once, broken and big ones too', async () => {
  const begun = performance.now();
  for (const body of [
    newUploadBody(1),
    newUploadBody(20 * 1024 ** 2),
    newUploadBody(1).subarray(0, -9),
    streamOf(newUploadBody(100_000)),
    '--gatehouse-test\r\n\r\n\r\n',
  ]) {
    const { status, body: shown } = await post('/api/application-imports/upload', body, { 'Content-Type': multipartType });
    expect([status, shown.status]).toEqual([201, 'Pending']);
  }
  expect(performance.now() - begun).toBeLessThan(5 * atOnceMs);
  const without = { 'Content-Type': 'multipart/form-data' };
  expect(await refused(post('/api/application-imports/upload', 'x', without))).toEqual([400, 'validation_error', ['body']]);
  const wish = { 'Content-Type': multipartType, Prefer: 'code=409' };
  expect(await refused(post('/api/application-imports/upload', newUploadBody(1), wish))).toEqual([409, 'conflict', undefined]);
});

it('404, 405: unknown paths and methods, the latter with those there are', async () => {
  for (const path of ['/', '/api/nothing', '/api/applications/', '/__mock'])
    expect((await refused(callMock(mock, path)))[1]).toBe('not_found');
  const { status, error, header } = await callMock(mock, '/api/applications', { method: 'DELETE' });
  expect([status, error.error, header('allow')]).toEqual([405, 'method_not_allowed', 'GET, POST, HEAD']);
});

it('HEAD: the headers of GET, and no body', async () => {
  const { status, text, header } = await callMock(mock, '/api/applications', { method: 'HEAD', headers: bearer });
  const { text: whole } = await callMock(mock, '/api/applications', { headers: bearer });
  expect([status, text, header('content-length')]).toEqual([200, '', String(Buffer.byteLength(whole))]);
});

it('204: a browser may ask first, and then send what the mock reads', async () => {
  const answer = await fetch(`${mock.url}/api/applications`, {
    method: 'OPTIONS',
    headers: { Origin: 'http://qa.example', 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'prefer' },
  });
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  expect(answer.headers.get('access-control-allow-headers')).toMatch(/Authorization, x-access-token.*x-key, x-hash.*Prefer.*X-Mock-Delay/);
});

it('any Accept: gets what the contract declares, as from the server', async () => {
  const accept = (Accept: string) => callMock(mock, '/api/applications', { headers: { ...bearer, Accept, Prefer: 'code=503' } });
  expect([(await accept('text/html')).status, (await accept('image/png')).status]).toEqual([503, 503]);
});

it('400: what is no HTTP request gets the one error format too', async () => {
  const socket = openSocket(mock as unknown as TestServer);
  socket.write('NONSENSE\r\n\r\n');
  const answer = await socket.received();
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(JSON.parse(answer.split('\r\n\r\n')[1] as string)).toMatchObject({ error: 'validation_error' });
});
