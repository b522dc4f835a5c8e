import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface DeclaredContent {
  mediaType: string;
  examples: Record<string, unknown>;
}
export interface DeclaredResponse {
  headers: string[];
  /** By media type, the one that is sent unasked first; empty where the answer has no body. */
  contents: DeclaredContent[];
}

export interface Operation {
  operationId: string;
  method: string;
  path: string;
  summary: string;
  isSecured: boolean;
  /** The media type of the request's body; undefined where none is read. */
  bodyType: string | undefined;
  queryNames: string[];
  /** As the contract writes them. */
  headerNames: string[];
  responses: Record<string, DeclaredResponse>;
}

// biome-ignore lint/suspicious/noExplicitAny: a contract is looked into here, and nowhere else.
type Json = any;
const methods = ['get', 'put', 'post', 'patch', 'delete'];

/** The contract as it is now; every call reads it again, and who gets it may change it. */
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
        const namesIn = (place: string) => parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
        return {
          operationId: operation.operationId,
          method,
          path,
          summary: operation.summary ?? '',
          isSecured: (operation.security ?? contract.security ?? []).length > 0,
          bodyType: Object.keys(resolved(operation.requestBody)?.content ?? {})[0],
          queryNames: namesIn('query'),
          headerNames: namesIn('header'),
          responses: Object.fromEntries(Object.entries(operation.responses).map(([status, response]) => [status, responseOf(response)])),
        };
      }),
  );
}

const isParameter = (segment: string) => segment.startsWith('{');

/** The operations of a path by method: of paths that fit, the one that says more in literal segments, from the left. */
export function matchPath(operations: Operation[], path: string): Map<string, Operation> {
  const segments = path.split('/');
  const fits = (template: string) => {
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
  const [best] = [...new Set(operations.map((operation) => operation.path).filter(fits))].sort((one, other) =>
    rank(one) < rank(other) ? -1 : 1,
  );
  return new Map(operations.filter((operation) => operation.path === best).map((operation) => [operation.method, operation]));
}
