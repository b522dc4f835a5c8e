import type { IncomingMessage } from 'node:http';
import { ApiError, invalid, payloadTooLarge } from '../common/errors.ts';
import type { BodyShare } from './body-budget.ts';

/** The limits under which a body is read. */
interface BodyTerms {
  bytesMax: number;
  /** Time that a body of any size may take. */
  graceMs: number;
  bytesPerSecondMin: number;
  /** Asks a client that waits for permission (`Expect: 100-continue`) to send the body. */
  admit: () => void;
}

export const bodyTooSlow = () => new ApiError(408, 'request_timeout', 'The body did not arrive in time; send the request again');
export const bodyIncomplete = () => invalid({ field: 'body', message: 'Is incomplete; send the request again' });

/** Calls `expire` when `msLeft` is 0 or less. Looks again each time that the returned milliseconds have passed. Returns a function that ends the watch. */
export function whenOverdue(msLeft: () => number, expire: () => void): () => void {
  let timer = setTimeout(check, msLeft());
  function check() {
    const left = msLeft();
    if (left > 0) timer = setTimeout(check, left);
    else expire();
  }
  return () => clearTimeout(timer);
}

/**
 * Reads a whole body into memory.
 *
 * Throws 400 for a client that disconnects, 408 for a body that is too slow, 413 for one that is too large, and the error with which the budget
 * refuses its share. The rest of a refused body stays unread.
 */
export async function readBodyBytes(request: IncomingMessage, terms: BodyTerms, share: BodyShare): Promise<Buffer> {
  const { bytesMax, graceMs, bytesPerSecondMin } = terms;
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw payloadTooLarge(bytesMax);
  if (request.destroyed) throw bodyIncomplete();
  terms.admit();
  const chunks: Buffer[] = [];
  const startedAt = performance.now();
  let received = 0;
  return new Promise((resolve, reject) => {
    const isInTime = () => startedAt + graceMs + (received / bytesPerSecondMin) * 1000 - performance.now();
    const endWatch = whenOverdue(isInTime, () => fail(bodyTooSlow()));
    const stop = () => {
      endWatch();
      request.off('data', take).off('end', complete).off('close', breakOff).off('error', breakOff);
    };
    const fail = (error: unknown) => {
      stop();
      request.pause();
      reject(error);
    };
    const breakOff = () => fail(bodyIncomplete());
    const complete = () => {
      stop();
      share.complete();
      resolve(Buffer.concat(chunks));
    };
    const take = (chunk: Buffer) => {
      received += chunk.length;
      if (received > bytesMax) return fail(payloadTooLarge(bytesMax));
      chunks.push(chunk);
      share.add(chunk.length);
    };
    share.onRefusal(fail);
    request.on('data', take).once('end', complete).once('close', breakOff).once('error', breakOff);
  });
}
