import { createHmac, randomUUID } from 'node:crypto';
import { createAccessKey, createAccessToken } from '../../generated/sdk.gen.ts';
import type { AccessKeyCreate, CreatedAccessKey } from '../../generated/types.gen.ts';
import type { GivenToken } from './given.ts';
import type { TestServer } from './server.ts';

/** Creates an access key named Documents through the API, with the token given; `body` overrides fields. Returns the key with its secret. */
export async function givenAccessKey(
  { client }: Pick<GivenToken, 'client'>,
  body: Partial<AccessKeyCreate> = {},
): Promise<CreatedAccessKey> {
  const { data, error } = await createAccessKey({ client, body: { name: 'Documents', ...body } });
  if (!data) throw new Error(error?.message);
  return data;
}

/** Returns the HMAC-SHA256 of the content, in hex. */
export const hmacOf = (content: string, secret: string) => createHmac('sha256', secret).update(content).digest('hex');
/** Returns the content that a key with replay protection requires: seconds since 1970, a dot and a nonce. */
export const timestampedContent = (now: Date, nonce: string = randomUUID()) => `${Math.floor(now.getTime() / 1000)}.${nonce}`;

/** Exchanges an access key for an access token. The defaults for `content` and `hash` are valid, also with replay protection. Returns the status, the error and the response's fields. */
export async function exchangeKey(
  server: Pick<TestServer, 'client'> & Partial<Pick<TestServer, 'clock'>>,
  key: Pick<CreatedAccessKey, 'accessKeyId' | 'secret'>,
  {
    content = timestampedContent(server.clock?.now ?? new Date()),
    hash = hmacOf(content, key.secret),
  }: { content?: string; hash?: string } = {},
) {
  const { data, error, response } = await createAccessToken({
    client: server.client(),
    headers: { 'x-key': key.accessKeyId, 'x-hash': hash },
    body: { scope: 'gatehouse_api', content },
  });
  return { status: response?.status, error, ...data };
}
