import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../../mocks/start.ts';
import { holdAgainstContract, operations } from '../support/contract.ts';
import { administratorSecret, type ServerProcess, startProcess } from '../support/process.ts';

type Value = Record<string, unknown>;
type Declared = { content?: Record<string, { examples?: Record<string, { value: Value }> }> };

let mock: Mock;
let sandbox: ServerProcess;
beforeAll(async () => {
  [mock, sandbox] = await Promise.all([startMock(), startProcess({}, 'server/sandbox/main.ts')]);
});
afterAll(async () => {
  sandbox?.signal('SIGTERM');
  await Promise.all([mock?.stop(), sandbox?.ended]);
});

function firstExample({ responses }: (typeof operations)[number]): Value | undefined {
  const declared = responses?.['200'] as Declared | undefined;
  return Object.values(declared?.content?.['application/json']?.examples ?? {})[0]?.value;
}

/** Not the contract itself, of which its examples show a line. Paths whose last parameter is the id of the thing in the contract's own example, and those without one: what both must have. */
const calls = operations.flatMap((operation) => {
  const { method, operationId } = operation;
  if (method !== 'get' || /Contract/.test(String(operationId))) return [];
  const path = operation.path
    .replace('{projectKey}', 'default')
    .replace('{environmentKey}', 'production')
    .replace(/\{(id|userId|tenantId)\}$/, String(firstExample(operation)?.id))
    .replace('{tenantId}', 'stripeinc')
    .replace('/applications/{id}', '/applications/3fa85f64-5717-4562-b3fc-2c963f66afa6');
  return path.includes('{') || path.includes('undefined')
    ? []
    : [{ operationId, path: path + (path.endsWith('/records') ? '?rows=users' : '') }];
});

const get = async (base: string, path: string) => {
  const answer = await fetch(base + path, { headers: { Authorization: `Bearer ${administratorSecret}` } });
  await holdAgainstContract('GET', path.split('?')[0] as string, answer, { counts: false });
  const type = answer.headers.get('content-type') ?? '';
  const body = type.startsWith('application/json') ? ((await answer.json()) as Value) : undefined;
  return { status: answer.status, type, members: body && Object.keys(Array.isArray(body) ? (body[0] ?? {}) : body).sort() };
};

describe.each(calls)('$operationId $path', ({ path }) => {
  it('200: status, content type and members are the same from the mock and from the sandbox', async () => {
    const [mocked, real] = await Promise.all([get(mock.url, path), get(sandbox.url, path)]);
    expect(mocked).toEqual(real);
    expect(mocked.status).toBe(200);
  });
});

it('the comparison covers nearly all that can be read', () => {
  expect(calls.length).toBeGreaterThan(15);
});
