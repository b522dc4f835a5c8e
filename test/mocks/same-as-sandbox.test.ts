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

/** Reading before writing, and deleting last: then what the examples name is there. */
const ranks: Record<string, number> = { get: 0, post: 1, put: 2, patch: 2, delete: 3 };
const calls = (await exampleRequestsOf(readDocument())).sort((one, other) => (ranks[one.method] ?? 1) - (ranks[other.method] ?? 1));

function bodyOf({ mediaType, body, files }: ExampleRequest): { body?: BodyInit; headers?: Record<string, string> } {
  if (mediaType === undefined) return {};
  if (mediaType === 'application/json') return { body: JSON.stringify(body), headers: { 'Content-Type': mediaType } };
  const form = new FormData();
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, string>)) form.set(name, value);
  for (const [name, file] of Object.entries(files)) form.set(name, new File(['Login,Full Name,E-Mail\nann,Ann,\n'], file));
  return { body: form };
}

/** Of a thing its members; of a list those of its first item; the contract itself is shown by its examples in a line only. */
function shapeOf(operationId: string, value: unknown): unknown {
  if (/Contract/.test(operationId) || typeof value !== 'object' || value === null) return typeof value;
  if (Array.isArray(value)) return value.length === 0 ? 'a list' : [shapeOf(operationId, value[0])];
  return Object.keys(value).sort();
}

async function answerOf(url: string, call: ExampleRequest, more: Record<string, string> = {}) {
  const { body, headers } = bodyOf(call);
  const path = urlOfRequest(call).slice(baseUrl.length);
  const answer = await fetch(url + path, {
    method: call.method.toUpperCase(),
    headers: { Authorization: `Bearer ${administratorSecret}`, ...headers, ...more },
    ...(body !== undefined && { body }),
  });
  await assertMatchesContract(call.method.toUpperCase(), path.split('?')[0] as string, answer, { counts: false });
  const type = answer.headers.get('content-type') ?? '';
  const text = await answer.text();
  return { status: answer.status, type, shape: shapeOf(call.operationId, type.startsWith('application/json') ? JSON.parse(text) : text) };
}

describe.each(calls.map((call) => [call.operationId, call] as const))('%s', (_operationId, call) => {
  it('what the sandbox answers, the mock answers too: status, content type and members, both as the contract says', async () => {
    const real = await answerOf(sandbox.url, call);
    expect(await answerOf(mock.url, call, { Prefer: `code=${real.status}` })).toEqual(real);
  });
});
