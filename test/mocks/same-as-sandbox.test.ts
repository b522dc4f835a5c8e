import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../../mocks/start.ts';
import { baseUrl, type ExampleRequest, exampleRequestsOf, readDocument, urlOfRequest } from '../../tools/example-requests.ts';
import { assertMatchesContract } from '../support/contract.ts';
import { administratorSecret, type ServerProcess, startProcess } from '../support/process.ts';

let mock: Mock;
let sandbox: ServerProcess;
beforeAll(async () => {
  [mock, sandbox] = await Promise.all([startMock(), startProcess({}, 'server/sandbox/main.ts')]);
});
afterAll(async () => {
  sandbox?.signal('SIGTERM');
  await Promise.all([mock?.stop(), sandbox?.ended]);
});

/** Order of methods: reads first and deletions last, so that the items of the examples exist. */
const ranks: Record<string, number> = { get: 0, post: 1, put: 2, patch: 2, delete: 3 };
const requests = (await exampleRequestsOf(readDocument())).sort((left, right) => (ranks[left.method] ?? 1) - (ranks[right.method] ?? 1));

function bodyOf({ mediaType, body, files }: ExampleRequest): { body?: BodyInit; headers?: Record<string, string> } {
  if (mediaType === undefined) return {};
  if (mediaType === 'application/json') return { body: JSON.stringify(body), headers: { 'Content-Type': mediaType } };
  const form = new FormData();
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, string>)) form.set(name, value);
  for (const [name, file] of Object.entries(files)) form.set(name, new File(['Login,Full Name,E-Mail\nann,Ann,\n'], file));
  return { body: form };
}

/**
 * Returns the names of the fields of an object, or those of the first item of a list.
 *
 * The contract has only one line of itself as an example, so responses with the contract are compared by type only.
 */
function shapeOf(operationId: string, value: unknown): unknown {
  if (/Contract/.test(operationId) || typeof value !== 'object' || value === null) return typeof value;
  if (Array.isArray(value)) return value.length === 0 ? 'a list' : [shapeOf(operationId, value[0])];
  return Object.keys(value).sort();
}

async function responseOf(url: string, request: ExampleRequest, extraHeaders: Record<string, string> = {}) {
  const { body, headers } = bodyOf(request);
  const path = urlOfRequest(request).slice(baseUrl.length);
  const response = await fetch(url + path, {
    method: request.method.toUpperCase(),
    headers: { Authorization: `Bearer ${administratorSecret}`, ...headers, ...extraHeaders },
    ...(body !== undefined && { body }),
  });
  await assertMatchesContract(request.method.toUpperCase(), path.split('?')[0] as string, response, { counts: false });
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  return {
    status: response.status,
    type,
    shape: shapeOf(request.operationId, type.startsWith('application/json') ? JSON.parse(text) : text),
  };
}

describe.each(requests.map((request) => [request.operationId, request] as const))('%s', (_operationId, request) => {
  it('mock and sandbox return the same status, content type and fields, as the contract declares', async () => {
    const sandboxResponse = await responseOf(sandbox.url, request);
    expect(await responseOf(mock.url, request, { Prefer: `code=${sandboxResponse.status}` })).toEqual(sandboxResponse);
  });
});
