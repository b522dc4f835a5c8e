import type { Operation } from './contract.ts';

/** `$TOKEN` stands for the token in all that is planned and reported; only the sender knows it. */
export const goodToken = 'Bearer $TOKEN';

export interface Request {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | undefined;
  /** A JavaScript expression for a body that is too long to be printed. */
  bodyExpression?: string;
}
export interface Expectation {
  statuses: number[];
  /** A text that the answer must contain: what it complains of. */
  names?: string;
  /** The methods of the path, for 405. */
  allow?: string[];
}
export type Kind = 'example' | 'generated' | 'negative' | 'authentication' | 'method' | 'query' | 'path' | 'family';
export interface Case {
  /** The operation, or `METHOD path` where the contract has none. */
  subject: string;
  operation: Operation | undefined;
  kind: Kind;
  title: string;
  request: Request;
  expect: Expectation;
}

/** What is refused before anything can change, whatever the method. */
const refusedAtOnce: Kind[] = ['authentication', 'method', 'query', 'path'];
export const changesNothing = ({ kind, request }: Case) => ['GET', 'HEAD'].includes(request.method) || refusedAtOnce.includes(kind);

const neverForGoodRequests = new Set([401, 403, 405, 413, 415, 429]);

/** An operation that wants no token, and yet answers 401: what it authenticates by is in the request, and made up by the kit. */
export const isExchange = ({ isSecured, responses }: Operation): boolean => !isSecured && 401 in responses;

/** For a request that its schema allows: what only the data can tell may still refuse it. */
export const statusesForValid = (operation: Operation): number[] =>
  Object.keys(operation.responses)
    .map(Number)
    .filter((status) => status < 500 && (!neverForGoodRequests.has(status) || (status === 401 && isExchange(operation))));

/** Whether a request fails to authenticate, as far as the server can tell: servers count these by address, and answer 429 in the end. */
export const mayBeLimited = ({ kind, operation }: Pick<Case, 'kind' | 'operation'>): boolean =>
  operation !== undefined && 429 in operation.responses && (kind === 'authentication' || isExchange(operation));

export const successOf = (operation: Operation): number[] => statusesForValid(operation).filter((status) => status < 300);

export type Make = (kind: Kind, title: string, request: Request, expect: Expectation) => Case;
export const caseMaker =
  (operation: Operation): Make =>
  (kind, title, request, expect) => ({ subject: operation.id, operation, kind, title, request, expect });
