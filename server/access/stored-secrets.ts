import { decrypt, encrypt } from '../common/encryption.ts';
import type { TokenRow } from './store/token-rows.ts';

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
