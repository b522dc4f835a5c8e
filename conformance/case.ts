import type { Operation } from './contract.ts';

/** Placeholder of the token in plans and reports. Only the sender replaces it. */
export const tokenPlaceholder = 'Bearer $TOKEN';

export interface Request {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | undefined;
  /** A JavaScript expression that creates a body too long to print. */
  bodyExpression?: string;
}
interface Expectation {
  statuses: number[];
  /** A text that the response must contain: the name of the wrong part. */
  mentions?: string;
  /** Expected methods in `Allow`, for 405. */
  allow?: string[];
}
export type Kind = 'example' | 'generated' | 'negative' | 'authentication' | 'method' | 'query' | 'path' | 'lifecycle';
export interface Case {
  /** The operation, or `METHOD path` if the contract has none. */
  subject: string;
  operation: Operation | undefined;
  kind: Kind;
  title: string;
  request: Request;
  expect: Expectation;
}

/** Kinds of requests that a server refuses before it changes data. */
const refusedBeforeChanges: Kind[] = ['authentication', 'method', 'query', 'path'];
/** Returns whether a request changes no data, neither if the server accepts it nor if it refuses it. */
export const changesNothing = ({ kind, request }: Case) => ['GET', 'HEAD'].includes(request.method) || refusedBeforeChanges.includes(kind);

const neverForValidRequests = new Set([401, 403, 405, 413, 415, 429]);

/** Returns whether an operation exchanges other credentials for a token. The kit has no such credentials and sends invented ones. */
const isTokenExchange = ({ isSecured, responses }: Operation): boolean => !isSecured && 401 in responses;

/** Expected statuses of a valid request: the state of the data can still refuse it. */
export const validRequestStatuses = (operation: Operation): number[] =>
  Object.keys(operation.responses)
    .map(Number)
    .filter((status) => status < 500 && (!neverForValidRequests.has(status) || (status === 401 && isTokenExchange(operation))));

/** Returns whether a request fails to authenticate. Servers count these requests by address and may respond with 429. */
export const mayBeLimited = ({ kind, operation }: Pick<Case, 'kind' | 'operation'>): boolean =>
  operation !== undefined && 429 in operation.responses && (kind === 'authentication' || isTokenExchange(operation));

export const successStatuses = (operation: Operation): number[] => validRequestStatuses(operation).filter((status) => status < 300);

type MakeCase = (kind: Kind, title: string, request: Request, expect: Expectation) => Case;
export const caseMaker =
  (operation: Operation): MakeCase =>
  (kind, title, request, expect) => ({ subject: operation.id, operation, kind, title, request, expect });
