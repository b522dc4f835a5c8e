import { isDuplicateKey } from '../database/database-errors.ts';
import { conflict } from './errors.ts';

/**
 * Runs `work` and turns a duplicate key error of the database into a 409 that names the key.
 *
 * No query before the insert could replace this: a concurrent request may insert the same key in between.
 */
export async function conflictOnDuplicateKey<Result>(
  kind: string,
  resource: string,
  key: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict(`${kind} ${key} already exists`, [{ resource, fields: [] }]);
    throw error;
  }
}
