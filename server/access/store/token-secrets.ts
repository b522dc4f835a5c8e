import { batchedLookup, keyList } from '../../database/batched-lookup.ts';
import { type Db, selectRows } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { joinInOrder } from '../../database/join-in-order.ts';
import { isUsable, parseTokenRow, type StoredToken, type TokenRow } from './token-rows.ts';

/**
 * A credential with the hash and the expiration of the secret that was looked up, and the columns of its organization that every call needs.
 *
 * The table `tokens` has all credentials: API tokens and access keys. A caller authenticates as an access key with one of its access tokens.
 */
export interface TokenByHash extends TokenRow {
  secret_hash: Buffer;
  secret_expires_at: Instant | null;
  default_environment_id: string;
  default_project_id: string;
  is_host: boolean;
}

async function listTokensByHash(db: Db, hashes: readonly string[]): Promise<StoredToken<TokenByHash>[]> {
  const { marks, values } = keyList(hashes);
  const sql = `SELECT tokens.*, token_secrets.secret_hash, token_secrets.expires_at AS secret_expires_at,
      organizations.default_environment_id, organizations.is_host, environments.project_id AS default_project_id
    FROM token_secrets
    ${joinInOrder(db, 'tokens')} ON tokens.id = token_secrets.token_id
    ${joinInOrder(db, 'organizations')} ON organizations.id = tokens.organization_id
    ${joinInOrder(db, 'environments')} ON environments.id = organizations.default_environment_id
    WHERE token_secrets.secret_hash IN (${marks})`;
  return selectRows(
    db,
    sql,
    values.map((hash) => Buffer.from(hash, 'hex')),
  );
}
const tokensByHash = batchedLookup(listTokensByHash, ({ secret_hash }) => secret_hash.toString('hex'));

/** Returns the credential whose secret has this hash (hexadecimal digits). Batches the look-ups of one tick into one query. */
export async function findTokenByHash(db: Db, hexHash: string): Promise<TokenByHash | undefined> {
  const [row] = await tokensByHash(db, hexHash);
  return row && { ...parseTokenRow<TokenByHash>(row), is_host: Boolean(row.is_host) };
}

/** Tells whether a secret can be used now: its credential is not disabled, and neither of the two has expired. */
export const isUsableSecret = (token: TokenByHash, now: Date): boolean =>
  isUsable(token, now) && (token.secret_expires_at === null || token.secret_expires_at > toInstant(now));

export const insertSecret = async (
  db: Db,
  token_id: string,
  secret_hash: Buffer,
  { expires_at = null, family_id = null }: { expires_at?: Instant | null; family_id?: string | null } = {},
): Promise<void> => {
  await db('token_secrets').insert({ secret_hash, token_id, expires_at, family_id });
};

/** Secrets that a token can have at the same time. A rotation changes or deletes them in one statement. */
export const secretsMax = 100;

/** Tells whether a token has `secretsMax` secrets. */
export const hasMaxSecrets = async (trx: Db, token_id: string): Promise<boolean> =>
  (await trx('token_secrets')
    .where({ token_id })
    .offset(secretsMax - 1)
    .limit(1)
    .first('token_id')) !== undefined;

/** Makes all secrets of a token expire at `endsAt`, except those that expire earlier. Deletes them all if `endsAt` is null. */
export async function endSecrets(trx: Db, token_id: string, endsAt: Instant | null): Promise<void> {
  const secrets = trx('token_secrets').where({ token_id });
  if (endsAt === null) await secrets.delete();
  else await secrets.where((builder) => builder.whereNull('expires_at').orWhere('expires_at', '>', endsAt)).update({ expires_at: endsAt });
}
