import { isDuplicateKey } from '../database/database-errors.ts';

const attemptsMax = 5;

/**
 * Runs `work` again after a duplicate key, at most 5 times in total.
 *
 * If two requests create the same row at the same time, the second one fails. When its `work` runs again, it finds the row.
 */
export async function retryOnDuplicateKey<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isDuplicateKey(error) || attempt === attemptsMax) throw error;
    }
  }
}
