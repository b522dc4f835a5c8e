import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { hourMs } from '../common/durations.ts';
import { ApiError, unauthorized } from '../common/errors.ts';
import { toInstant } from '../database/instants.ts';
import type { Context } from '../handler.ts';
import { claimNonce } from './store/access-tokens.ts';
import type { TokenRow } from './store/token-rows.ts';

/** Maximum difference between the time in `content` and the server's time. */
const replayWindowSeconds = 300;
/** A nonce is retained this long after its window, as a margin for processes whose clocks differ and for requests that arrive late. */
const nonceMarginMs = hourMs;
/** `<Unix seconds>.<nonce>` */
const timedContent = /^(\d{1,12})\.([\x21-\x7e]{16,200})$/;

/** Decodes a hash that was sent as hexadecimal digits, in either case, or as base64. */
const bytesOf = (hash: string) => (/^[0-9a-f]{64}$/i.test(hash) ? Buffer.from(hash, 'hex') : Buffer.from(hash, 'base64'));

/** Tells, in constant time, whether a hash is the HMAC-SHA256 of the content. */
export function isHashOf(content: string, secret: string, hash: string): boolean {
  const expected = createHmac('sha256', secret).update(content).digest();
  const received = bytesOf(hash);
  return received.length === expected.length && timingSafeEqual(received, expected);
}

/** A 401 that states the reason. Only for a caller that has proven that it holds the secret. */
const refusal = (message: string) => new ApiError(401, 'unauthorized', message, { headers: unauthorized(true).headers });

/**
 * Throws 401 if the time in `content` is too far from now, or if `content` was used before, on any process. Otherwise stores its nonce.
 *
 * Must run in the transaction that issues the tokens, so that a failure does not use up the nonce.
 */
export async function checkReplay({ db, now }: Pick<Context, 'db' | 'now'>, key: TokenRow, content: string): Promise<void> {
  const [, seconds, nonce] = timedContent.exec(content) ?? [];
  if (seconds === undefined || nonce === undefined)
    throw refusal('The content must be <Unix seconds>.<nonce> for this access key, the nonce of 16 to 200 visible characters');
  const offsetSeconds = Math.abs(Math.floor(now.getTime() / 1000) - Number(seconds));
  if (offsetSeconds > replayWindowSeconds)
    throw refusal(
      `The time in the content differs from the server's by ${offsetSeconds} seconds; at most ${replayWindowSeconds} are accepted`,
    );
  const expiresAt = toInstant(new Date((Number(seconds) + replayWindowSeconds) * 1000 + nonceMarginMs));
  const nonceHash = createHash('sha256').update(content).digest();
  if (!(await claimNonce(db, key.id, nonceHash, expiresAt))) throw refusal('The nonce in the content was used before');
}
