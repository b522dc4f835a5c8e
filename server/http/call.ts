import type { IncomingMessage } from 'node:http';
import type { LogFacts } from '../calls/api-log-row.ts';
import type { UploadedFile } from '../handler.ts';

/** One HTTP request as it arrived. */
export interface ReceivedCall {
  request: IncomingMessage;
  correlationId: string;
  receivedAt: Date;
  /** `performance.now()` on arrival, for durations. */
  startedMs: number;
  method: string;
  /** Percent-encoded, without the query. */
  path: string;
  querystring: string;
  address: string;
  /** Asks a client that waits for permission (`Expect: 100-continue`) to send the body. */
  admitBody: () => void;
}

/** A call with those results of its completed steps that a failed call or a log needs. */
export interface CallProgress extends ReceivedCall, LogFacts {
  operationId?: string;
  files?: UploadedFile[];
  /** Frees the memory budget of the body. */
  releaseBody?: () => void;
  /** Rate limit headers of the response. */
  limitHeaders?: Record<string, string>;
  /** Set once the handler has replied. The uploaded files are then in use and are not removed. */
  isHandled?: true;
}

/** A failed step: the error, and what the steps before it had returned. */
export class StoppedCall {
  readonly progress: CallProgress;
  readonly error: unknown;

  constructor(progress: CallProgress, error: unknown) {
    this.progress = progress;
    this.error = error;
  }
}

/** Returns the failed step. If steps are nested, this is the innermost one, which knows most about the call. */
export const stoppedAt = (progress: CallProgress, thrown: unknown): StoppedCall =>
  thrown instanceof StoppedCall ? thrown : new StoppedCall(progress, thrown);

/**
 * Runs one step of a call. Returns the call with the members that the step returned; a step that only checks returns nothing.
 *
 * Steps never write into the call that they receive. A step that throws stops the call; the log still gets the results of the steps before it.
 */
export async function step<Before extends CallProgress, Result extends object = object>(
  before: Before,
  run: (call: Before) => Result | undefined | Promise<Result | undefined>,
): Promise<Before & Result> {
  try {
    const result = await run(before);
    return result === undefined ? (before as Before & Result) : { ...before, ...result };
  } catch (thrown) {
    throw stoppedAt(before, thrown);
  }
}
