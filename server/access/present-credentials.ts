import type { AccessKey, Token } from '../../generated/types.gen.ts';
import { decrypt, encrypt } from '../common/encryption.ts';
import { presentCredential } from './credentials.ts';
import type { TokenRow, TokenView } from './store/token-rows.ts';

export const presentToken = (row: TokenView, now: Date): Token => ({
  ...presentCredential(row, now),
  kind: 'API Token',
  isRevealable: row.encrypted_secret !== null,
  secretStart: row.secret_start,
});

export const presentAccessKey = (row: TokenView, now: Date): AccessKey => ({
  ...presentCredential(row, now),
  kind: 'Access Key',
  accessKeyId: row.access_key_id as string,
  isReplayProtected: row.is_replay_protected,
});

const purpose = 'gatehouse secrets';
/**
 * Encrypts the secret of an access key or of a revealable token for storage.
 *
 * The ciphertext is bound to the token's id: it cannot be decrypted in another token's row.
 */
export const encryptSecret = (secretKey: Buffer, tokenId: string, secret: string): Buffer => encrypt(secretKey, purpose, tokenId, secret);
/** Returns undefined for a token whose secret is not stored. Throws if the ciphertext is not of this token. */
export const decryptSecret = (secretKey: Buffer, { id, encrypted_secret }: TokenRow): string | undefined =>
  encrypted_secret === null ? undefined : decrypt(secretKey, purpose, id, encrypted_secret);
