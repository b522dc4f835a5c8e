import { createHmac, randomUUID } from 'node:crypto';
import { createAccessKey, createAccessToken } from '../../generated/sdk.gen.ts';
import type { AccessKeyCreate, CreatedAccessKey } from '../../generated/types.gen.ts';
import type { GivenToken } from './given.ts';
import type { TestServer } from './server.ts';

/** An access key that an administrator has made. */
export async function givenAccessKey({ client }: GivenToken, body: Partial<AccessKeyCreate> = {}): Promise<CreatedAccessKey> {
  const { data, error } = await createAccessKey({ client, body: { name: 'Documents', ...body } });
  if (!data) throw new Error(error?.message);
  return data;
}

export const hmacOf = (content: string, secret: string) => createHmac('sha256', secret).update(content).digest('hex');
export const timestampedContent = (now: Date, nonce: string = randomUUID()) => `${Math.floor(now.getTime() / 1000)}.${nonce}`;

/** Asks for an access token; whatever is not said is as it must be. */
export async function exchangeKey(
  server: TestServer | { client: TestServer['client'] },
  key: Pick<CreatedAccessKey, 'accessKeyId' | 'secret'>,
  { content = 'api-content-hash', hash = hmacOf(content, key.secret) }: { content?: string; hash?: string } = {},
) {
  const { data, error, response } = await createAccessToken({
    client: server.client(),
    headers: { 'x-key': key.accessKeyId, 'x-hash': hash },
    body: { scope: 'gatehouse_api', content },
  });
  return { status: response?.status, error, ...data };
}
