import { hashSecret, newTokenSecret, startOfSecret } from './secrets.ts';
import { type Db, inTransaction, isDuplicateKey } from './store/database.ts';
import { findFirstOrganization, insertOrganization, type OrganizationRow } from './store/organizations.ts';
import { insertToken } from './store/tokens.ts';

const names = { organization: 'default', project: 'default', environment: 'production' };

/**
 * Makes the first organization and its administrator token on an empty database.
 *
 * Answers the secret where one was made here and nobody knows it yet. Of processes that start together, one makes it.
 */
export async function bootstrap(db: Db, now: Date, givenSecret: string | undefined): Promise<string | undefined> {
  if (await findFirstOrganization(db)) return undefined;
  const secret = givenSecret ?? newTokenSecret();
  try {
    await inTransaction(db, async (trx) => {
      const organization = await insertOrganization(trx, now, names);
      await insertAdministrator(trx, now, organization, 'Administrator', secret);
    });
  } catch (error) {
    if (isDuplicateKey(error)) return undefined;
    throw error;
  }
  return givenSecret ? undefined : secret;
}

const insertAdministrator = (db: Db, now: Date, organization: OrganizationRow, name: string, secret: string) =>
  insertToken(db, now, {
    organization_id: organization.id,
    access_level: 'Administrator',
    name,
    secret_hash: hashSecret(secret),
    secret_start: startOfSecret(secret),
    created_by: 'The first start',
  });
