import { isDuplicateKey } from '../database/database-errors.ts';

const tries = 5;

/** Of two that create the same thing at the same moment, the second finds it when it looks again. */
export async function retryOnDuplicateKey<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let count = 1; ; count++) {
    try {
      return await work();
    } catch (error) {
      if (!isDuplicateKey(error) || count === tries) throw error;
    }
  }
}
