import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../../mocks/start.ts';
import { isSecured, type Operation } from '../support/call-operation.ts';
import { operations } from '../support/contract.ts';
import { callMock, pathOf, requiredHeaders, validRequest } from './mock-calls.ts';

type Declared = Record<string, { content?: Record<string, { examples?: Record<string, { value: unknown }> }> }>;

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock?.stop());

const call = (operation: Operation, headers: Record<string, string> = {}) =>
  callMock(mock, pathOf(operation), validRequest(operation, headers));

describe.each(operations.map((operation) => [operation.operationId as string, operation] as const))('%s', (_operationId, operation) => {
  const statuses = Object.keys(operation.responses ?? {});

  it.each(statuses)('%s: is returned if Prefer asks for it', async (code) => {
    expect((await call(operation, { Prefer: `code=${code}` })).status).toBe(Number(code));
  });

  it('2xx: without Prefer, returns the lowest success status', async () => {
    const { status } = await call(operation);
    expect(String(status)).toBe(statuses.filter((code) => code.startsWith('2')).sort()[0]);
  });

  it('returns each example of the contract if Prefer names it', async () => {
    for (const [code, { content = {} }] of Object.entries(operation.responses as Declared))
      for (const [mediaType, { examples = {} }] of Object.entries(content))
        for (const [name, { value }] of Object.entries(examples)) {
          const headers = { Prefer: `code=${code}, example=${name}`, Accept: mediaType };
          const { status, text, body, header } = await call(operation, headers);
          const received = body === undefined ? text : body;
          const correlationId = header('x-correlation-id');
          expect(header('content-type')?.split(';')[0]).toBe(mediaType);
          expect([status, received]).toEqual([Number(code), Number(code) < 400 ? value : { ...(value as object), correlationId }]);
        }
  });

  if (isSecured(operation))
    it('2xx, 401: accepts a token in x-access-token, but not together with a wrong Authorization', async () => {
      const { headers, ...init } = validRequest(operation, { 'x-access-token': 'any' });
      const { Authorization: _, ...otherHeaders } = headers as Record<string, string>;
      expect((await callMock(mock, pathOf(operation), { ...init, headers: otherHeaders })).status).toBeLessThan(300);
      const both = { ...otherHeaders, Authorization: 'Basic YTpi' };
      expect((await callMock(mock, pathOf(operation), { ...init, headers: both })).status).toBe(401);
    });

  if (Object.keys(requiredHeaders(operation)).length > 0)
    it('400: refuses a request without a required header', async () => {
      for (const name of Object.keys(requiredHeaders(operation))) {
        const { headers, ...init } = validRequest(operation);
        const { [name]: _, ...otherHeaders } = headers as Record<string, string>;
        const { status, error } = await callMock(mock, pathOf(operation), { ...init, headers: otherHeaders });
        expect([status, error.errors]).toEqual([400, [{ field: name, message: 'Is required' }]]);
      }
    });

  it(isSecured(operation) ? '401: refuses a missing, empty or wrong token' : '2xx: needs no token', async () => {
    const { headers, ...init } = validRequest(operation);
    const { Authorization: _, ...otherHeaders } = headers as Record<string, string>;
    for (const authorization of [{}, { Authorization: 'Bearer ' }, { Authorization: 'Basic YTpi' }] as Record<string, string>[]) {
      const { status, error, header } = await callMock(mock, pathOf(operation), {
        ...init,
        headers: { ...otherHeaders, ...authorization },
      });
      if (!isSecured(operation)) expect(status).toBe(200);
      else expect([status, error.error, header('www-authenticate')?.split(' ')[0]]).toEqual([401, 'unauthorized', 'Bearer']);
    }
  });
});
