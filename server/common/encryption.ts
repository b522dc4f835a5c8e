import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/** Derives a separate key per purpose and subject, so that a text encrypted for one subject cannot be decrypted for another. */
const keyOf = (secretKey: Buffer, purpose: string, subject: string) =>
  Buffer.from(hkdfSync('sha256', secretKey, subject, purpose, keyBytes));

/** Returns a value that identifies the key and does not reveal it. */
export const fingerprintOf = (secretKey: Buffer): Buffer => keyOf(secretKey, 'gatehouse key fingerprint', '');
export const isFingerprintOf = (fingerprint: Buffer | undefined, secretKey: Buffer): boolean =>
  fingerprint?.length === keyBytes && timingSafeEqual(fingerprint, fingerprintOf(secretKey));

/**
 * Encrypts a text with AES-256-GCM and the server's key, which is not in the database.
 *
 * `purpose` says what the text is; `subject` names the object that it belongs to, such as an id. Decryption needs the same two values.
 */
export function encrypt(secretKey: Buffer, purpose: string, subject: string, text: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secretKey, purpose, subject), iv);
  const ciphertext = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]);
}

/** Decrypts a text. Throws if it was encrypted with another key, purpose or subject, or if it is damaged. */
export function decrypt(secretKey: Buffer, purpose: string, subject: string, encrypted: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secretKey, purpose, subject), encrypted.subarray(0, ivBytes));
  decipher.setAuthTag(encrypted.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(encrypted.subarray(ivBytes + tagBytes)), decipher.final()]).toString();
}
