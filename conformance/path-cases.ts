import { baseRequest, type Plan } from './base-request.ts';
import { type Case, tokenPlaceholder } from './case.ts';
import type { Operation } from './contract.ts';

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'];

/** Returns cases for the methods that a path does not have. A literal path wins over a path with parameters. */
export function wrongMethodCases(plan: Plan, chosen: Operation[]): Case[] {
  const byPath = Map.groupBy(plan.contract.operations, ({ path }) => path);
  const paths = [...new Set(chosen.map(({ path }) => path))];
  return paths.flatMap((path) => {
    const operations = byPath.get(path) as Operation[];
    const allow = operations.map(({ method }) => method);
    const missing = [...methods, 'PROPFIND'].filter((method) => !allow.includes(method));
    const { path: pathWithQuery } = baseRequest(plan, operations[0] as Operation, { body: undefined });
    return missing.map((method): Case => {
      const request = { method, path: pathWithQuery.replace(/\?.*/, ''), headers: { Authorization: tokenPlaceholder } };
      return {
        subject: `${method} ${path}`,
        operation: undefined,
        kind: 'method',
        title: `${method} of a path without this method`,
        request,
        expect: { statuses: [405], allow },
      };
    });
  });
}

const unknownPaths = [
  '/',
  '/conformance-unknown',
  '/api',
  '/api/conformance-unknown',
  '/v2/facts',
  '/api/tokens/a/b/c/d',
  '/healthz/',
  '/.env',
  '/api/%2e%2e/healthz',
];
const brokenPaths = ['/api/tokens/%', '/api/tokens/%zz', '/api/tokens/%ff%fe'];

export function unknownPathCases(_plan: Plan): Case[] {
  const make = (path: string, statuses: number[]): Case => ({
    subject: 'unknown paths',
    operation: undefined,
    kind: 'path',
    title: `GET ${path}`,
    request: { method: 'GET', path, headers: { Authorization: tokenPlaceholder } },
    expect: { statuses },
  });
  return [...unknownPaths.map((path) => make(path, [404])), ...brokenPaths.map((path) => make(path, [400, 404]))];
}
