import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const randomLength = 30;
const ourForm = /^pa[a-z]?_/;
const bearerForm = /^pat?_([0-9A-Za-z]{30})([0-9A-Za-z]{6})$/;
const foreignForm = /^[\x21-\x7e]{32,200}$/;

/** Six base62 digits: lets a scanner, and us, tell a token from a look-alike without asking anybody. */
function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < 6; place++) {
    digits = base62[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** Tokens, secrets of access keys, and the access tokens and refresh tokens that these are exchanged for. */
type Prefix = 'pa' | 'pas' | 'pat' | 'par';

const randomText = (length: number) => Array.from({ length }, () => base62[randomInt(62)]).join('');

/** The prefix, 30 random characters (178 bits) and their checksum. */
export function newSecret(prefix: Prefix): string {
  const random = randomText(randomLength);
  return `${prefix}_${random}${checksum(random)}`;
}
export const newTokenSecret = (): string => newSecret('pa');
/** Public, and told from a secret at a glance. */
export const newAccessKeyId = (): string => `pak_${randomText(20)}`;

/**
 * Whether a text can authenticate a request at all; what can't is refused without asking the database.
 *
 * Secrets that we did not make (`BOOTSTRAP_TOKEN`) are any 32 to 200 visible characters, unless they claim to be ours.
 */
export function isBearerSecret(text: string): boolean {
  if (!ourForm.test(text)) return foreignForm.test(text);
  const [, random, check] = bearerForm.exec(text) ?? [];
  return random !== undefined && checksum(random) === check;
}

/** Whether a text can be the secret of a token. */
export const isTokenSecret = (text: string): boolean => isBearerSecret(text) && !text.startsWith('pat_');

/** In hexadecimal digits. Fast on purpose: what is hashed has 128 bits or more, which no amount of guessing reaches. */
export const hexHashOf = (secret: string): string => hash('sha256', secret);
export const hashSecret = (secret: string): Buffer => Buffer.from(hexHashOf(secret), 'hex');

/** What lists show, so that people can tell tokens apart; too short to help anybody guess. */
export const startOfSecret = (secret: string): string => secret.slice(0, 10);
