import type { Error as ErrorBody, FieldError } from '../generated/types.gen.ts';
import type { Operation } from './contract.ts';

export interface MockResponse {
  status: number;
  mediaType: string | undefined;
  body: unknown;
  headers?: Record<string, string>;
}

/** Thrown to refuse a request. It becomes a response in the error format of the contract. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: ErrorBody['error'];
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: ErrorBody['error'],
    message: string,
    { errors, headers = {} }: { errors?: FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }
}

const errorsMax = 50;
export const invalid = (errors: FieldError | FieldError[]) =>
  new Refusal(400, 'validation_error', 'One or more validation errors occurred', { errors: [errors].flat().slice(0, errorsMax) });

export const toResponse = ({ status, code, message, errors, headers }: Refusal): MockResponse => ({
  status,
  mediaType: 'application/json',
  body: { error: code, message, correlationId: '', ...(errors && { errors }) },
  headers,
});

/**
 * Returns a thrown value as a refusal. A thrown value that is not a refusal is a bug of the mock; the response shows its message, because the mock
 * is for developers.
 */
export const toRefusal = (thrown: unknown): Refusal =>
  thrown instanceof Refusal ? thrown : new Refusal(500, 'server_error', `The mock failed: ${(thrown as Error)?.message ?? thrown}`);

const fileNames: Record<string, string> = { 'text/csv': 'file.csv', 'text/plain': 'import.log' };

function declaredHeader(name: string, { status, mediaType }: MockResponse): string | undefined {
  switch (name) {
    case 'RateLimit':
      return status === 429 ? '"default";r=0;t=1' : '"default";r=599;t=60';
    case 'RateLimit-Policy':
      return '"default";q=600;w=60';
    case 'Retry-After':
      return '1';
    case 'WWW-Authenticate':
      return `Bearer realm="gatehouse", error="${status === 403 ? 'insufficient_scope' : 'invalid_token'}"`;
    case 'Content-Security-Policy':
      return "default-src 'none'";
    case 'ETag':
      return '"mock"';
    case 'Cache-Control':
      return 'public, no-cache';
    case 'Vary':
      return 'Accept-Encoding';
    case 'Content-Disposition':
      return `attachment; filename="${fileNames[mediaType ?? ''] ?? 'file'}"`;
    default:
      return undefined;
  }
}

const exposedHeaders =
  'X-Correlation-Id, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, Content-Disposition, Idempotency-Replayed, ETag';

/** Returns the headers of a response. The headers that the operation declares override the common ones, and those of `response` override both. */
export function headersOf(response: MockResponse, operation: Operation | undefined, correlationId: string): Record<string, string> {
  const headers: Record<string, string> = {
    'X-Correlation-Id': correlationId,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': exposedHeaders,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  };
  for (const name of operation?.responses[response.status]?.headers ?? []) {
    const value = declaredHeader(name, response);
    if (value !== undefined) headers[name] = value;
  }
  // A file has no charset, because the server stores it as uploaded.
  if (response.mediaType !== undefined)
    headers['Content-Type'] = response.mediaType === 'text/csv' ? response.mediaType : `${response.mediaType}; charset=utf-8`;
  return { ...headers, ...response.headers };
}

const isJson = (mediaType: string) => /^application\/([\w.-]+\+)?json$/.test(mediaType);

/** Returns the body as bytes. An error has the correlation id of this call instead of the one in its example. */
export function bytesOf({ status, mediaType, body }: MockResponse, correlationId: string): Buffer | undefined {
  if (mediaType === undefined || body === undefined) return undefined;
  if (typeof body === 'string' && !isJson(mediaType)) return Buffer.from(body);
  const isError = status >= 400 && typeof body === 'object' && body !== null;
  return Buffer.from(JSON.stringify(isError ? { ...body, correlationId } : body));
}
