import { createHash, randomUUID } from 'node:crypto';
import { dayMs } from '../common/durations.ts';
import { decrypt, encrypt } from '../common/encryption.ts';
import { conflict, invalid, unprocessable } from '../common/errors.ts';
import type { AnyReply, Context } from '../handler.ts';
import {
  findIdempotencyKey,
  insertIdempotencyKey,
  LeaseLost,
  releaseIdempotencyKey,
  runUnderLease,
  takeOverIdempotencyKey,
} from './store/idempotency-keys.ts';

type Db = Context['db'];

export const idempotencyKeyRetentionMs = dayMs;
/** Longer than any handler runs. The key of a process that died becomes free after this time. */
const leaseMs = 60_000;
const keyForm = /^[\x21-\x7e]{1,255}$/;
const encryptionPurpose = 'gatehouse idempotency';

export interface KeyedRequest {
  /** The header `Idempotency-Key`. */
  key: string;
  tokenId: string;
  /** Encrypts the stored response, which may hold personal data or a new secret. The database alone must not reveal them. */
  secretKey: Buffer;
  /** All input of the request. The same key with other content is refused. */
  content: unknown;
}

const subjectOf = ({ tokenId, key }: KeyedRequest) => JSON.stringify([tokenId, key]);
const hashOf = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest();

function stillRunning() {
  const error = conflict('The first request with this Idempotency-Key is still running; try again', []);
  error.headers['Retry-After'] = '1';
  return error;
}

function replayOf(request: KeyedRequest, encrypted: Buffer): AnyReply {
  const reply: AnyReply = JSON.parse(decrypt(request.secretKey, encryptionPurpose, subjectOf(request), encrypted));
  return { ...reply, headers: { ...reply.headers, 'Idempotency-Replayed': 'true' } };
}

/**
 * Executes a request only once, even if it is sent several times with the same key within 24 hours. One transaction commits its changes and its
 * stored response.
 *
 * Later requests get the first response, with `Idempotency-Replayed: true`. Throws 422 for another request under the same key, and 409 while the
 * first one is running. A refused request has changed nothing and frees its key. `handle` runs again after a deadlock.
 */
export async function runOnce(db: Db, now: Date, request: KeyedRequest, handle: (trx: Db) => Promise<AnyReply>): Promise<AnyReply> {
  if (!keyForm.test(request.key)) throw invalid({ field: 'Idempotency-Key', message: 'Must be 1 to 255 visible ASCII characters' });
  const keyHash = hashOf(request.tokenId, request.key);
  const lease = {
    fingerprint: hashOf(JSON.stringify(request.content)),
    leaseId: randomUUID(),
    leaseUntil: new Date(now.getTime() + leaseMs),
    createdAt: now,
  };
  if (!(await insertIdempotencyKey(db, keyHash, lease))) {
    const first = await findIdempotencyKey(db, keyHash);
    if (!first) throw stillRunning();
    const isRetained = first.createdAt.getTime() >= now.getTime() - idempotencyKeyRetentionMs;
    if (first.encryptedReply && isRetained) {
      if (!lease.fingerprint.equals(first.fingerprint))
        throw unprocessable('This Idempotency-Key was used for another request; a new request needs a new key', []);
      return replayOf(request, first.encryptedReply);
    }
    if (first.leaseUntil > now) throw stillRunning();
    if (!(await takeOverIdempotencyKey(db, keyHash, first.leaseId, lease))) throw stillRunning();
  }
  try {
    return await runUnderLease(db, keyHash, lease.leaseId, async (trx) => {
      const reply = await handle(trx);
      return { reply, encrypted: encrypt(request.secretKey, encryptionPurpose, subjectOf(request), JSON.stringify(reply)) };
    });
  } catch (error) {
    // If this fails, the key becomes free when its lease expires.
    await releaseIdempotencyKey(db, keyHash, lease.leaseId).catch(() => {});
    throw error instanceof LeaseLost ? stillRunning() : error;
  }
}
