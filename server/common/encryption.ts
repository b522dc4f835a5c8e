import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;

/** A key of its own for each purpose and each thing, so that what was sealed in one place opens in no other. */
const keyOf = (secretKey: Buffer, purpose: string, about: string) => Buffer.from(hkdfSync('sha256', secretKey, about, purpose, 32));

/** Encrypts with the server's key, which is not in the database: AES-256-GCM. */
export function encrypt(secretKey: Buffer, purpose: string, about: string, text: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secretKey, purpose, about), iv);
  const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** Throws when it was sealed with another key, or for something else, or is damaged. */
export function decrypt(secretKey: Buffer, purpose: string, about: string, sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secretKey, purpose, about), sealed.subarray(0, ivBytes));
  decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]).toString();
}
