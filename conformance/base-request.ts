import fc from 'fast-check';
import { arbitraryOf, type Ids } from './arbitraries.ts';
import { type Request, tokenPlaceholder } from './case.ts';
import { type Contract, isJsonType, type Operation, type Schema } from './contract.ts';
import { isSafeBody } from './dry-run.ts';
import { multipartType, validUpload } from './multipart.ts';
import { toJson } from './mutations.ts';
import { exampleIds, fillPath, headerValue, pathParameters, pathValue } from './parameters.ts';

export interface PlanOptions {
  seed: number;
  /** Number of generated requests. */
  requests: number;
  isReadOnly: boolean;
  operations: string[] | undefined;
  /** Ids that no request may contain: that of the caller's own token. */
  excludedIds: Set<string>;
  /** A text that differs in each run. It makes the keys of items that cannot be deleted unique. */
  runId: string;
}
/** Parts of a request that replace those of the base request. */
export interface RequestParts {
  path?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | undefined;
}
/** Input of all planners. */
export interface Plan extends PlanOptions {
  contract: Contract;
  ids: Ids;
}

export const newPlan = (contract: Contract, options: PlanOptions): Plan => ({
  ...options,
  contract,
  ids: exampleIds(contract.operations, options.excludedIds),
});

export const isJson = (operation: Operation): boolean => isJsonType(operation.body?.type ?? '');

/** Generates values that the schema allows. */
export function valuesOf({ contract, ids, seed }: Plan, schema: Schema, numRuns: number): unknown[] {
  return fc.sample(
    arbitraryOf(schema, ids).filter((value) => contract.validationErrors(schema, value).length === 0),
    { seed, numRuns },
  );
}

/** Returns the request bodies in the contract's examples, or a generated one if there is none. Leaves out bodies that are not safe to send. */
export function exampleBodies(plan: Plan, { body }: Operation): unknown[] {
  const examples = Object.values(body?.examples ?? {}).map(({ value }) => value);
  return examples.length > 0 || !body ? examples.filter(isSafeBody) : valuesOf(plan, body.schema, 1).filter(isSafeBody);
}

/** Returns the path values of the base request of an operation. */
export const pathValuesOf = ({ contract, excludedIds }: Plan, operation: Operation): Record<string, string> =>
  Object.fromEntries(
    pathParameters(operation).map((parameter) => [parameter.name, pathValue(contract.operations, operation, parameter, excludedIds)]),
  );

function defaultBody(plan: Plan, operation: Operation): string | undefined {
  if (!operation.body) return undefined;
  return isJson(operation) ? toJson(exampleBodies(plan, operation)[0]) : validUpload;
}

/** Returns the request of an operation from the examples of the contract, with some parts replaced. */
export function baseRequest(plan: Plan, operation: Operation, parts: RequestParts = {}): Request {
  const requiredQuery = operation.parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const query = new URLSearchParams({
    ...Object.fromEntries(requiredQuery.map(({ name, schema }) => [name, String(schema.enum?.[0] ?? '')])),
    ...parts.query,
  }).toString();
  const requiredHeaders = operation.parameters.filter((parameter) => parameter.in === 'header' && parameter.required);
  const body = 'body' in parts ? parts.body : defaultBody(plan, operation);
  return {
    method: operation.method,
    path: fillPath(operation.path, { ...pathValuesOf(plan, operation), ...parts.path }) + (query && `?${query}`),
    headers: {
      ...(operation.isSecured && { Authorization: tokenPlaceholder }),
      ...(operation.body && body !== undefined && { 'Content-Type': isJson(operation) ? operation.body.type : multipartType }),
      ...Object.fromEntries(requiredHeaders.map((parameter) => [parameter.name, headerValue(parameter)])),
      ...parts.headers,
    },
    ...(body !== undefined && { body }),
  };
}
