import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const randomLength = 30;
const ownPrefix = /^pa[a-z]?_/;
const bearerSecret = /^pat?_([0-9A-Za-z]{30})([0-9A-Za-z]{6})$/;
const foreignSecret = /^[\x21-\x7e]{32,200}$/;

/** Returns the CRC-32 as six base62 digits. A secret scanner, and this server, can recognize a token by it without a look-up. */
function checksum(text: string): string {
  let remainder = crc32(text);
  let digits = '';
  for (let index = 0; index < 6; index++) {
    digits = base62[remainder % 62] + digits;
    remainder = Math.floor(remainder / 62);
  }
  return digits;
}

/** Prefixes: `pa` token, `pas` secret of an access key, `pat` access token and `par` refresh token from the exchange of an access key. */
type Prefix = 'pa' | 'pas' | 'pat' | 'par';

const randomText = (length: number) => Array.from({ length }, () => base62[randomInt(62)]).join('');

/** Creates a secret: the prefix, 30 random characters (178 bits) and their checksum. */
export function newSecret(prefix: Prefix): string {
  const random = randomText(randomLength);
  return `${prefix}_${random}${checksum(random)}`;
}
export const newTokenSecret = (): string => newSecret('pa');
/** Creates the public id of an access key. Its prefix distinguishes it from a secret. */
export const newAccessKeyId = (): string => `pak_${randomText(20)}`;

/**
 * Tells whether a text has the form of a bearer secret. Other texts are refused without a query.
 *
 * A secret that the server did not create (`BOOTSTRAP_TOKEN`) is any text of 32 to 200 visible ASCII characters without a prefix of the server.
 */
export function isBearerSecret(text: string): boolean {
  if (!ownPrefix.test(text)) return foreignSecret.test(text);
  const [, random, digits] = bearerSecret.exec(text) ?? [];
  return random !== undefined && checksum(random) === digits;
}

/** Tells whether a text has the form of a token's secret, which excludes access tokens. */
export const isTokenSecret = (text: string): boolean => isBearerSecret(text) && !text.startsWith('pat_');

/** Returns the SHA-256 in hexadecimal digits. A fast hash is safe here: secrets have 128 bits or more, too many to guess. */
export const hexHashOf = (secret: string): string => hash('sha256', secret);
export const hashSecret = (secret: string): Buffer => Buffer.from(hexHashOf(secret), 'hex');

/** Returns the first 10 characters, by which people recognize a token in lists. They are too few to help an attacker guess the secret. */
export const startOfSecret = (secret: string): string => secret.slice(0, 10);
