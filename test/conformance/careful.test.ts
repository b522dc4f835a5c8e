import { afterAll, beforeAll, expect, it } from 'vitest';
import { planRequests, runConformance } from '../../conformance/index.ts';
import { administratorSecret, type ServerProcess, startProcess } from '../support/process.ts';
import { type Call, startBrokenServer } from './broken-server.ts';

let sandbox: ServerProcess;
beforeAll(async () => {
  sandbox = await startProcess({}, 'server/sandbox/main.ts');
});
afterAll(() => sandbox.signal('SIGTERM'));

const get = async (path: string) => {
  const answer = await fetch(sandbox.url + path, { headers: { Authorization: `Bearer ${administratorSecret}` } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const run = (url: string, operations: string[], requests = 100) =>
  runConformance({ url, token: administratorSecret, seed: 11, requests, operations });

it('what can be rehearsed is only rehearsed, in every request of any seed', async () => {
  for (const seed of [1, 2, 3]) {
    const cases = await planRequests({ seed, requests: 2000, operations: ['revokeAllTokens'] });
    const bodies = cases.flatMap(({ request }) => (request.body?.includes('isDryRun') ? [JSON.parse(request.body)] : []));
    expect(bodies.length).toBeGreaterThan(200);
    expect(bodies.filter(({ isDryRun, ...rest }) => isDryRun !== true && (isDryRun === false || Object.keys(rest).length > 0))).toEqual([]);
  }
});

it('the token that it runs with is there afterwards, as it was', async () => {
  const before = await get('/api/tokens/current');
  const others = ['revokeAllTokens', 'rotateToken', 'revealToken', 'updateToken', 'deleteToken', 'createToken', 'listTokens'];
  await run(sandbox.url, others, 400);
  const { lastUsedDate: _, ...after } = (await get('/api/tokens/current')).body;
  expect(before.body).toMatchObject(after);
});

it('an organization is created anew by each run', async () => {
  const keys: string[] = [];
  const server = await startBrokenServer(sandbox.url, {
    after: ({ status }, { method, body }) => {
      if (method === 'POST' && status === 201 && body.includes('"valkyrie-')) keys.push(JSON.parse(body).key);
    },
  });
  for (let runs = 0; runs < 2; runs++) expect((await run(server.url, ['createOrganization'], 0)).failures).toEqual([]);
  await server.close();
  expect([keys.length, new Set(keys).size]).toEqual([2, 2]);
});

/** What a server says that has seen enough of an address. */
const limited = {
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
const isFailing = ({ method, path, headers }: Call) =>
  (method === 'POST' && path.startsWith('/api/v2/auth/')) ||
  (headers.authorization !== `Bearer ${administratorSecret}` && headers['x-access-token'] !== administratorSecret);

it('429: an address that has failed too often is answered so, which is neither a fault nor waited for', async () => {
  const server = await startBrokenServer(sandbox.url, { before: (call) => (isFailing(call) ? structuredClone(limited) : undefined) });
  const begun = performance.now();
  const report = await run(server.url, ['createAccessToken', 'refreshAccessToken', 'listTokens'], 50);
  await server.close();
  expect(report.failures).toEqual([]);
  expect(report.subjects.find(({ subject }) => subject === 'createAccessToken')?.statuses).toEqual({ 429: expect.any(Number) });
  expect(performance.now() - begun).toBeLessThan(30_000);
});

it('429: an answer that does not say how long to wait is a fault', async () => {
  const { 'retry-after': _, ...headers } = limited.headers;
  const silent = { ...limited, headers: { ...headers, 'retry-after': 'soon' } };
  const server = await startBrokenServer(sandbox.url, { before: (call) => (isFailing(call) ? structuredClone(silent) : undefined) });
  const report = await run(server.url, ['listTokens'], 0);
  await server.close();
  expect(report.failures.map(({ check }) => check)).toContain('valid header');
});

it('finds a server that takes any token in the other header, and one that takes none there', async () => {
  const anybody = await startBrokenServer(sandbox.url, {
    before: ({ headers }) => {
      if (headers['x-access-token']) Object.assign(headers, { 'x-access-token': administratorSecret });
    },
  });
  const { failures } = await run(anybody.url, ['listTokens'], 0);
  await anybody.close();
  expect(failures.map(({ subject, check, title }) => [subject, check, title])).toEqual([
    ['listTokens', 'refusal', 'a wrong token in x-access-token'],
  ]);
  const nobody = await startBrokenServer(sandbox.url, { before: ({ headers }) => void delete headers['x-access-token'] });
  const found = await run(nobody.url, ['listTokens'], 0);
  await nobody.close();
  expect(found.failures.map(({ check, title }) => [check, title])).toEqual([['expected status', 'the token in x-access-token']]);
});
