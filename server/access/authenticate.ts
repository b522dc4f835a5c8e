import type { IncomingMessage } from 'node:http';
import { unauthorized } from '../common/errors.ts';
import { hexHashOf, isBearerSecret } from '../common/secret-format.ts';
import type { Db } from '../database/database.ts';
import { findTokenByHash, isUsableSecret, type TokenByHash } from './store/token-secrets.ts';

/** Answers whose secret a request carries, or throws the one 401; a look-up that fails itself is thrown on, so that a dead database is not "wrong token". */
export type Authenticate = (request: IncomingMessage, now: Date) => Promise<TokenByHash>;

const bearer = /^Bearer +([\x21-\x7e]+)$/i;

/** What a request authenticates with, `Authorization` before `x-access-token`; undefined where it carries neither. */
function credentialOf({ headers }: IncomingMessage): string | undefined {
  if (headers.authorization !== undefined) return bearer.exec(headers.authorization)?.[1] ?? '';
  return headers['x-access-token'] as string | undefined;
}

/**
 * Nothing is kept from one request to the next: a token that is deleted, by whichever process, is refused by the next one.
 *
 * The 401 for a secret that is known, but ended, carries whose it was as `knownAs`, for the log alone.
 */
export function createAuthenticate(db: Db): Authenticate {
  return async (request, now) => {
    const secret = credentialOf(request);
    if (!secret || !isBearerSecret(secret)) throw unauthorized(secret !== undefined);
    const token = await findTokenByHash(db, hexHashOf(secret));
    if (!token) throw unauthorized(true);
    if (!isUsableSecret(token, now)) throw Object.assign(unauthorized(true), { knownAs: token });
    return token;
  };
}
