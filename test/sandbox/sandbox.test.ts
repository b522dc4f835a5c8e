import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractFetch, operations } from '../support/contract.ts';
import { administratorSecret, type ServerProcess, startProcess } from '../support/process.ts';

type Example = Record<string, unknown>;
type ContractResponse = { content?: Record<string, { examples?: Record<string, { value: Example }> }> };

let sandbox: ServerProcess;
beforeAll(async () => {
  sandbox = await startProcess({}, 'server/sandbox/main.ts');
});
afterAll(async () => {
  sandbox?.signal('SIGTERM');
  await sandbox?.ended;
});

/** The contract's examples of single resources, with the path of each resource. */
const resources = operations.flatMap(({ method, path, operationId, responses }) => {
  const examples = Object.values((responses?.['200'] as ContractResponse | undefined)?.content?.['application/json']?.examples ?? {});
  const [, idParameter] = /\{(\w+)\}$/.exec(path) ?? [];
  if (method !== 'get' || idParameter === undefined) return [];
  return examples.map(({ value }) => ({
    operationId: operationId as string,
    value,
    url: path
      .replace(/\{\w+\}$/, String(idParameter.endsWith('Key') ? value.key : value.id))
      .replace('{projectKey}', 'default')
      .replace('{environmentKey}', 'production'),
  }));
});

const get = async (path: string) => {
  const response = await contractFetch(sandbox.url + path, { headers: { Authorization: `Bearer ${administratorSecret}` } });
  return { status: response.status, body: (await response.json()) as Example };
};

/** Fields that depend on the sandbox's start and its builds, or contain generated ids. */
const variableFields: Record<string, string[]> = {
  getApplication: ['importSchedule', 'lastImport'],
  getApplicationImport: ['buildEnd', 'files', 'log', 'metrics', 'buildStart', 'application'],
  getAccessRequest: ['activity'],
  getToken: ['lastUsedDate'],
};

describe.each(resources)('$operationId $url', ({ operationId, url, value }) => {
  it("200: returns the contract's example", async () => {
    const { status, body } = await get(url);
    const withoutVariableFields = (example: Example) =>
      Object.fromEntries(Object.entries(example).filter(([name]) => !variableFields[operationId]?.includes(name)));
    expect([status, withoutVariableFields(body)]).toEqual([200, withoutVariableFields(value)]);
  });
});

it('200: lists the seeded items and the identities that the directory imported', async () => {
  expect((await get('/api/identities')).body).toMatchObject({
    totalCount: 4,
    items: [{ lastName: 'Chen' }, { lastName: 'Martinez' }, {}, {}],
  });
  expect((await get('/api/personnel-events')).body).toMatchObject({ totalCount: 5 });
  expect((await get('/api/personnel-events?status=open')).body).toMatchObject({ totalCount: 1, items: [{ number: 311 }] });
  expect((await get('/api/access-requests')).body).toMatchObject({ totalCount: 1, items: [{ number: 501 }] });
  expect((await get('/v2/facts/default/production/users')).body).toMatchObject({ total_count: 3 });
});
