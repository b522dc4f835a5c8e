import { insertAdministratorToken } from '../access/administrator.ts';
import { newTokenSecret } from '../common/secret-format.ts';
import type { Db } from '../database/database.ts';
import { isDuplicateKey } from '../database/database-errors.ts';
import { inTransaction } from '../database/transactions.ts';
import { findHostOrganization, insertOrganization } from '../organizations/store/organizations.ts';

const host = { key: 'default', isHost: true };

/**
 * Creates the first organization and its administrator token on an empty database.
 *
 * Returns the token's secret if this call generated it, so that the caller can show it. Returns undefined if the secret was given, or if the
 * organization exists. Several processes may call this at the same time: one of them creates the rows.
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
