import { type Db } from '../../database/database.ts';
import { isDuplicateKey } from '../../database/database-errors.ts';
import { type Instant, toInstant } from '../../database/instants.ts';

/** A request that was sent under a key of the caller's, and what became of it. */
export interface IdempotencyRow {
  key_hash: Buffer;
  fingerprint: Buffer;
  lease_id: string;
  lease_until: Instant;
  created_at: Instant;
  answer: Buffer | null;
}

const table = 'idempotency_keys';
const deleteStep = 1000;

/** False when the key is in use already. */
export async function insertIdempotencyKey(db: Db, row: Omit<IdempotencyRow, 'answer'>): Promise<boolean> {
  try {
    await db(table).insert({ ...row, answer: null });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

export const findIdempotencyKey = (db: Db, keyHash: Buffer): Promise<IdempotencyRow | undefined> =>
  db<IdempotencyRow>(table).where({ key_hash: keyHash }).first();

/** Takes a request over whose process is gone, or whose time is. False when another one was faster. */
export const takeOverIdempotencyKey = async (
  db: Db,
  { key_hash, lease_id }: IdempotencyRow,
  taken: Omit<IdempotencyRow, 'key_hash' | 'answer'>,
): Promise<boolean> =>
  (await db(table)
    .where({ key_hash, lease_id })
    .update({ ...taken, answer: null })) > 0;

/** Keeps the answer, in the transaction that did what it tells of. False when the request is no longer ours. */
export const keepAnswer = async (trx: Db, keyHash: Buffer, leaseId: string, answer: Buffer): Promise<boolean> =>
  (await trx(table).where({ key_hash: keyHash, lease_id: leaseId }).update({ answer })) > 0;

/** Gives the key back; the request has done nothing. */
export const releaseIdempotencyKey = async (db: Db, keyHash: Buffer, leaseId: string): Promise<void> => {
  await db(table).where({ key_hash: keyHash, lease_id: leaseId }).whereNull('answer').delete();
};

/** Forgets some keys that were first used before an instant. Answers whether there may be more. */
export async function deleteOldIdempotencyKeys(db: Db, before: Date): Promise<boolean> {
  const old: Pick<IdempotencyRow, 'key_hash'>[] = await db(table)
    .where('created_at', '<', toInstant(before))
    .orderBy('created_at')
    .limit(deleteStep)
    .select('key_hash');
  if (old.length > 0)
    await db(table)
      .whereIn(
        'key_hash',
        old.map(({ key_hash }) => key_hash),
      )
      .where('created_at', '<', toInstant(before))
      .delete();
  return old.length === deleteStep;
}
