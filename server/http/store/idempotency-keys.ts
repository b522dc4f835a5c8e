import type { Db } from '../../database/database.ts';
import { isDuplicateKey } from '../../database/database-errors.ts';
import { fromInstant, type Instant, toInstant } from '../../database/instants.ts';
import { inTransaction } from '../../database/transactions.ts';

/** A process's lease of a key while it handles the request. */
interface KeyLease {
  /** Hash of the request's content. */
  fingerprint: Buffer;
  leaseId: string;
  leaseUntil: Date;
  createdAt: Date;
}
export interface IdempotencyKey extends KeyLease {
  /** Null until the request has been handled. */
  encryptedReply: Buffer | null;
}

interface IdempotencyRow {
  key_hash: Buffer;
  fingerprint: Buffer;
  lease_id: string;
  lease_until: Instant;
  created_at: Instant;
  answer: Buffer | null;
}

/** Another process has taken the key over. Nothing was stored. */
export class LeaseLost extends Error {}

const table = 'idempotency_keys';
const deleteBatch = 1000;

const columnsOf = ({ fingerprint, leaseId, leaseUntil, createdAt }: KeyLease) => ({
  fingerprint,
  lease_id: leaseId,
  lease_until: toInstant(leaseUntil),
  created_at: toInstant(createdAt),
  answer: null,
});

/** Returns false if the key is in use. */
export async function insertIdempotencyKey(db: Db, keyHash: Buffer, lease: KeyLease): Promise<boolean> {
  try {
    await db(table).insert({ key_hash: keyHash, ...columnsOf(lease) });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

export async function findIdempotencyKey(db: Db, keyHash: Buffer): Promise<IdempotencyKey | undefined> {
  const row: IdempotencyRow | undefined = await db(table).where({ key_hash: keyHash }).first();
  return (
    row && {
      fingerprint: row.fingerprint,
      leaseId: row.lease_id,
      leaseUntil: fromInstant(row.lease_until),
      createdAt: fromInstant(row.created_at),
      encryptedReply: row.answer,
    }
  );
}

/** Takes over a key whose lease has expired or whose reply is too old. Returns false if another process was faster. */
export const takeOverIdempotencyKey = async (db: Db, keyHash: Buffer, oldLeaseId: string, lease: KeyLease): Promise<boolean> =>
  (await db(table).where({ key_hash: keyHash, lease_id: oldLeaseId }).update(columnsOf(lease))) > 0;

/** Runs work and stores its encrypted reply in one transaction. Throws `LeaseLost`, and stores nothing, if the key was taken over. */
export const runUnderLease = <Reply>(
  db: Db,
  keyHash: Buffer,
  leaseId: string,
  work: (trx: Db) => Promise<{ reply: Reply; encrypted: Buffer }>,
): Promise<Reply> =>
  inTransaction(db, async (trx) => {
    const { reply, encrypted } = await work(trx);
    const stored = await trx(table).where({ key_hash: keyHash, lease_id: leaseId }).update({ answer: encrypted });
    if (stored === 0) throw new LeaseLost();
    return reply;
  });

/** Frees a key whose request changed nothing. */
export const releaseIdempotencyKey = async (db: Db, keyHash: Buffer, leaseId: string): Promise<void> => {
  await db(table).where({ key_hash: keyHash, lease_id: leaseId }).whereNull('answer').delete();
};

export const deleteAllIdempotencyKeys = (db: Db): Promise<number> => db(table).delete();

/** Deletes one batch of keys that were first used before an instant. Returns true if there may be more. */
export async function deleteOldIdempotencyKeys(db: Db, before: Date): Promise<boolean> {
  const old: Pick<IdempotencyRow, 'key_hash'>[] = await db(table)
    .where('created_at', '<', toInstant(before))
    .orderBy('created_at')
    .limit(deleteBatch)
    .select('key_hash');
  const hashes = old.map(({ key_hash }) => key_hash);
  if (hashes.length > 0) await db(table).whereIn('key_hash', hashes).where('created_at', '<', toInstant(before)).delete();
  return old.length === deleteBatch;
}
