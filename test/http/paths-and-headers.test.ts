import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { cancelApplicationImport, getApplicationImport, listApplicationImports, stageApplicationImport } from '../../generated/sdk.gen.ts';
import type { Error as ErrorBody } from '../../generated/types.gen.ts';
import { contractFetch, operations } from '../support/contract.ts';
import { givenApplication, givenImport, givenTenant } from '../support/given.ts';
import { logLinesOf } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

it.each([
  '/',
  '/api',
  '/api/nothing',
  '//api/applications',
  '/api//applications',
  '/api/applications/',
  '/api/applications//records',
  '/healthz/',
  '/API/applications',
  '/api%2Fapplications',
  '/api/application%73',
  '/%zz',
  '/constructor',
  '/__proto__/toString',
])('404: %s is not a path, with and without a token', async (path) => {
  const { administrator } = await givenTenant(server);
  for (const headers of [{}, { Authorization: `Bearer ${administrator.secret}` }]) {
    const response = await contractFetch(server.url + path, { headers: headers as Record<string, string> });
    const body = (await response.json()) as ErrorBody;
    expect([response.status, body.error, body.message]).toEqual([
      404,
      'not_found',
      'This path does not exist; /openapi.yaml lists all paths',
    ]);
  }
});

const paths = [...new Set(operations.map(({ path }) => path))];
it.each(paths)('405: %s refuses other methods and names its own in Allow', async (path) => {
  const methods = operations.filter((operation) => operation.path === path).map(({ method }) => method.toUpperCase());
  const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  const url = server.url + path.replace(/\{\w+\}/g, () => randomUUID());
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE']) {
    if (allowed.includes(method)) continue;
    // The contract has no such operation, so the response cannot be checked against it.
    const response = await fetch(url, { method });
    expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, allowed.join(', ')]);
    if (method !== 'HEAD')
      expect(await response.json()).toEqual({
        error: 'method_not_allowed',
        message: `This path does not support ${method}; it supports ${allowed.join(', ')}`,
        correlationId: response.headers.get('x-correlation-id'),
      });
  }
});

it('HEAD returns the status and headers of GET, without a body', async () => {
  const tenant = await givenTenant(server);
  await givenImport(server, await givenApplication(server, tenant));
  const send = async (method: string, path: string) => {
    const response = await contractFetch(server.url + path, { method, headers: { Authorization: `Bearer ${tenant.reader.secret}` } });
    const headers = ['content-type', 'content-length', 'access-control-allow-origin', 'ratelimit-policy', 'allow'];
    return { status: response.status, headers: headers.map((name) => response.headers.get(name)), text: await response.text() };
  };
  const paths = [
    '/api/application-imports',
    '/api/application-imports?x=1',
    `/api/application-imports/${randomUUID()}`,
    '/healthz',
    '/openapi.yaml',
    '/x',
  ];
  for (const path of paths) {
    const { text, ...get } = await send('GET', path);
    expect(text).not.toBe('');
    expect(await send('HEAD', path)).toEqual({ ...get, text: '' });
  }
});

it('204: a CORS preflight request succeeds from any origin, on any path, without a token', async () => {
  for (const path of ['/api/applications', '/api/tokens/current', '/nothing']) {
    const headers = { Origin: 'https://example.com', 'Access-Control-Request-Method': 'PATCH' };
    const response = await fetch(server.url + path, { method: 'OPTIONS', headers });
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': 'Authorization, x-access-token, x-key, x-hash, Content-Type, Idempotency-Key, Gatehouse-Environment',
    });
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  }
});

it('every response allows browsers to read it and its headers, and forbids sniffing and caching', async () => {
  for (const path of ['/healthz', '/nothing', '/api/applications']) {
    const { headers } = await contractFetch(server.url + path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers':
        'X-Correlation-Id, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, Content-Disposition, Idempotency-Replayed, ETag',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  }
});

it('a response announces that its connection stays open for 75 seconds, which is longer than the timeout of many proxies', async () => {
  const { headers } = await contractFetch(`${server.url}/healthz`);
  expect(headers.get('keep-alive')).toBe('timeout=75');
});

it.each(['%E0%A4%A', '%', '%ff', '%c3%28'])('400: %s in a path is not percent-encoded UTF-8', async (segment) => {
  const response = await fetch(`${server.url}/api/applications/${segment}`);
  expect(await response.json()).toEqual({
    error: 'validation_error',
    message: 'One or more validation errors occurred',
    correlationId: response.headers.get('x-correlation-id'),
    errors: [{ field: 'path', message: 'Is not percent-encoded UTF-8; write a literal % as %25' }],
  });
  expect(response.status).toBe(400);
});

it('400: refuses a repeated query parameter, known or unknown', async () => {
  const { reader } = await givenTenant(server);
  const refusal = async (query: string) => {
    const response = await contractFetch(`${server.url}/api/application-imports?${query}`, {
      headers: { Authorization: `Bearer ${reader.secret}` },
    });
    return [response.status, ((await response.json()) as ErrorBody).errors];
  };
  expect(await refusal('page=1&page=1')).toEqual([400, [{ field: 'page', message: 'Must be a whole number' }]]);
  const id = randomUUID();
  expect(await refusal(`applicationId=${id}&applicationId=${id}`)).toEqual([400, [{ field: 'applicationId', message: 'Must be text' }]]);
  expect(await refusal('x=1&x=2')).toEqual([400, [{ field: 'x', message: 'Is not a known query parameter' }]]);
  expect(await refusal('=1')).toEqual([400, [{ field: '', message: 'Is not a known query parameter' }]]);
});

const prototypeNames = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'];
it.each(prototypeNames)('400: refuses %s as an unknown name in a query and in a body', async (name) => {
  const { writer } = await givenTenant(server);
  const { error } = await listApplicationImports({ client: writer.client, query: JSON.parse(`{"${name}": "1"}`) });
  expect(error?.errors).toEqual([{ field: name, message: 'Is not a known query parameter' }]);
  const response = await contractFetch(`${server.url}/api/application-imports/cancel`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${writer.secret}`, 'Content-Type': 'application/json' },
    body: `{"applicationImportId": "${randomUUID()}", "${name}": {"isAdmin": true}}`,
  });
  expect(((await response.json()) as ErrorBody).errors).toEqual([{ field: name, message: 'Is not a known field' }]);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});

it('body, header and log of a call have the same new correlation id; the log names the operation and the token, but no secret', async () => {
  const tenant = await givenTenant(server);
  const client = tenant.writer.client;
  const headers = { 'X-Correlation-Id': 'a'.repeat(32) };
  const results = [
    await getApplicationImport({ client, headers, path: { id: randomUUID() } }),
    await stageApplicationImport({ client, headers, body: { applicationId: randomUUID() } }),
    await cancelApplicationImport({ client, headers, body: { applicationImportId: randomUUID() } }),
    await listApplicationImports({ client: server.client(), headers }),
  ];
  const ids = results.map(({ response }) => response?.headers.get('x-correlation-id') as string);
  expect(new Set([...ids, headers['X-Correlation-Id']]).size).toBe(5);
  expect(results.map(({ error }) => error?.correlationId)).toEqual(ids);
  const operationIds = ['getApplicationImport', 'stageApplicationImport', 'cancelApplicationImport', 'listApplicationImports'];
  await expect
    .poll(() => ids.map((id) => logLinesOf(server, id).map(({ operationId }) => operationId)), { timeout: 20_000 })
    .toEqual(operationIds.map((id) => [id]));
  const lines = ids.flatMap((id) => logLinesOf(server, id));
  expect(lines.map(({ status }) => status)).toEqual([404, 400, 404, 401]);
  expect(lines.map(({ tokenId }) => tokenId)).toEqual([...Array(3).fill(tenant.writer.row.id), undefined]);
  expect(server.logged()).not.toContain(tenant.writer.secret);
});
