import type { IncomingHttpHeaders } from 'node:http';

/** A secret of this server's own form, which is redacted everywhere anyway. */
const ownCredential = /^pat?_[0-9A-Za-z]{36}$/;
/** `Authorization` with or without a scheme, and a secret in the form of one that an operator may choose. */
const authorizationForm = /^(?:\S+ +)?([\x21-\x7e]{32,200})$/;
const secretForm = /^[\x21-\x7e]{32,200}$/;
/** An HMAC-SHA256 in hexadecimal digits or base64. */
const hashForm = /^(?:[0-9a-f]{64}|[A-Za-z0-9+/]{43}=?)$/i;

/**
 * Returns the credential that a request presents, if it has the form of one. The API log must not store it, even if it is also in the path, the query
 * or the body.
 *
 * One text at most: with more of them, or with any text, a caller could remove what it likes from the record of its call.
 */
export function presentedSecrets({ authorization, 'x-access-token': accessToken, 'x-hash': hash }: IncomingHttpHeaders): string[] {
  const presented =
    authorization !== undefined
      ? authorizationForm.exec(authorization)?.[1]
      : accessToken !== undefined
        ? secretForm.exec(String(accessToken))?.[0]
        : hashForm.exec(String(hash))?.[0];
  return presented === undefined || ownCredential.test(presented) ? [] : [presented];
}
