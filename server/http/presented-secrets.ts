import type { IncomingHttpHeaders } from 'node:http';

const lengthMin = 8;
/** A secret of this server's own form, which is redacted everywhere anyway. */
const ownCredential = /^(?:Bearer +)?pat?_[0-9A-Za-z]{36}$/i;

/** Returns the texts with which a request authenticates. The API log must not store them, even if they are also in the path, the query or the body. */
export function presentedSecrets({ authorization, 'x-access-token': accessToken, 'x-hash': hash }: IncomingHttpHeaders): string[] {
  if (accessToken === undefined && hash === undefined && (authorization === undefined || ownCredential.test(authorization))) return [];
  const texts = [authorization?.split(' '), accessToken, hash].flat();
  return texts.filter((text) => text !== undefined && text.length >= lengthMin && !ownCredential.test(text)) as string[];
}
