import fc from 'fast-check';
import { arbitraryOf, type Ids } from './arbitraries.ts';
import { goodToken, type Request } from './case.ts';
import { type Contract, isJsonType, type Operation, type Schema } from './contract.ts';
import { goodUpload, multipartType } from './multipart.ts';
import { written } from './mutations.ts';
import { exampleIds, fillPath, headerValue, pathParameters, pathValue } from './parameters.ts';
import { isRehearsal } from './rehearsal.ts';

export interface PlanOptions {
  seed: number;
  /** Number of generated requests. */
  requests: number;
  isReadOnly: boolean;
  operations: string[] | undefined;
  /** Ids that no request may contain: the caller's own token. */
  without: Set<string>;
  /** Suffix for keys of items that cannot be deleted, different in each run. */
  run: string;
}
export interface Parts {
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
  ids: exampleIds(contract.operations, options.without),
});

export const isJson = (operation: Operation): boolean => isJsonType(operation.body?.type ?? '');

export function valuesOf({ contract, ids, seed }: Plan, schema: Schema, numRuns: number): unknown[] {
  return fc.sample(
    arbitraryOf(schema, ids).filter((value) => contract.complaints(schema, value).length === 0),
    { seed, numRuns },
  );
}

export function exampleBodies(plan: Plan, { body }: Operation): unknown[] {
  const examples = Object.values(body?.examples ?? {}).map(({ value }) => value);
  return examples.length > 0 || !body ? examples.filter(isRehearsal) : valuesOf(plan, body.schema, 1).filter(isRehearsal);
}

/** Returns the path values of the base request of an operation. */
export const pathValuesOf = ({ contract, without }: Plan, operation: Operation): Record<string, string> =>
  Object.fromEntries(pathParameters(operation).map((one) => [one.name, pathValue(contract.operations, operation, one, without)]));

function defaultBody(plan: Plan, operation: Operation): string | undefined {
  if (!operation.body) return undefined;
  return isJson(operation) ? written(exampleBodies(plan, operation)[0]) : goodUpload;
}

/** Returns the request of an operation from the examples of the contract, with some parts replaced. */
export function baseRequest(plan: Plan, operation: Operation, parts: Parts = {}): Request {
  const required = operation.parameters.filter((one) => one.in === 'query' && one.required);
  const query = new URLSearchParams({
    ...Object.fromEntries(required.map(({ name, schema }) => [name, String(schema.enum?.[0] ?? '')])),
    ...parts.query,
  }).toString();
  const neededHeaders = operation.parameters.filter((one) => one.in === 'header' && one.required);
  const body = 'body' in parts ? parts.body : defaultBody(plan, operation);
  return {
    method: operation.method,
    path: fillPath(operation.path, { ...pathValuesOf(plan, operation), ...parts.path }) + (query && `?${query}`),
    headers: {
      ...(operation.isSecured && { Authorization: goodToken }),
      ...(operation.body && body !== undefined && { 'Content-Type': isJson(operation) ? operation.body.type : multipartType }),
      ...Object.fromEntries(neededHeaders.map((one) => [one.name, headerValue(one)])),
      ...parts.headers,
    },
    ...(body !== undefined && { body }),
  };
}
