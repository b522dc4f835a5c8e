import { Ajv2020 as Ajv, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { OpenAPIValidator, ValidationContext } from 'openapi-backend/validation.js';
import type { OpenAPIV3_1 } from 'openapi-types';
import type { ContractOperation, ContractRouter } from './contract-router.ts';

export interface Parameters {
  path: Record<string, string>;
  query: Record<string, unknown>;
  header: Record<string, unknown>;
  cookie: Record<string, never>;
  requestBody?: unknown;
}
export interface RequestValidation {
  /** Changes what it validates: query and path values become what the contract says they are, and defaults are filled in. */
  validate: (operation: ContractOperation, parameters: Parameters) => ErrorObject[];
  /**
   * Compiles what no call has had compiled yet, with a rest before each operation, so that calls are not held up by all of them at once. Rejects at the
   * end, with the names of the operations that can't be compiled.
   */
  compileAhead: (rest: () => Promise<void>) => Promise<void>;
}

/** Repeated parameters become a list, which no parameter of ours takes: validation then names them. */
export function parseQuery(querystring: string): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null);
  const given = new URLSearchParams(querystring);
  for (const name of new Set(given.keys())) {
    const values = given.getAll(name);
    query[name] = values.length === 1 ? values[0] : values;
  }
  return query;
}

/**
 * One Ajv for bodies and one for parameters, which arrive as text, so that schemas used in many operations compile once. An operation's are compiled
 * by its first call, or ahead of it: all of them together take longer than everything else that a server does before its first answer.
 *
 * All complaints are collected; what may arrive is limited in size before it gets here, so that this costs no more than reading it.
 */
export function createRequestValidation(definition: OpenAPIV3_1.Document, router: ContractRouter): RequestValidation {
  const newAjv = (coerceTypes: boolean) => {
    // That the schemas are schemas, `npm run check:contract` sees; to compile the schema of schemas for it takes 0.1 s.
    const ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true, useDefaults: true, coerceTypes });
    addFormats.default(ajv);
    ajv.addFormat('binary', true);
    return ajv;
  };
  const ajvs: Partial<Record<ValidationContext, Ajv>> = {
    [ValidationContext.RequestBody]: newAjv(false),
    [ValidationContext.Params]: newAjv(true),
  };
  const validator = new OpenAPIValidator<OpenAPIV3_1.Document>({
    definition,
    router,
    lazyCompileValidators: true,
    coerceTypes: true,
    customizeAjv: (ajv, _options, context) => (ajvs[context] as unknown as typeof ajv) ?? ajv,
  });

  /** Ajv takes any text that JavaScript reads as a number, `1e2` and `0x10` too; a whole number is written with digits. */
  const integers = new Map(
    router
      .getOperations()
      .map(({ operationId, parameters = [] }) => [
        operationId,
        (parameters as OpenAPIV3_1.ParameterObject[]).filter(({ schema }) => (schema as { type?: string } | undefined)?.type === 'integer'),
      ]),
  );
  const notDigits = (operation: ContractOperation, { query }: Parameters): ErrorObject[] =>
    (integers.get(operation.operationId) ?? [])
      .filter(({ name }) => typeof query[name] === 'string' && !/^-?[0-9]{1,15}$/.test(query[name]))
      .map(({ name }) => ({ keyword: 'type', instancePath: `/query/${name}`, schemaPath: '', params: { type: 'integer' } }));

  const validatorsOf = (operation: ContractOperation) => validator.getRequestValidatorsForOperation(operation.operationId as string) ?? [];
  return {
    validate: (operation, parameters) => {
      const badNumbers = notDigits(operation, parameters);
      return [...badNumbers, ...validatorsOf(operation).flatMap((validate) => (validate(parameters) ? [] : (validate.errors ?? [])))];
    },
    compileAhead: async (rest) => {
      const faults: Error[] = [];
      for (const operation of router.getOperations()) {
        await rest();
        try {
          validatorsOf(operation);
        } catch (cause) {
          faults.push(new Error(`${operation.operationId} can not be compiled`, { cause }));
        }
      }
      if (faults.length > 0) throw new AggregateError(faults, faults.map(({ message }) => message).join('; '));
    },
  };
}
