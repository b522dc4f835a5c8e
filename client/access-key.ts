import type { AccessToken, AccessTokenCreate } from '../generated/types.gen.ts';

export interface AccessKeyPair {
  /** The key's `accessKeyId`, `pak_…`. */
  id: string;
  /** The secret is never sent. The client sends an HMAC that it computes with it. */
  secret: string;
}
/** The headers and the body of an exchange. */
export interface Proof {
  headers: { 'x-key': string; 'x-hash': string };
  body: AccessTokenCreate;
}

/** A token is replaced this long before it ends. */
const renewalMarginMs = 60_000;

const hexOf = (bytes: ArrayBuffer | Uint8Array<ArrayBuffer>) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Returns 128 random bits in hex. `crypto.randomUUID` is not used, because it does not exist in pages loaded without TLS. */
export const randomHex = () => hexOf(crypto.getRandomValues(new Uint8Array(16)));

/** Creates a proof of the secret from the current time and a nonce. It works once, also for keys with replay protection. */
export async function newProof({ id, secret }: AccessKeyPair): Promise<Proof> {
  if (!crypto.subtle) throw new TypeError('An access key needs a page that was loaded over HTTPS');
  const text = new TextEncoder();
  const content = `${Math.floor(Date.now() / 1000)}.${randomHex()}`;
  const key = await crypto.subtle.importKey('raw', text.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const hash = hexOf(await crypto.subtle.sign('HMAC', key, text.encode(content)));
  return { headers: { 'x-key': id, 'x-hash': hash }, body: { scope: 'gatehouse_api', content } };
}

export type AccessTokenCache = ReturnType<typeof createAccessTokenCache>;

/** Caches the access token of a key. Concurrent calls share one exchange, and a token is replaced a minute before it ends. */
export function createAccessTokenCache(exchange: () => Promise<AccessToken>) {
  let pending: Promise<AccessToken> | undefined;
  let cached: AccessToken | undefined;

  return {
    get: async (): Promise<string> => {
      if (cached && cached.expiry_time * 1000 - renewalMarginMs > Date.now()) return cached.access_token;
      pending ??= exchange().finally(() => {
        pending = undefined;
      });
      cached = await pending;
      return cached.access_token;
    },
    /** Discards a token that the server refused, unless another one has replaced it. */
    discard: (refused: string): void => {
      if (cached?.access_token === refused) cached = undefined;
    },
  };
}
