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
  /** Whether doing it twice is doing it once. */
  isRepeatable: boolean;
  signal: AbortSignal | undefined;
  log: Logger;
  /** What the log calls it. */
  name: string;
}
export interface CallResponse {
  data: unknown;
  response: Response;
}
/** What the generated client answers with. */
export interface GeneratedResult {
  data?: unknown;
  error?: unknown;
  response?: Response | undefined;
}

const firstDelayMs = 250;
const delayMsMax = 8_000;
/** Longer than this the caller decides, who learns of it from the error. */
const retryAfterSecondsMax = 60;
const passing = new Set([408, 429, 500, 502, 503, 504]);

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

/** Whether another attempt may do better, and may be made: one that was refused for its number, or that is still being done, was not done. */
function mayPass(error: GatehouseError, isRepeatable: boolean): boolean {
  const { status, response } = error;
  if (status === undefined) return isRepeatable;
  const retryAfter = retryAfterOf(response);
  if (retryAfter !== undefined && retryAfter > retryAfterSecondsMax) return false;
  if (status === 409) return isRepeatable && retryAfter !== undefined;
  return status === 429 || (isRepeatable && passing.has(status));
}

/** Longer after each failure, and never the same for two clients that failed together; the server's word counts. */
function delayMsOf(error: GatehouseError, attempt: number): number {
  const retryAfter = retryAfterOf(error.response);
  const backoff = Math.min(delayMsMax, firstDelayMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
  return retryAfter === undefined ? backoff : retryAfter * 1000 + Math.random() * firstDelayMs;
}

/** One attempt: an answer that is a success, or a throw. */
async function attempt(
  call: (signal: AbortSignal) => Promise<GeneratedResult>,
  { timeoutMs, signal }: RetrySettings,
): Promise<CallResponse> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const result = await call(signal ? AbortSignal.any([signal, timeout]) : timeout);
  const { response, data, error } = result;
  if (signal?.aborted) throw signal.reason;
  if (timeout.aborted && (error !== undefined || !response)) throw new TimeoutError(`No answer within ${timeoutMs} ms`, { cause: error });
  if (!response) throw new ConnectionError(`No answer: ${messageOf(error)}`, { cause: error });
  if (!response.ok) throw errorFromResponse(response, error);
  const type = response.headers.get('content-type') ?? '';
  const details = { status: response.status, response, cause: error };
  if (type.startsWith('text/html'))
    throw new UnexpectedResponseError(`The server answered ${response.status} with a page; is this the right address?`, details);
  if (error instanceof SyntaxError) throw new UnexpectedResponseError(`The server answered ${response.status} with broken JSON`, details);
  if (error !== undefined) throw new ConnectionError(`The answer broke off: ${messageOf(error)}`, { ...details, status: undefined });
  return { data, response };
}

const messageOf = (error: unknown) => {
  const { message, cause } = error as { message?: string; cause?: { message?: string; code?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
};

/** Attempts until one succeeds, or no other can. */
export async function callWithRetries(
  call: (signal: AbortSignal) => Promise<GeneratedResult>,
  settings: RetrySettings,
): Promise<CallResponse> {
  const { log, name, signal, retries, isRepeatable } = settings;
  for (let count = 1; ; count++) {
    signal?.throwIfAborted();
    const begun = performance.now();
    const took = () => `${Math.round(performance.now() - begun)} ms`;
    try {
      const answered = await attempt(call, settings);
      log.debug(`${name} ${answered.response.status} in ${took()}`);
      return answered;
    } catch (error) {
      if (!isGatehouseError(error)) throw error;
      const what = `${name} ${error.status ?? error.name} after ${took()}${error.correlationId ? `, correlation id ${error.correlationId}` : ''}`;
      if (count > retries || !mayPass(error, isRepeatable)) {
        log.info(what);
        throw error;
      }
      const ms = delayMsOf(error, count);
      log.warn(`${what}; trying again in ${Math.round(ms)} ms (${count} of ${retries})`);
      await pause(ms, signal);
    }
  }
}
