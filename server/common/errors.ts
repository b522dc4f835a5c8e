import type { Error as ErrorBody, FieldError } from '../../generated/types.gen.ts';
import { isOutOfSpace, isUnavailable } from '../database/database-errors.ts';
import { isCommitUnknown } from '../database/transactions.ts';

type ErrorCode = ErrorBody['error'];

/**
 * Stored data that a refusal reveals, by its message or because it decided the refusal: fields of a resource. No fields means only that an object
 * exists or does not exist.
 */
export interface Reveals {
  resource: string;
  fields: string[];
}

/** A wrong field of a request. */
export interface InvalidField extends FieldError {
  reveals?: Reveals[];
  /** The message for a caller who may not read what this one reveals. */
  otherwise?: string;
  /** The field of the request that such a caller is told, if `field` itself reveals stored data. */
  requestField?: string;
}

/** An error whose `message` is sent to the client. The `cause` is only logged. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly errors: InvalidField[] | undefined;
  readonly headers: Record<string, string>;
  readonly reveals: Reveals[];
  /** The field of the request that a caller is told who may not read what the error reveals. */
  readonly requestField: string | undefined;

  constructor(
    status: number,
    code: ErrorCode,
    message: string,
    options: {
      errors?: InvalidField[];
      headers?: Record<string, string>;
      cause?: unknown;
      reveals?: Reveals[];
      requestField?: string | undefined;
    } = {},
  ) {
    // No stack trace: the location of a refusal is not useful, and collecting the trace takes longer than the response.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message, { cause: options.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.status = status;
    this.code = code;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
    this.reveals = options.reveals ?? [];
    this.requestField = options.requestField;
  }
}

const errorsMax = 50;
/** Maximum lengths of the texts of an error, as the contract declares them. Texts of a request can be in them. */
const [messageLengthMax, fieldLengthMax, fieldMessageLengthMax] = [4000, 1000, 2000];

/** Returns a 400 with the fields that are wrong, 50 at most. Takes a list, because spread arguments of a long list exhaust the stack. */
export function invalid(errors: InvalidField | InvalidField[]): ApiError {
  const all = Array.isArray(errors) ? errors : [errors];
  const message =
    all.length > errorsMax
      ? `More than ${errorsMax} validation errors occurred; the first ${errorsMax} are listed`
      : 'One or more validation errors occurred';
  return new ApiError(400, 'validation_error', message, { errors: all.slice(0, errorsMax) });
}

/**
 * Returns a 401 with the same message for every reason, so that it does not reveal which tokens exist.
 *
 * `presented` tells whether the request contained a credential: RFC 6750 then requires `error="invalid_token"`.
 */
export const unauthorized = (presented: boolean) =>
  new ApiError(401, 'unauthorized', 'Invalid or expired authentication token', {
    headers: { 'WWW-Authenticate': presented ? 'Bearer realm="gatehouse", error="invalid_token"' : 'Bearer realm="gatehouse"' },
  });

export const forbidden = (message: string, reveals: Reveals[] = []) =>
  new ApiError(403, 'forbidden', message, {
    reveals,
    headers: { 'WWW-Authenticate': 'Bearer realm="gatehouse", error="insufficient_scope"' },
  });

/** Returns a 404 for an object of a resource. `fields` are those that decide whether it is found. */
export const notFound = (kind: string, id: string, resource: string, fields: string[] = []) =>
  new ApiError(404, 'not_found', `${kind} with id ${id} not found`, { reveals: [{ resource, fields }] });

/** Returns the row, or throws a 404 if it is undefined. */
export function orNotFound<Row>(row: Row | undefined, kind: string, id: string, resource: string): Row {
  if (row === undefined) throw notFound(kind, id, resource);
  return row;
}

export const noSuchPath = () => new ApiError(404, 'not_found', 'This path does not exist; /openapi.yaml lists all paths');

export const methodNotAllowed = (method: string, allow: string[]) =>
  new ApiError(405, 'method_not_allowed', `This path does not support ${method}; it supports ${allow.join(', ')}`, {
    headers: { Allow: allow.join(', ') },
  });

export const conflict = (message: string, reveals: Reveals[]) => new ApiError(409, 'conflict', message, { reveals });

export const payloadTooLarge = (bytesMax: number) => new ApiError(413, 'payload_too_large', `The body is larger than ${bytesMax} bytes`);

export const unsupportedMediaType = (message: string) => new ApiError(415, 'unsupported_media_type', message);

export const unprocessable = (message: string, reveals: Reveals[], requestField?: string) =>
  new ApiError(422, 'unprocessable_entity', message, { reveals, requestField });

export const tooManyRequests = (message: string, retryAfterSeconds: number) =>
  new ApiError(429, 'too_many_requests', message, { headers: { 'Retry-After': String(retryAfterSeconds) } });

export const unavailable = (message: string, cause?: unknown) =>
  new ApiError(503, 'unavailable', message, { headers: { 'Retry-After': '1' }, cause });

const serverError = (cause: unknown) =>
  new ApiError(500, 'server_error', 'An unexpected error occurred; give the correlation id to the operator of this server', { cause });

/** Tells whether the changes of a request that failed with this error may be stored. */
export const mayBeStored = (thrown: unknown): boolean => isCommitUnknown(thrown);

/**
 * Turns anything that was thrown into the error of a response.
 *
 * Only an `ApiError` is sent with its own text. A database that cannot be reached and a full disk are a 503, everything else a 500 with a fixed text.
 */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (isOutOfSpace(thrown)) return unavailable('There is no space to store this; free space on the disk of the server', thrown);
  if (mayBeStored(thrown))
    return unavailable(
      'The database broke off while it stored the changes, so they may be stored; check that, or send the request again with its Idempotency-Key',
      thrown,
    );
  return isUnavailable(thrown) ? unavailable("The database can't be reached; try again", thrown) : serverError(thrown);
}

export const toErrorBody = (error: ApiError, correlationId: string): ErrorBody => ({
  error: error.code,
  message: error.message.slice(0, messageLengthMax),
  correlationId,
  ...(error.errors && {
    errors: error.errors.map(({ field, message }) => ({
      field: field.slice(0, fieldLengthMax),
      message: message.slice(0, fieldMessageLengthMax),
    })),
  }),
});
