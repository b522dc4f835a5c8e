import type { IncomingMessage } from 'node:http';
import { unauthorized } from '../common/errors.ts';
import { hexHashOf, isBearerSecret } from '../common/secret-format.ts';
import type { Db } from '../database/database.ts';
import { aboutCredential } from './caller.ts';
import { findTokenByHash, isUsableSecret, type TokenByHash } from './store/token-secrets.ts';

/**
 * Returns the credential whose secret a request carries. Throws the same 401 for every reason.
 *
 * A failed look-up is not a 401: its error is thrown, so that an unavailable database does not look like a wrong token.
 */
export type Authenticate = (request: IncomingMessage, now: Date) => Promise<TokenByHash>;

const bearer = /^Bearer +([\x21-\x7e]+)$/i;

/** Returns the secret in `Authorization`, or else in `x-access-token`. Returns undefined without both headers, and '' for another scheme than Bearer. */
function secretOf({ headers }: IncomingMessage): string | undefined {
  if (headers.authorization !== undefined) return bearer.exec(headers.authorization)?.[1] ?? '';
  return headers['x-access-token'] as string | undefined;
}

/**
 * Creates the authentication of requests. It caches nothing, so every process refuses a token on the first request after its deletion.
 *
 * If the token is expired, disabled or rotated, the API log's row of the 401 names it.
 */
export function createAuthenticate(db: Db): Authenticate {
  return async (request, now) => {
    const secret = secretOf(request);
    if (!secret || !isBearerSecret(secret)) throw unauthorized(secret !== undefined);
    const token = await findTokenByHash(db, hexHashOf(secret));
    if (!token) throw unauthorized(true);
    if (!isUsableSecret(token, now)) throw aboutCredential(unauthorized(true), token);
    return token;
  };
}
