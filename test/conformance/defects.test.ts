import { afterAll, beforeAll, expect, it } from 'vitest';
import { runConformance } from '../../conformance/index.ts';
import { administratorSecret, type ServerProcess, startProcess } from '../support/process.ts';
import { type Defect, startDefectiveServer } from './defective-server.ts';
import { requestDefects } from './request-defects.ts';
import { responseDefects } from './response-defects.ts';

const defects = [...responseDefects, ...requestDefects];

let sandbox: ServerProcess;
beforeAll(async () => {
  sandbox = await startProcess({}, 'server/sandbox/main.ts');
});
afterAll(() => sandbox.signal('SIGTERM'));

async function runAgainst(defect: Defect, options: { operations: string[]; readOnly?: boolean; requests?: number }) {
  const server = await startDefectiveServer(sandbox.url, defect);
  try {
    const report = await runConformance({ url: server.url, token: administratorSecret, seed: 7, requests: 20, ...options });
    return { report, requests: server.requests };
  } finally {
    await server.close();
  }
}

it('reports no failure for the proxy without a defect', async () => {
  const { report } = await runAgainst({}, { operations: [...new Set(defects.flatMap(({ operations }) => operations))] });
  expect(report.failures).toEqual([]);
});

it.each(defects)('finds $title', async ({ operations, expected, before, after }) => {
  const { report } = await runAgainst({ ...(before && { before }), ...(after && { after }) }, { operations });
  expect(report.conforms).toBe(false);
  expect(report.failures.map(({ subject, check }) => ({ subject, check }))).toContainEqual(expected);
  for (const { curl } of report.failures) expect(curl).not.toContain(administratorSecret);
});

it('reports the smallest request that fails in the same way', async () => {
  const { report } = await runAgainst(
    {
      after: (reply, { method, body }) => {
        if (method === 'POST' && reply.status === 201 && body.includes('"accessLevel":"Read"')) Object.assign(reply, { status: 202 });
      },
    },
    { operations: ['createToken'], requests: 200 },
  );
  const failure = report.failures.find(({ kind, check }) => kind === 'generated' && check === 'declared status');
  expect(failure?.curl).toMatch(/--data-binary '\{("name":".","accessLevel":"Read"|"accessLevel":"Read","name":".")\}'$/u);
});

it('waits for the end of a rate limit, and does not report the 429', async () => {
  const { report, requests } = await runAgainst(
    {
      before: ({ path }, state) => {
        if (path !== '/api/settings' || state.has('limited')) return undefined;
        state.set('limited', 'once');
        return { status: 429, headers: { 'retry-after': '1' }, body: '' };
      },
    },
    { operations: ['getSettings'] },
  );
  expect(report.failures).toEqual([]);
  expect(report.subjects[0]?.statuses).not.toHaveProperty('429');
  expect(requests.filter(({ path }) => path === '/api/settings').length).toBeGreaterThan(1);
});

it('--read-only: sends no request that could change data', async () => {
  const { report, requests } = await runAgainst({}, { operations: ['listTokens', 'createToken', 'deleteToken'], readOnly: true });
  expect(report.failures).toEqual([]);
  expect(requests.some(({ method }) => method === 'POST')).toBe(true);
  const changing = requests.filter(
    ({ method, headers, path }) =>
      !['GET', 'HEAD'].includes(method) &&
      headers.authorization === `Bearer ${administratorSecret}` &&
      !path.includes('conformanceUnknown'),
  );
  expect(
    changing.filter(({ method, path }) =>
      method === 'POST' ? !path.startsWith('/api/tokens/') : method === 'DELETE' && path !== '/api/tokens',
    ),
  ).toEqual([]);
});

it('sends the same requests for the same seed, and other requests for another seed', async () => {
  const sent = async (seed: number) => {
    const server = await startDefectiveServer(sandbox.url, {});
    await runConformance({
      url: server.url,
      token: administratorSecret,
      seed,
      requests: 60,
      operations: ['updateSettings', 'listIdentities'],
    });
    await server.close();
    return server.requests.map(({ method, path, body }) => `${method} ${path} ${body}`).sort();
  };
  const [first, repeated, otherSeed] = [await sent(3), await sent(3), await sent(4)];
  expect(repeated).toEqual(first);
  expect(otherSeed).not.toEqual(first);
});
