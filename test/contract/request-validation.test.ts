import type { OpenAPIV3_1 } from 'openapi-types';
import { expect, it } from 'vitest';
import { ContractRouter } from '../../server/contract/contract-router.ts';
import { createRequestValidation } from '../../server/contract/request-validation.ts';

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
    input: { path: {}, query: { like }, headers: {}, body: undefined },
  });
  return { asked, validate, compileAhead };
}

it('compiling ahead rests before each operation, and what is compiled validates', async () => {
  const { asked, validate, compileAhead } = validationOf(['^a', '^b', '^c']);
  let rests = 0;
  await compileAhead(async () => {
    rests += 1;
  });
  expect(rests).toBe(3);
  const { operation, input } = asked(1, 'a');
  expect(() => validate(operation, input)).toThrow(
    expect.objectContaining({ errors: [{ field: 'like', message: 'Must match the pattern ^b' }] }),
  );
  expect(validate(operation, asked(1, 'b').input)).toBeUndefined();
});

it('compiling ahead names all that no call would get past, after all others are compiled', async () => {
  const { asked, validate, compileAhead } = validationOf(['(', '^a', '[']);
  let rests = 0;
  const compiled = compileAhead(async () => {
    rests += 1;
  });
  await expect(compiled).rejects.toThrow('listThings0 cannot be compiled; listThings2 cannot be compiled');
  expect(rests).toBe(3);
  const { operation, input } = asked(1, 'a');
  expect(validate(operation, input)).toBeUndefined();
});

it('compiling ahead ends with the first rest that ends it', async () => {
  const { compileAhead } = validationOf(['^a', '^b', '^c']);
  let rests = 0;
  const compiled = compileAhead(async () => {
    rests += 1;
    if (rests === 2) throw new Error('stopped');
  });
  await expect(compiled).rejects.toThrow('stopped');
  expect(rests).toBe(2);
});
