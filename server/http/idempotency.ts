import { createHash, randomUUID } from 'node:crypto';
import { dayMs } from '../common/durations.ts';
import { decrypt, encrypt } from '../common/encryption.ts';
import { conflict, invalid, unprocessable } from '../common/errors.ts';
import { type Db } from '../database/database.ts';
import { toInstant } from '../database/instants.ts';
import { inTransaction } from '../database/transactions.ts';
import type { AnyReply } from '../handler.ts';
import {
  findIdempotencyKey,
  insertIdempotencyKey,
  keepAnswer,
  releaseIdempotencyKey,
  takeOverIdempotencyKey,
} from './store/idempotency-keys.ts';

export const idempotencyKeyRetentionMs = dayMs;
/** Longer than any request takes once its body is read; whoever dies leaves the key to the next one after it. */
const leaseMs = 60_000;
const keyForm = /^[\x21-\x7e]{1,255}$/;

export interface KeyedRequest {
  /** What the caller sent as `Idempotency-Key`. */
  key: string;
  tokenId: string;
  /** Encrypts the answer that is kept: it holds personal data, and a new token's secret, and the database alone must not tell them. */
  secretKey: Buffer;
  /** All that makes it this request and no other. */
  content: unknown;
}

const purpose = 'gatehouse idempotency';
const aboutOf = ({ tokenId, key }: KeyedRequest) => JSON.stringify([tokenId, key]);
const hashOf = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest();
const stillRunning = () => {
  const error = conflict('The first request with this Idempotency-Key is still being done; try again');
  error.headers['Retry-After'] = '1';
  return error;
};

function firstAnswer(request: KeyedRequest, first: Buffer, now: Buffer, answer: Buffer): AnyReply {
  if (!now.equals(first)) throw unprocessable('This Idempotency-Key was used for another request; a new request needs a new key');
  const reply: AnyReply = JSON.parse(decrypt(request.secretKey, purpose, aboutOf(request), answer));
  return { ...reply, headers: { ...reply.headers, 'Idempotency-Replayed': 'true' } };
}

/**
 * Does a request once, however often it is sent under its key within 24 hours: what it does and its answer are one transaction.
 *
 * Throws 422 for another request under the same key and 409 while the first is being done. A request that is refused has done nothing, and may be sent
 * again under its key. `work` runs again after a deadlock.
 */
export async function once(db: Db, now: Date, request: KeyedRequest, work: (trx: Db) => Promise<AnyReply>): Promise<AnyReply> {
  if (!keyForm.test(request.key)) throw invalid({ field: 'Idempotency-Key', message: 'Must be 1 to 255 visible ASCII characters' });
  const key_hash = hashOf(request.tokenId, request.key);
  const claim = {
    fingerprint: hashOf(JSON.stringify(request.content)),
    lease_id: randomUUID(),
    lease_until: toInstant(new Date(now.getTime() + leaseMs)),
    created_at: toInstant(now),
  };
  if (!(await insertIdempotencyKey(db, { key_hash, ...claim }))) {
    const first = await findIdempotencyKey(db, key_hash);
    if (!first) throw stillRunning();
    const isOld = first.created_at < toInstant(new Date(now.getTime() - idempotencyKeyRetentionMs));
    if (first.answer && !isOld) return firstAnswer(request, first.fingerprint, claim.fingerprint, first.answer);
    if (first.lease_until > toInstant(now)) throw stillRunning();
    if (!(await takeOverIdempotencyKey(db, first, claim))) throw stillRunning();
  }
  try {
    return await inTransaction(db, async (trx) => {
      const reply = await work(trx);
      if (!(await keepAnswer(trx, key_hash, claim.lease_id, encrypt(request.secretKey, purpose, aboutOf(request), JSON.stringify(reply)))))
        throw stillRunning();
      return reply;
    });
  } catch (error) {
    // Should this fail, too, the key comes free when its lease ends.
    await releaseIdempotencyKey(db, key_hash, claim.lease_id).catch(() => {});
    throw error;
  }
}
