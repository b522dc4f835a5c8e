import { readFileSync } from 'node:fs';

// biome-ignore lint/suspicious/noExplicitAny: parsers return documents of their own types; these tests compare what they contain.
export type Json = any;

export const contractText = readFileSync('openapi.yaml', 'utf8');

const methods = ['get', 'put', 'post', 'patch', 'delete'];

/** Returns each operation of a document with its path and method. */
export const operationsIn = (document: Json): { path: string; method: string; operation: Json }[] =>
  Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    methods.filter((method) => item[method]).map((method) => ({ path, method, operation: item[method] })),
  );

/** Returns each declared pair of operation and status, such as `getApplication 200`. */
export const pairsIn = (document: Json): string[] =>
  operationsIn(document).flatMap(({ operation }) => Object.keys(operation.responses).map((status) => `${operation.operationId} ${status}`));
