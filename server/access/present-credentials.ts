import type { AccessKey, Token } from '../../generated/types.gen.ts';
import { seal, unseal } from '../common/encryption.ts';
import { presentCredential } from './credentials.ts';
import type { TokenRow, TokenView } from './store/tokens.ts';

export const presentToken = (row: TokenView, now: Date): Token => ({
  ...presentCredential(row, now),
  kind: 'API Token',
  isRevealable: row.sealed_secret !== null,
  secretStart: row.secret_start,
});

export const presentAccessKey = (row: TokenView, now: Date): AccessKey => ({
  ...presentCredential(row, now),
  kind: 'Access Key',
  accessKeyId: row.access_key_id as string,
  isReplayProtected: row.is_replay_protected,
});

const purpose = 'gatehouse secrets';
/** What encrypts the secret of a revealable token, or of an access key, in the database. */
export const sealSecret = (secretKey: Buffer, tokenId: string, secret: string): Buffer => seal(secretKey, purpose, tokenId, secret);
export const unsealSecret = (secretKey: Buffer, { id, sealed_secret }: TokenRow): string | undefined =>
  sealed_secret === null ? undefined : unseal(secretKey, purpose, id, sealed_secret);
