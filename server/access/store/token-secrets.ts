import { batchedLookup, keyList } from '../../database/batched-lookup.ts';
import { type Db, selectRows } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { joinInOrder } from '../../database/join-in-order.ts';
import { fromStored, isUsable, type Stored, type TokenRow } from './token-rows.ts';

/** With what a call needs to know of its organization. */
export interface TokenByHash extends TokenRow {
  secret_hash: Buffer;
  secret_expires_at: Instant | null;
  default_environment_id: string;
  default_project_id: string;
  is_host: boolean;
}

async function listTokensByHash(db: Db, hashes: readonly string[]): Promise<Stored<TokenByHash>[]> {
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

/** Whose secret has this hash, in hexadecimal digits; all hashes of one tick are looked up together. */
export async function findTokenByHash(db: Db, hexHash: string): Promise<TokenByHash | undefined> {
  const [row] = await tokensByHash(db, hexHash);
  return row && { ...fromStored<TokenByHash>(row), is_host: Boolean(row.is_host) };
}

/** Whether a secret lets anybody in: neither it nor its token has ended. */
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

/** Ends what secrets a token has at an instant, unless they end before; now, where none is given. */
export async function endSecrets(trx: Db, token_id: string, endsAt: Instant | null): Promise<void> {
  const secrets = trx('token_secrets').where({ token_id });
  if (endsAt === null) await secrets.delete();
  else await secrets.where((later) => later.whereNull('expires_at').orWhere('expires_at', '>', endsAt)).update({ expires_at: endsAt });
}
