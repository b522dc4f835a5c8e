import { hashSecret, startOfSecret } from '../common/secret-format.ts';
import type { Db } from '../database/database.ts';
import type { TokenRow } from './store/token-rows.ts';
import { insertToken } from './store/tokens.ts';

/** Adds the first token of an organization. */
export const insertAdministratorToken = (
  db: Db,
  now: Date,
  organization_id: string,
  secret: string,
  created_by: string,
): Promise<TokenRow> =>
  insertToken(db, now, {
    organization_id,
    access_level: 'Administrator',
    name: 'Administrator',
    secret_hash: hashSecret(secret),
    secret_start: startOfSecret(secret),
    created_by,
  });
