import { afterAll, beforeAll, expect, it } from 'vitest';
import { runConformance } from '../../conformance/index.ts';
import { administratorSecret, type ServerProcess, startProcess } from '../support/process.ts';
import { type Lie, startBrokenServer } from './broken-server.ts';
import { liesAboutRequests } from './lies-about-requests.ts';
import { liesInAnswers } from './lies-in-answers.ts';

const defects = [...liesInAnswers, ...liesAboutRequests];

let sandbox: ServerProcess;
beforeAll(async () => {
  sandbox = await startProcess({}, 'server/sandbox/main.ts');
});
afterAll(() => sandbox.signal('SIGTERM'));

async function runAgainst(lie: Lie, options: { operations: string[]; readOnly?: boolean; requests?: number }) {
  const server = await startBrokenServer(sandbox.url, lie);
  try {
    const report = await runConformance({ url: server.url, token: administratorSecret, seed: 7, requests: 20, ...options });
    return { report, calls: server.calls };
  } finally {
    await server.close();
  }
}

it('a server that tells no lie is found to conform, through the proxy too', async () => {
  const { report } = await runAgainst({}, { operations: [...new Set(defects.flatMap(({ operations }) => operations))] });
  expect(report.failures).toEqual([]);
});

it.each(defects)('finds $title', async ({ operations, found, before, after }) => {
  const { report } = await runAgainst({ ...(before && { before }), ...(after && { after }) }, { operations });
  expect(report.conforms).toBe(false);
  expect(report.failures.map(({ subject, check }) => ({ subject, check }))).toContainEqual(found);
  for (const { curl } of report.failures) expect(curl).not.toContain(administratorSecret);
});

it('says it with the smallest request that fails so', async () => {
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

it('waits for the end of a limit, and does not count the 429', async () => {
  const { report, calls } = await runAgainst(
    {
      before: ({ path }, memory) => {
        if (path !== '/api/settings' || memory.has('limited')) return undefined;
        memory.set('limited', 'once');
        return { status: 429, headers: { 'retry-after': '1' }, body: '' };
      },
    },
    { operations: ['getSettings'] },
  );
  expect(report.failures).toEqual([]);
  expect(report.subjects[0]?.statuses).not.toHaveProperty('429');
  expect(calls.filter(({ path }) => path === '/api/settings').length).toBeGreaterThan(1);
});

it('read-only: nothing is changed, and nothing sent that could change it', async () => {
  const { report, calls } = await runAgainst({}, { operations: ['listTokens', 'createToken', 'deleteToken'], readOnly: true });
  expect(report.failures).toEqual([]);
  expect(calls.some(({ method }) => method === 'POST')).toBe(true);
  const good = calls.filter(
    ({ method, headers, path }) =>
      !['GET', 'HEAD'].includes(method) &&
      headers.authorization === `Bearer ${administratorSecret}` &&
      !path.includes('conformanceUnknown'),
  );
  expect(
    good.filter(({ method, path }) =>
      method === 'POST' ? !path.startsWith('/api/tokens/') : method === 'DELETE' && path !== '/api/tokens',
    ),
  ).toEqual([]);
});

it('the same seed sends the same requests, another seed others', async () => {
  const sent = async (seed: number) => {
    const server = await startBrokenServer(sandbox.url, {});
    await runConformance({
      url: server.url,
      token: administratorSecret,
      seed,
      requests: 60,
      operations: ['updateSettings', 'listIdentities'],
    });
    await server.close();
    return server.calls.map(({ method, path, body }) => `${method} ${path} ${body}`).sort();
  };
  const [first, again, other] = [await sent(3), await sent(3), await sent(4)];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});
