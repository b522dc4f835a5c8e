import { afterAll, beforeAll, expect, it } from 'vitest';
import { planRequests, runConformance } from '../../conformance/index.ts';
import { administratorSecret, type ServerProcess, startProcess } from '../support/process.ts';
import { type ForwardedRequest, startDefectiveServer } from './defective-server.ts';

let sandbox: ServerProcess;
beforeAll(async () => {
  sandbox = await startProcess({}, 'server/sandbox/main.ts');
});
afterAll(() => sandbox.signal('SIGTERM'));

const get = async (path: string) => {
  const response = await fetch(sandbox.url + path, { headers: { Authorization: `Bearer ${administratorSecret}` } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const run = (url: string, operations: string[], requests = 100) =>
  runConformance({ url, token: administratorSecret, seed: 11, requests, operations });

it('sends only dry runs to an operation that has a dry run, for any seed', async () => {
  for (const seed of [1, 2, 3]) {
    const cases = await planRequests({ seed, requests: 2000, operations: ['revokeAllTokens'] });
    const bodies = cases.flatMap(({ request }) => (request.body?.includes('isDryRun') ? [JSON.parse(request.body)] : []));
    expect(bodies.length).toBeGreaterThan(200);
    expect(bodies.filter(({ isDryRun, ...rest }) => isDryRun !== true && (isDryRun === false || Object.keys(rest).length > 0))).toEqual([]);
  }
});

it('does not change or delete the token that it uses', async () => {
  const before = await get('/api/tokens/current');
  const tokenOperations = ['revokeAllTokens', 'rotateToken', 'revealToken', 'updateToken', 'deleteToken', 'createToken', 'listTokens'];
  await run(sandbox.url, tokenOperations, 400);
  const { lastUsedDate: _, ...after } = (await get('/api/tokens/current')).body;
  expect(before.body).toMatchObject(after);
});

it('creates a new organization in each run, because no operation deletes one', async () => {
  const keys: string[] = [];
  const server = await startDefectiveServer(sandbox.url, {
    after: ({ status }, { method, body }) => {
      if (method === 'POST' && status === 201 && body.includes('"valkyrie-')) keys.push(JSON.parse(body).key);
    },
  });
  for (let runs = 0; runs < 2; runs++) expect((await run(server.url, ['createOrganization'], 0)).failures).toEqual([]);
  await server.close();
  expect([keys.length, new Set(keys).size]).toEqual([2, 2]);
});

/** The reply to an address with too many failed authentications. */
const limitedReply = {
  status: 429,
  headers: {
    'content-type': 'application/json',
    'retry-after': '60',
    ratelimit: '"default";r=0;t=60',
    'ratelimit-policy': '"default";q=60;w=60',
    'x-correlation-id': 'a'.repeat(32),
    'access-control-allow-origin': '*',
  },
  body: JSON.stringify({ error: 'too_many_requests', message: 'Try again in 60 seconds', correlationId: 'a'.repeat(32) }),
};
const failsAuthentication = ({ method, path, headers }: ForwardedRequest) =>
  (method === 'POST' && path.startsWith('/api/v2/auth/')) ||
  (headers.authorization !== `Bearer ${administratorSecret}` && headers['x-access-token'] !== administratorSecret);

it('accepts 429 for failed authentications, and does not wait for the end of that limit', async () => {
  const server = await startDefectiveServer(sandbox.url, {
    before: (request) => (failsAuthentication(request) ? structuredClone(limitedReply) : undefined),
  });
  const startedAt = performance.now();
  const report = await run(server.url, ['createAccessToken', 'refreshAccessToken', 'listTokens'], 50);
  await server.close();
  expect(report.failures).toEqual([]);
  expect(report.subjects.find(({ subject }) => subject === 'createAccessToken')?.statuses).toEqual({ 429: expect.any(Number) });
  expect(performance.now() - startedAt).toBeLessThan(30_000);
});

it('reports a 429 whose Retry-After is not a number', async () => {
  const { 'retry-after': _, ...headers } = limitedReply.headers;
  const malformedReply = { ...limitedReply, headers: { ...headers, 'retry-after': 'soon' } };
  const server = await startDefectiveServer(sandbox.url, {
    before: (request) => (failsAuthentication(request) ? structuredClone(malformedReply) : undefined),
  });
  const report = await run(server.url, ['listTokens'], 0);
  await server.close();
  expect(report.failures.map(({ check }) => check)).toContain('valid header');
});

it('finds a server that accepts any token in x-access-token, and one that ignores this header', async () => {
  const acceptingServer = await startDefectiveServer(sandbox.url, {
    before: ({ headers }) => {
      if (headers['x-access-token']) Object.assign(headers, { 'x-access-token': administratorSecret });
    },
  });
  const { failures } = await run(acceptingServer.url, ['listTokens'], 0);
  await acceptingServer.close();
  expect(failures.map(({ subject, check, title }) => [subject, check, title])).toEqual([
    ['listTokens', 'refusal', 'a wrong token in x-access-token'],
  ]);
  const ignoringServer = await startDefectiveServer(sandbox.url, { before: ({ headers }) => void delete headers['x-access-token'] });
  const report = await run(ignoringServer.url, ['listTokens'], 0);
  await ignoringServer.close();
  expect(report.failures.map(({ check, title }) => [check, title])).toEqual([['expected status', 'the token in x-access-token']]);
});
