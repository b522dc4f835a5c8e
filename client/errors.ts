import type { Error as ErrorBody, FieldError } from '../generated/types.gen.ts';

const brand = Symbol.for('gatehouse.error');

interface Details {
  /** The answer's status; undefined where there was no answer. */
  status?: number | undefined;
  code?: ErrorBody['error'] | undefined;
  fields?: FieldError[] | undefined;
  correlationId?: string | undefined;
  response?: Response | undefined;
  cause?: unknown;
}

/** Whatever a call may fail with, but for an abort of the caller's own, which is thrown as it is. */
export class GatehouseError extends Error {
  override name = 'GatehouseError';
  readonly status: number | undefined;
  /** What programs decide by; a server may have codes that this version does not know. */
  readonly code: ErrorBody['error'] | undefined;
  /** One entry for each field at fault. */
  readonly fields: FieldError[];
  /** Under which the server's log tells more. */
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

/** No answer came: the server is away, or the connection broke. */
export class ConnectionError extends GatehouseError {
  override name = 'ConnectionError';
}
/** No answer came in time. */
export class TimeoutError extends GatehouseError {
  override name = 'TimeoutError';
}
/** An answer that no Gatehouse gives, such as the page of a proxy. */
export class UnexpectedResponseError extends GatehouseError {
  override name = 'UnexpectedAnswerError';
}
/** 400: `fields` says what is wrong with what. */
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

/** Seconds, from seconds or a date. */
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

/** The one place that makes an error of an answer. */
export function errorFromResponse(response: Response, body: unknown): GatehouseError {
  const { status } = response;
  const correlationId = response.headers.get('x-correlation-id') ?? undefined;
  const Class = classes[status] ?? (status >= 500 ? ServerError : ClientError);
  if (!isErrorBody(body)) {
    const type = response.headers.get('content-type') ?? 'nothing';
    return new Class(`The server answered ${status} with ${type}`, { status, correlationId, response });
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

/** True for errors of another copy of this package as well. */
export const isGatehouseError = (error: unknown): error is GatehouseError =>
  typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[brand] === true;
const named =
  <Class extends GatehouseError>(name: string) =>
  (error: unknown): error is Class =>
    isGatehouseError(error) && error.name === name;

export const isConnectionError = named<ConnectionError>('ConnectionError');
export const isTimeoutError = named<TimeoutError>('TimeoutError');
export const isUnexpectedResponseError = named<UnexpectedResponseError>('UnexpectedAnswerError');
export const isValidationError = named<ValidationError>('ValidationError');
export const isUnauthorizedError = named<UnauthorizedError>('UnauthorizedError');
export const isForbiddenError = named<ForbiddenError>('ForbiddenError');
export const isNotFoundError = named<NotFoundError>('NotFoundError');
export const isConflictError = named<ConflictError>('ConflictError');
export const isUnprocessableError = named<UnprocessableError>('UnprocessableError');
export const isTooManyRequestsError = named<TooManyRequestsError>('TooManyRequestsError');
export const isServerError = named<ServerError>('ServerError');
