import type { OpenAPIV3_1 } from 'openapi-types';
import { expect, it } from 'vitest';
import { ContractRouter } from '../server/contract-router.ts';
import { createRequestValidation } from '../server/request-validation.ts';

/** An operation for each pattern, which a query parameter must match. */
function validationOf(patterns: string[]) {
  const operations = patterns.map((pattern, index) => [
    `/things-${index}`,
    {
      get: {
        operationId: `listThings${index}`,
        parameters: [{ name: 'like', in: 'query', schema: { type: 'string', pattern } }],
        responses: { 200: { description: 'Things' } },
      },
    },
  ]);
  const definition: OpenAPIV3_1.Document = {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: Object.fromEntries(operations),
  };
  const router = new ContractRouter(definition);
  const { validate, compileAhead } = createRequestValidation(definition, router);
  const asked = (index: number, like: string) => ({
    operation: router.getOperations()[index] as ReturnType<ContractRouter['getOperations']>[number],
    parameters: { path: {}, query: { like }, header: {}, cookie: {} },
  });
  return { asked, validate, compileAhead };
}

it('rests before each operation that is compiled ahead, and what is compiled validates', async () => {
  const { asked, validate, compileAhead } = validationOf(['^a', '^b', '^c']);
  let rests = 0;
  await compileAhead(async () => {
    rests += 1;
  });
  expect(rests).toBe(3);
  const { operation, parameters } = asked(1, 'a');
  expect(validate(operation, parameters)).toMatchObject([{ keyword: 'pattern', instancePath: '/query/like' }]);
  expect(validate(operation, asked(1, 'b').parameters)).toEqual([]);
});

it('compiling ahead finds what no call would get past, and a call before it is not in its way', async () => {
  const { asked, validate, compileAhead } = validationOf(['^a', '(']);
  const { operation, parameters } = asked(0, 'a');
  expect(validate(operation, parameters)).toEqual([]);
  await expect(compileAhead(async () => {})).rejects.toThrow(/Invalid regular expression/);
});
