import type { Error as ErrorBody, FieldError } from '../generated/types.gen.ts';

const brand = Symbol.for('gatehouse.error');

interface Details {
  /** The HTTP status; undefined if there was no response. */
  status?: number | undefined;
  code?: ErrorBody['error'] | undefined;
  fields?: FieldError[] | undefined;
  correlationId?: string | undefined;
  response?: Response | undefined;
  cause?: unknown;
}

/** The base class of all errors of this client. If the caller aborts, the reason of its signal is thrown instead. */
export class GatehouseError extends Error {
  override name = 'GatehouseError';
  readonly status: number | undefined;
  /** The error code, for programs. A newer server may send codes that this version does not know. */
  readonly code: ErrorBody['error'] | undefined;
  /** One entry for each invalid field. */
  readonly fields: FieldError[];
  /** Identifies the call in the server's log. */
  readonly correlationId: string | undefined;
  readonly response: Response | undefined;

  constructor(message: string, { cause, ...details }: Details = {}) {
    super(message, { cause });
    Object.defineProperty(this, brand, { value: true });
    this.status = details.status;
    this.code = details.code;
    this.fields = details.fields ?? [];
    this.correlationId = details.correlationId;
    this.response = details.response;
  }
}

/** There was no response, or it was incomplete: the server is unreachable, or the connection broke. */
export class ConnectionError extends GatehouseError {
  override name = 'ConnectionError';
}
/** There was no response within `timeoutMs`. */
export class TimeoutError extends GatehouseError {
  override name = 'TimeoutError';
}
/** A response that does not come from a Gatehouse server, such as an HTML page of a proxy. */
export class UnexpectedResponseError extends GatehouseError {
  override name = 'UnexpectedResponseError';
}
/** 400. `fields` lists the invalid fields. */
export class ValidationError extends GatehouseError {
  override name = 'ValidationError';
}
export class UnauthorizedError extends GatehouseError {
  override name = 'UnauthorizedError';
}
export class ForbiddenError extends GatehouseError {
  override name = 'ForbiddenError';
}
export class NotFoundError extends GatehouseError {
  override name = 'NotFoundError';
}
export class ConflictError extends GatehouseError {
  override name = 'ConflictError';
}
export class UnprocessableError extends GatehouseError {
  override name = 'UnprocessableError';
}
export class TooManyRequestsError extends GatehouseError {
  override name = 'TooManyRequestsError';
  /** How long the server asks to wait, in seconds. */
  readonly retryAfter: number | undefined;
  constructor(message: string, details: Details = {}) {
    super(message, details);
    this.retryAfter = retryAfterOf(details.response);
  }
}
/** Any other 4xx. */
export class ClientError extends GatehouseError {
  override name = 'ClientError';
}
/** 5xx. */
export class ServerError extends GatehouseError {
  override name = 'ServerError';
}

/** Returns the `Retry-After` of a response in seconds. The header contains seconds or a date. */
export function retryAfterOf(response: Response | undefined, now = Date.now()): number | undefined {
  const value = response?.headers.get('retry-after');
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

const classes: Record<number, new (message: string, details: Details) => GatehouseError> = {
  400: ValidationError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableError,
  429: TooManyRequestsError,
};

const isErrorBody = (body: unknown): body is ErrorBody =>
  typeof body === 'object' && body !== null && 'error' in body && 'message' in body && typeof body.message === 'string';

/** Creates the typed error for an error response. */
export function errorFromResponse(response: Response, body: unknown): GatehouseError {
  const { status } = response;
  const correlationId = response.headers.get('x-correlation-id') ?? undefined;
  const Class = classes[status] ?? (status >= 500 ? ServerError : ClientError);
  if (!isErrorBody(body)) {
    const type = response.headers.get('content-type') ?? 'no body';
    return new Class(`The server responded ${status} with ${type}`, { status, correlationId, response });
  }
  const fields = (body.errors ?? []).map(({ field, message }) => `${field}: ${message}`).join('; ');
  return new Class(fields ? `${body.message} (${fields})` : body.message, {
    status,
    code: body.error,
    fields: body.errors,
    correlationId: body.correlationId ?? correlationId,
    response,
  });
}

/** Returns whether this is an error of the client. Also recognizes errors of another copy of this package, unlike `instanceof`. */
export const isGatehouseError = (error: unknown): error is GatehouseError =>
  typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[brand] === true;
const isNamed =
  <Class extends GatehouseError>(name: string) =>
  (error: unknown): error is Class =>
    isGatehouseError(error) && error.name === name;

export const isConnectionError = isNamed<ConnectionError>('ConnectionError');
export const isTimeoutError = isNamed<TimeoutError>('TimeoutError');
export const isUnexpectedResponseError = isNamed<UnexpectedResponseError>('UnexpectedResponseError');
export const isValidationError = isNamed<ValidationError>('ValidationError');
export const isUnauthorizedError = isNamed<UnauthorizedError>('UnauthorizedError');
export const isForbiddenError = isNamed<ForbiddenError>('ForbiddenError');
export const isNotFoundError = isNamed<NotFoundError>('NotFoundError');
export const isConflictError = isNamed<ConflictError>('ConflictError');
export const isUnprocessableError = isNamed<UnprocessableError>('UnprocessableError');
export const isTooManyRequestsError = isNamed<TooManyRequestsError>('TooManyRequestsError');
export const isServerError = isNamed<ServerError>('ServerError');
