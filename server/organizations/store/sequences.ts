import type { Db } from '../../database/database.ts';

/** The resources that are numbered 1, 2, 3… within each environment. */
const sequences = ['application_imports', 'personnel_events', 'access_requests'] as const;
type Sequence = (typeof sequences)[number];

/** Adds all sequences of a new environment, which start at 1. */
export const insertSequences = async (trx: Db, environmentId: string): Promise<void> => {
  await trx('sequences').insert(sequences.map((name) => ({ environment_id: environmentId, name, value: 0 })));
};

/** Returns the next `count` numbers. The sequence's row stays locked until the transaction ends, so no number is used twice or skipped. */
export async function nextNumbers(trx: Db, environmentId: string, name: Sequence, count: number): Promise<number[]> {
  const row = () => trx('sequences').where({ environment_id: environmentId, name });
  await row().increment('value', count);
  const { value } = await row().first();
  return Array.from({ length: count }, (_, index) => value - count + 1 + index);
}

export const nextNumber = async (trx: Db, environmentId: string, name: Sequence): Promise<number> =>
  (await nextNumbers(trx, environmentId, name, 1))[0] as number;

/** Sets the last used number: the next one is `value + 1`. */
export const setLastNumber = async (trx: Db, environmentId: string, name: Sequence, value: number): Promise<void> => {
  await trx('sequences').where({ environment_id: environmentId, name }).update({ value });
};
