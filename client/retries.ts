import {
  ConnectionError,
  errorFromResponse,
  type GatehouseError,
  isGatehouseError,
  retryAfterOf,
  TimeoutError,
  UnexpectedResponseError,
} from './errors.ts';
import type { Logger } from './log.ts';

export interface RetrySettings {
  timeoutMs: number;
  retries: number;
  /** Whether repeating the request has the same effect as sending it once. */
  isRepeatable: boolean;
  signal: AbortSignal | undefined;
  log: Logger;
  /** The name of the call in the log: method and path template. */
  name: string;
}
export interface CallResponse {
  data: unknown;
  response: Response;
}
/** The result of an operation of the generated client. */
export interface GeneratedResult {
  data?: unknown;
  error?: unknown;
  response?: Response | undefined;
}

const firstDelayMs = 250;
const delayMsMax = 8_000;
/** The client does not wait longer than this. It throws the error, which has `retryAfter`. */
const retryAfterSecondsMax = 60;
const transientStatuses = new Set([408, 429, 500, 502, 503, 504]);

const pause = (ms: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal?.addEventListener('abort', end, { once: true });
  });

/**
 * Returns whether a retry is useful and safe.
 *
 * After 429, a retry is always safe, because the server did not execute the request. 409 with `Retry-After` means that the same request still runs.
 */
function isRetryable(error: GatehouseError, isRepeatable: boolean): boolean {
  const { status, response } = error;
  if (status === undefined) return isRepeatable;
  const retryAfter = retryAfterOf(response);
  if (retryAfter !== undefined && retryAfter > retryAfterSecondsMax) return false;
  if (status === 409) return isRepeatable && retryAfter !== undefined;
  return status === 429 || (isRepeatable && transientStatuses.has(status));
}

/** Returns the delay before the next attempt: exponential backoff with jitter, or the server's `Retry-After` plus jitter. */
function delayMsOf(error: GatehouseError, attempt: number): number {
  const retryAfter = retryAfterOf(error.response);
  const backoff = Math.min(delayMsMax, firstDelayMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
  return retryAfter === undefined ? backoff : retryAfter * 1000 + Math.random() * firstDelayMs;
}

/** Makes one attempt. Returns a successful response, or throws a typed error. */
async function attempt(
  call: (signal: AbortSignal) => Promise<GeneratedResult>,
  { timeoutMs, signal }: RetrySettings,
): Promise<CallResponse> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const result = await call(signal ? AbortSignal.any([signal, timeout]) : timeout);
  const { response, data, error } = result;
  if (signal?.aborted) throw signal.reason;
  if (timeout.aborted && (error !== undefined || !response)) throw new TimeoutError(`No response within ${timeoutMs} ms`, { cause: error });
  if (!response) throw new ConnectionError(`No response: ${messageOf(error)}`, { cause: error });
  if (!response.ok) throw errorFromResponse(response, error);
  const type = response.headers.get('content-type') ?? '';
  const details = { status: response.status, response, cause: error };
  if (type.startsWith('text/html'))
    throw new UnexpectedResponseError(`The server responded ${response.status} with an HTML page; check baseUrl`, details);
  if (error instanceof SyntaxError) throw new UnexpectedResponseError(`The server responded ${response.status} with invalid JSON`, details);
  if (error !== undefined) throw new ConnectionError(`The response is incomplete: ${messageOf(error)}`, { ...details, status: undefined });
  return { data, response };
}

const messageOf = (error: unknown) => {
  const { message, cause } = error as { message?: string; cause?: { message?: string; code?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
};

/** Makes attempts until one succeeds, or until no retry is left or useful. Throws the last error; an abort throws the reason of `signal`. */
export async function callWithRetries(
  call: (signal: AbortSignal) => Promise<GeneratedResult>,
  settings: RetrySettings,
): Promise<CallResponse> {
  const { log, name, signal, retries, isRepeatable } = settings;
  for (let count = 1; ; count++) {
    signal?.throwIfAborted();
    const startedAt = performance.now();
    const elapsed = () => `${Math.round(performance.now() - startedAt)} ms`;
    try {
      const success = await attempt(call, settings);
      log.debug(`${name} ${success.response.status} in ${elapsed()}`);
      return success;
    } catch (error) {
      if (!isGatehouseError(error)) throw error;
      const failure = `${name} ${error.status ?? error.name} after ${elapsed()}${error.correlationId ? `, correlation id ${error.correlationId}` : ''}`;
      if (count > retries || !isRetryable(error, isRepeatable)) {
        log.info(failure);
        throw error;
      }
      const ms = delayMsOf(error, count);
      log.warn(`${failure}; retrying in ${Math.round(ms)} ms (${count} of ${retries})`);
      await pause(ms, signal);
    }
  }
}
