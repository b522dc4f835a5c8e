import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface DeclaredContent {
  mediaType: string;
  examples: Record<string, unknown>;
}
export interface DeclaredResponse {
  headers: string[];
  /** One item for each media type, the default first; empty if the response has no body. */
  contents: DeclaredContent[];
}

export interface Operation {
  operationId: string;
  method: string;
  path: string;
  summary: string;
  isSecured: boolean;
  /** Media type of the request body; undefined if the operation has no request body. */
  bodyType: string | undefined;
  /** Maximum bytes of a JSON body. */
  bodyBytesMax: number;
  queryNames: string[];
  /** Header names in the spelling of the contract. */
  headerNames: string[];
  responses: Record<string, DeclaredResponse>;
}

// biome-ignore lint/suspicious/noExplicitAny: only this file reads the raw contract.
type Json = any;
const jsonBytesMax = 1_048_576;
const methods = ['get', 'put', 'post', 'patch', 'delete'];

/** Reads the contract. Each call returns a new object, which the caller may change. */
export const readContract = (): Json => parse(readFileSync(new URL('../openapi.yaml', import.meta.url), 'utf8'));

export function operationsOf(contract: Json): Operation[] {
  const resolved = (part: Json): Json => {
    if (typeof part?.$ref !== 'string') return part;
    const names: string[] = part.$ref.split('/').slice(1);
    return resolved(names.reduce((found, name) => found?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], contract));
  };
  const responseOf = (declared: Json): DeclaredResponse => {
    const { headers = {}, content = {} } = resolved(declared);
    return {
      headers: Object.keys(headers),
      contents: Object.entries<Json>(content).map(([mediaType, { examples = {} }]) => ({
        mediaType,
        examples: Object.fromEntries(Object.entries(examples).map(([name, example]) => [name, resolved(example).value])),
      })),
    };
  };
  return Object.entries<Json>(contract.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method])
      .map((method) => {
        const operation = item[method];
        const parameters: Json[] = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolved);
        const namesIn = (location: string) => parameters.filter((parameter) => parameter.in === location).map(({ name }) => name);
        return {
          operationId: operation.operationId,
          method,
          path,
          summary: operation.summary ?? '',
          isSecured: (operation.security ?? contract.security ?? []).length > 0,
          bodyType: Object.keys(resolved(operation.requestBody)?.content ?? {})[0],
          bodyBytesMax: operation['x-body-bytes-max'] ?? jsonBytesMax,
          queryNames: namesIn('query'),
          headerNames: namesIn('header'),
          responses: Object.fromEntries(Object.entries(operation.responses).map(([status, response]) => [status, responseOf(response)])),
        };
      }),
  );
}

const isParameter = (segment: string) => segment.startsWith('{');

/** Returns the operations of a path by method. If several templates match, it selects the one with the leftmost literal segments. */
export function matchPath(operations: Operation[], path: string): Map<string, Operation> {
  const segments = path.split('/');
  const matches = (template: string) => {
    const parts = template.split('/');
    return (
      parts.length === segments.length &&
      parts.every((part, index) => (isParameter(part) ? segments[index] !== '' : part === segments[index]))
    );
  };
  const rank = (template: string) =>
    template
      .split('/')
      .map((part) => (isParameter(part) ? '1' : '0'))
      .join('');
  const [best] = [...new Set(operations.map((operation) => operation.path).filter(matches))].sort((left, right) =>
    rank(left) < rank(right) ? -1 : 1,
  );
  return new Map(operations.filter((operation) => operation.path === best).map((operation) => [operation.method, operation]));
}
