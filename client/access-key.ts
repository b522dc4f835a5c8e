import type { AccessToken, AccessTokenCreate } from '../generated/types.gen.ts';

export interface AccessKeyPair {
  /** Its `accessKeyId`, `pak_…`. */
  id: string;
  /** Stays here: what travels is an HMAC made with it. */
  secret: string;
}
export interface Proof {
  headers: { 'x-key': string; 'x-hash': string };
  body: AccessTokenCreate;
}

const earlyMs = 60_000;

const hexOf = (bytes: ArrayBuffer | Uint8Array<ArrayBuffer>) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** 128 random bits; a page that was not loaded over TLS has no `randomUUID`. */
export const randomHex = () => hexOf(crypto.getRandomValues(new Uint8Array(16)));

/** Proves that the secret is held, for now and for once: a key with replay protection takes it, and any other. */
export async function newProof({ id, secret }: AccessKeyPair): Promise<Proof> {
  if (!crypto.subtle) throw new TypeError('An access key needs a page that was loaded over HTTPS');
  const text = new TextEncoder();
  const content = `${Math.floor(Date.now() / 1000)}.${randomHex()}`;
  const key = await crypto.subtle.importKey('raw', text.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const hash = hexOf(await crypto.subtle.sign('HMAC', key, text.encode(content)));
  return { headers: { 'x-key': id, 'x-hash': hash }, body: { scope: 'gatehouse_api', content } };
}

export type AccessTokenCache = ReturnType<typeof createAccessTokenCache>;

/** The access tokens of a key, one after another: calls at once share an exchange, and the next token is there before the last has ended. */
export function createAccessTokenCache(exchange: () => Promise<AccessToken>) {
  let asking: Promise<AccessToken> | undefined;
  let known: AccessToken | undefined;

  return {
    get: async (): Promise<string> => {
      if (known && known.expiry_time * 1000 - earlyMs > Date.now()) return known.access_token;
      asking ??= exchange().finally(() => {
        asking = undefined;
      });
      known = await asking;
      return known.access_token;
    },
    /** Lets go of a token that was refused, unless there is another one by now. */
    drop: (refused: string): void => {
      if (known?.access_token === refused) known = undefined;
    },
  };
}
