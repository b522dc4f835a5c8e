import { insertAdministratorToken } from '../access/administrator.ts';
import { newTokenSecret } from '../common/secret-format.ts';
import type { Db } from '../database/database.ts';
import { isDuplicateKey } from '../database/database-errors.ts';
import { inTransaction } from '../database/transactions.ts';
import { findHostOrganization, insertOrganization } from '../organizations/store/organizations.ts';

const host = { key: 'default', isHost: true };

/**
 * Makes the first organization and its administrator token on an empty database.
 *
 * Answers the secret where one was made here and nobody knows it yet. Of processes that start together, one makes it.
 */
export async function bootstrap(db: Db, now: Date, givenSecret: string | undefined): Promise<string | undefined> {
  if (await findHostOrganization(db)) return undefined;
  const secret = givenSecret ?? newTokenSecret();
  try {
    await inTransaction(db, async (trx) => {
      const organization = await insertOrganization(trx, now, host);
      await insertAdministratorToken(trx, now, organization.id, secret, 'The first start');
    });
  } catch (error) {
    if (isDuplicateKey(error)) return undefined;
    throw error;
  }
  return givenSecret ? undefined : secret;
}
