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
}

/** A call with everything that the completed steps returned, as far as a failed call or a log needs it. */
export interface CallProgress extends ReceivedCall, LogFacts {
  operationId?: string;
  files?: UploadedFile[];
  /** Rate limit headers of the response. */
  limitHeaders?: Record<string, string>;
  /** Set once the handler has replied: from then on the files belong to what it did. */
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

/** Keeps the progress of the innermost failed step when steps are nested. */
export const stoppedAt = (progress: CallProgress, thrown: unknown): StoppedCall =>
  thrown instanceof StoppedCall ? thrown : new StoppedCall(progress, thrown);

/**
 * Runs one step of a call. Returns the call with the members that the step returned; a step that only checks returns nothing.
 *
 * Steps never write into the call that they receive. A step that throws stops the call; the log still learns what was known before it.
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
