import type { Db } from './database.ts';
import { type Instant, toInstant } from './instants.ts';
import { fromStored, isUsable, type Stored, type TokenRow } from './tokens.ts';

/** With what a call needs to know of its organization. */
export interface TokenByHash extends TokenRow {
  secret_hash: Buffer;
  secret_expires_at: Instant | null;
  default_environment_id: string;
  default_project_id: string;
  is_host: boolean;
}
/** One query for all hashes asked for at once; in no order, missing ones left out. */
export async function listTokensByHash(db: Db, hashes: readonly Buffer[]): Promise<TokenByHash[]> {
  const rows: Stored<TokenByHash>[] = await db('token_secrets')
    .join('tokens', 'tokens.id', 'token_secrets.token_id')
    .join('organizations', 'organizations.id', 'tokens.organization_id')
    .join('environments', 'environments.id', 'organizations.default_environment_id')
    .whereIn('token_secrets.secret_hash', hashes as Buffer[])
    .select(
      'tokens.*',
      'token_secrets.secret_hash',
      'token_secrets.expires_at as secret_expires_at',
      'organizations.default_environment_id',
      'organizations.is_host',
      'environments.project_id as default_project_id',
    );
  return rows.map((row) => ({ ...fromStored<TokenByHash>(row), is_host: Boolean(row.is_host) }));
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
