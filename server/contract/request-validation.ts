import { Ajv2020 as Ajv, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { OpenAPIValidator, ValidationContext } from 'openapi-backend/validation.js';
import type { OpenAPIV3_1 } from 'openapi-types';
import { invalid } from '../common/errors.ts';
import type { ContractOperation, ContractRouter } from './contract-router.ts';
import { toFieldErrors } from './validation-messages.ts';

/** The parts of a request that the contract describes. */
interface RequestInput {
  path: Record<string, string>;
  query: Record<string, unknown>;
  headers: Record<string, unknown>;
  /** Undefined for a request without a body. */
  body: unknown;
}
export interface RequestValidation {
  /**
   * Validates a request against the contract. Changes its input: path and query values get the types of the contract, and defaults are added.
   *
   * Throws 400 that names every field at fault.
   */
  validate: (operation: ContractOperation, input: RequestInput) => void;
  /**
   * Compiles the validators that no call has needed yet. Waits for `pause` before each operation, so that waiting calls run in between.
   *
   * Rejects at the end with the names of the operations that cannot be compiled.
   */
  compileAhead: (pause: () => Promise<void>) => Promise<void>;
}

/** Maximum parameters of a query string. No operation has more than ten. */
export const queryParametersMax = 20;

/**
 * Parses a query string. A repeated parameter becomes a list, which no operation accepts, so validation names it.
 *
 * Throws 400 for too many parameters, before it parses them.
 */
export function parseQuery(querystring: string): Record<string, unknown> {
  let parameters = 1;
  for (let end = querystring.indexOf('&'); end !== -1; end = querystring.indexOf('&', end + 1))
    if (++parameters > queryParametersMax) throw invalid({ field: 'query', message: `Has more than ${queryParametersMax} parameters` });
  const query: Record<string, unknown> = Object.create(null);
  for (const [name, value] of new URLSearchParams(querystring)) {
    const earlier = query[name];
    query[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return query;
}

/** Formats of texts, and a length that no valid text exceeds. The functions of Ajv would split a text of a million blanks into a million parts. */
const textFormats = ['date', 'date-time', 'uuid'] as const;
const formattedLengthMax = 100;

function addTextFormat(ajv: Ajv, name: (typeof textFormats)[number]): void {
  const format = addFormats.default.get(name) as RegExp | { validate: (text: string) => boolean };
  const isValid = format instanceof RegExp ? (text: string) => format.test(text) : format.validate;
  ajv.addFormat(name, (text) => text.length <= formattedLengthMax && isValid(text));
}

/** Maximum errors of Ajv for one part of a request. Some fields have several, and a response names 50 fields. */
const errorsMax = 1000;

/** Leaves out the nameless errors of a schema in a `not`. Ajv removes them itself, unless the limit stops it in the middle of the `not`. */
const namedErrors = (errors: ErrorObject[]) => errors.filter(({ keyword }) => keyword !== undefined);

/** Changes the code that Ajv generates for a schema so that it returns at this number of errors. Ajv itself collects either one error or all. Throws if it cannot. */
export function withErrorLimit(code: string): string {
  const name = /function (validate\d+)\(/.exec(code)?.[1];
  if (name === undefined) throw new Error('The code of Ajv has another form than this version expects, so its errors cannot be limited');
  return code.replaceAll('errors++;', `if(++errors >= ${errorsMax}){${name}.errors = vErrors;return false;}`);
}

/**
 * Creates the validation of all operations, with one Ajv for bodies and one for parameters, which arrive as text.
 *
 * A schema that many operations use compiles once. The first call of an operation compiles its validators, or `compileAhead` does: compiling all
 * of them at the start takes longer than the rest of the start. Ajv stops at the 1000th error.
 */
export function createRequestValidation(definition: OpenAPIV3_1.Document, router: ContractRouter): RequestValidation {
  const newAjv = (coerceTypes: boolean) => {
    // `npm run check:contract` validates the schemas. Compiling the meta-schema here would add 0.1 s to the start.
    const code = { process: withErrorLimit };
    const ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true, useDefaults: true, coerceTypes, code });
    addFormats.default(ajv);
    for (const name of textFormats) addTextFormat(ajv, name);
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

  /** Integer parameters of each operation. Ajv accepts every text that JavaScript reads as a number, such as `1e2`; the contract's integers do not. */
  const integers = new Map(
    router
      .getOperations()
      .map(({ operationId, parameters = [] }) => [
        operationId,
        (parameters as OpenAPIV3_1.ParameterObject[]).filter(({ schema }) => (schema as { type?: string } | undefined)?.type === 'integer'),
      ]),
  );
  const integerErrors = (operation: ContractOperation, query: RequestInput['query']): ErrorObject[] =>
    (integers.get(operation.operationId) ?? [])
      .filter(({ name }) => typeof query[name] === 'string' && !/^-?[0-9]{1,15}$/.test(query[name]))
      .map(({ name }) => ({ keyword: 'type', instancePath: `/query/${name}`, schemaPath: '', params: { type: 'integer' } }));

  const validatorsOf = (operation: ContractOperation) => validator.getRequestValidatorsForOperation(operation.operationId as string) ?? [];
  return {
    validate: (operation, { path, query, headers, body }) => {
      const request = { path, query, header: headers, cookie: {}, ...(body !== undefined && { requestBody: body }) };
      const errors = [
        ...integerErrors(operation, query),
        ...validatorsOf(operation).flatMap((validate) => (validate(request) ? [] : namedErrors(validate.errors ?? []))),
      ];
      if (errors.length > 0) throw invalid(toFieldErrors(errors));
    },
    compileAhead: async (pause) => {
      const faults: Error[] = [];
      for (const operation of router.getOperations()) {
        await pause();
        try {
          validatorsOf(operation);
        } catch (cause) {
          faults.push(new Error(`${operation.operationId} cannot be compiled`, { cause }));
        }
      }
      if (faults.length > 0) throw new AggregateError(faults, faults.map(({ message }) => message).join('; '));
    },
  };
}
