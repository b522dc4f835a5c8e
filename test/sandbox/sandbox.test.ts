import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractFetch, operations } from '../support/contract.ts';
import { administratorSecret, type ServerProcess, startProcess } from '../support/process.ts';

type Example = Record<string, unknown>;
type Response = { content?: Record<string, { examples?: Record<string, { value: Example }> }> };

let sandbox: ServerProcess;
beforeAll(async () => {
  sandbox = await startProcess({}, 'server/sandbox/main.ts');
});
afterAll(async () => {
  sandbox?.signal('SIGTERM');
  await sandbox?.ended;
});

/** What the contract's examples say of one thing, under the path to it. */
const things = operations.flatMap(({ method, path, operationId, responses }) => {
  const examples = Object.values((responses?.['200'] as Response | undefined)?.content?.['application/json']?.examples ?? {});
  const [, last] = /\{(\w+)\}$/.exec(path) ?? [];
  if (method !== 'get' || last === undefined) return [];
  return examples.map(({ value }) => ({
    operationId: operationId as string,
    value,
    url: path
      .replace(/\{\w+\}$/, String(last.endsWith('Key') ? value.key : value.id))
      .replace('{projectKey}', 'default')
      .replace('{environmentKey}', 'production'),
  }));
});

const get = async (path: string) => {
  const answer = await contractFetch(sandbox.url + path, { headers: { Authorization: `Bearer ${administratorSecret}` } });
  return { status: answer.status, body: (await answer.json()) as Example };
};

/** Members that are the sandbox's own: when it was started, what it has built, and ids of things that nobody names. */
const own: Record<string, string[]> = {
  getApplication: ['importSchedule', 'lastImport'],
  getApplicationImport: ['buildEnd', 'files', 'log', 'metrics', 'buildStart', 'application'],
  getAccessRequest: ['activity'],
  getToken: ['lastUsedDate'],
};

describe.each(things)('$operationId $url', ({ operationId, url, value }) => {
  it("200: the contract's example is there, as the contract shows it", async () => {
    const { status, body } = await get(url);
    const but = (thing: Example) => Object.fromEntries(Object.entries(thing).filter(([name]) => !own[operationId]?.includes(name)));
    expect([status, but(body)]).toEqual([200, but(value)]);
  });
});

it('200: lists have what is seeded, and the identities that the directory brought', async () => {
  expect((await get('/api/identities')).body).toMatchObject({
    totalCount: 4,
    items: [{ lastName: 'Chen' }, { lastName: 'Martinez' }, {}, {}],
  });
  expect((await get('/api/personnel-events')).body).toMatchObject({ totalCount: 5 });
  expect((await get('/api/personnel-events?status=open')).body).toMatchObject({ totalCount: 1, items: [{ number: 311 }] });
  expect((await get('/api/access-requests')).body).toMatchObject({ totalCount: 1, items: [{ number: 501 }] });
  expect((await get('/v2/facts/default/production/users')).body).toMatchObject({ total_count: 3 });
});
