import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../../mocks/start.ts';
import { operations } from '../support/contract.ts';
import { isSecured, type Operation } from '../support/call-operation.ts';
import { callMock, pathOf, requiredHeaders, rightRequest } from './mock-calls.ts';

type Declared = Record<string, { content?: Record<string, { examples?: Record<string, { value: unknown }> }> }>;

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock?.stop());

const call = (operation: Operation, headers: Record<string, string> = {}) =>
  callMock(mock, pathOf(operation), rightRequest(operation, headers));

describe.each(operations.map((operation) => [operation.operationId as string, operation] as const))('%s', (_operationId, operation) => {
  const statuses = Object.keys(operation.responses ?? {});

  it.each(statuses)('%s: can be asked for', async (code) => {
    expect((await call(operation, { Prefer: `code=${code}` })).status).toBe(Number(code));
  });

  it('2xx: without a wish, the first example of the lowest one', async () => {
    const { status } = await call(operation);
    expect(String(status)).toBe(statuses.filter((code) => code.startsWith('2')).sort()[0]);
  });

  it('every example can be asked for by its name, and is what the contract shows', async () => {
    for (const [code, { content = {} }] of Object.entries(operation.responses as Declared))
      for (const [mediaType, { examples = {} }] of Object.entries(content))
        for (const [name, { value }] of Object.entries(examples)) {
          const wish = { Prefer: `code=${code}, example=${name}`, Accept: mediaType };
          const { status, text, body, header } = await call(operation, wish);
          const shown = body === undefined ? text : body;
          const correlationId = header('x-correlation-id');
          expect(header('content-type')?.split(';')[0]).toBe(mediaType);
          expect([status, shown]).toEqual([Number(code), Number(code) < 400 ? value : { ...(value as object), correlationId }]);
        }
  });

  if (isSecured(operation))
    it('2xx: an access token in x-access-token is a token, but not beside an Authorization that is none', async () => {
      const { headers, ...init } = rightRequest(operation, { 'x-access-token': 'any' });
      const { Authorization: _, ...others } = headers as Record<string, string>;
      expect((await callMock(mock, pathOf(operation), { ...init, headers: others })).status).toBeLessThan(300);
      const both = { ...others, Authorization: 'Basic YTpi' };
      expect((await callMock(mock, pathOf(operation), { ...init, headers: both })).status).toBe(401);
    });

  if (Object.keys(requiredHeaders(operation)).length > 0)
    it('400: a header that must be there is not', async () => {
      for (const name of Object.keys(requiredHeaders(operation))) {
        const { headers, ...init } = rightRequest(operation);
        const { [name]: _, ...others } = headers as Record<string, string>;
        const { status, error } = await callMock(mock, pathOf(operation), { ...init, headers: others });
        expect([status, error.errors]).toEqual([400, [{ field: name, message: 'Is required' }]]);
      }
    });

  it(isSecured(operation) ? '401: no token, or an empty one' : '2xx: needs no token', async () => {
    const { headers, ...init } = rightRequest(operation);
    const { Authorization: _, ...others } = headers as Record<string, string>;
    for (const more of [{}, { Authorization: 'Bearer ' }, { Authorization: 'Basic YTpi' }] as Record<string, string>[]) {
      const { status, error, header } = await callMock(mock, pathOf(operation), { ...init, headers: { ...others, ...more } });
      if (!isSecured(operation)) expect(status).toBe(200);
      else expect([status, error.error, header('www-authenticate')?.split(' ')[0]]).toEqual([401, 'unauthorized', 'Bearer']);
    }
  });
});
