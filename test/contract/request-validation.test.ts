import type { OpenAPIV3_1 } from 'openapi-types';
import { expect, it } from 'vitest';
import { ContractRouter } from '../../server/contract/contract-router.ts';
import { createRequestValidation, withErrorLimit } from '../../server/contract/request-validation.ts';
import { definition, operations, router } from '../support/contract.ts';

/** Creates the validation of a contract with one operation for each pattern. The query parameter `like` of an operation must match its pattern. */
function validationOf(patterns: string[]) {
  const paths = patterns.map((pattern, index) => [
    `/things-${index}`,
    {
      get: {
        operationId: `listThings${index}`,
        parameters: [{ name: 'like', in: 'query', schema: { type: 'string', pattern } }],
        responses: { 200: { description: 'Things' } },
      },
    },
  ]);
  const things: OpenAPIV3_1.Document = {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: Object.fromEntries(paths),
  };
  const router = new ContractRouter(things);
  const { validate, compileAhead } = createRequestValidation(things, router);
  const requestTo = (index: number, like: string) => ({
    operation: router.getOperations()[index] as ReturnType<ContractRouter['getOperations']>[number],
    input: { path: {}, query: { like }, headers: {}, body: undefined },
  });
  return { requestTo, validate, compileAhead };
}

it('`compileAhead` pauses before each operation, and the compiled operations are validated', async () => {
  const { requestTo, validate, compileAhead } = validationOf(['^a', '^b', '^c']);
  let pauses = 0;
  await compileAhead(async () => {
    pauses += 1;
  });
  expect(pauses).toBe(3);
  const { operation, input } = requestTo(1, 'a');
  expect(() => validate(operation, input)).toThrow(
    expect.objectContaining({ errors: [{ field: 'like', message: 'Must match the pattern ^b' }] }),
  );
  expect(validate(operation, requestTo(1, 'b').input)).toBeUndefined();
});

it('`compileAhead` compiles all valid operations and then throws an error that names the others', async () => {
  const { requestTo, validate, compileAhead } = validationOf(['(', '^a', '[']);
  let pauses = 0;
  const compiled = compileAhead(async () => {
    pauses += 1;
  });
  await expect(compiled).rejects.toThrow('listThings0 cannot be compiled; listThings2 cannot be compiled');
  expect(pauses).toBe(3);
  const { operation, input } = requestTo(1, 'a');
  expect(validate(operation, input)).toBeUndefined();
});

it('`compileAhead` ends when a pause throws', async () => {
  const { compileAhead } = validationOf(['^a', '^b', '^c']);
  let pauses = 0;
  const compiled = compileAhead(async () => {
    pauses += 1;
    if (pauses === 2) throw new Error('stopped');
  });
  await expect(compiled).rejects.toThrow('stopped');
  expect(pauses).toBe(2);
});

it('stops at the 1000th error of a body', () => {
  const things: OpenAPIV3_1.Document = {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': {
        post: {
          operationId: 'createThings',
          requestBody: { content: { 'application/json': { schema: { type: 'array', items: { type: 'object', required: ['a'] } } } } },
          responses: { 200: { description: 'Things' } },
        },
      },
    },
  };
  const router = new ContractRouter(things);
  const { validate } = createRequestValidation(things, router);
  let read = 0;
  const item = () =>
    Object.defineProperty({}, 'a', {
      get: () => {
        read += 1;
      },
    });
  const input = { path: {}, query: {}, headers: {}, body: Array.from({ length: 5000 }, item) };
  const [operation] = router.getOperations() as [ReturnType<ContractRouter['getOperations']>[number]];
  expect(() => validate(operation, input)).toThrow(expect.objectContaining({ errors: expect.objectContaining({ length: 50 }) }));
  expect(read).toBe(1000);
});

it('400: names fields of every body, wherever in its schema the 1000th error occurs', () => {
  const { validate } = createRequestValidation(definition, router);
  for (const operation of operations) {
    const { content } = (operation.requestBody ?? {}) as { content?: Record<string, { schema?: { properties?: object } }> };
    const names = Object.keys(content?.['application/json']?.schema?.properties ?? {});
    if (names.length === 0) continue;
    for (let unknown = 985; unknown <= 1000; unknown++) {
      const body = Object.fromEntries([
        ...names.map((name) => [name, 'plain']),
        ...Array.from({ length: unknown }, (_, index) => [`unknown${index}`, 1]),
      ]);
      expect(() => validate(operation, { path: {}, query: {}, headers: {}, body }), `${operation.operationId} ${unknown}`).toThrow(
        expect.objectContaining({ status: 400 }),
      );
    }
  }
});

it('a version of Ajv with another form of code, whose errors cannot be limited, is found when a schema compiles', () => {
  expect(withErrorLimit('function validate10(data){errors++;}')).toContain('validate10.errors = vErrors');
  expect(() => withErrorLimit('const check10 = (data) => {errors++;}')).toThrow('cannot be limited');
});
