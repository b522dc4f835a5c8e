import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createAccessKey, deleteAccessKey, getCurrentToken, refreshAccessToken, updateAccessKey } from '../../generated/sdk.gen.ts';
import type { AccessKeyCreate, CreatedAccessKey } from '../../generated/types.gen.ts';
import { exchangeKey, timestampedContent } from '../support/given-keys.ts';
import type { ServerProcess } from '../support/process.ts';
import { useTwoProcesses } from '../support/two-processes.ts';

const servers = useTwoProcesses();

const createKey = async (body: Partial<AccessKeyCreate> = {}) =>
  (await createAccessKey({ client: servers.first.client(), body: { name: 'Documents', ...body } })).data as CreatedAccessKey;
const clientAt = (server: ServerProcess) => ({ client: (secret?: string) => server.client(secret ?? '') });

const endings: Record<string, (id: string) => Promise<{ response?: Response | undefined }>> = {
  deleted: (id) => deleteAccessKey({ client: servers.first.client(), path: { id } }),
  disabled: (id) => updateAccessKey({ client: servers.first.client(), path: { id }, body: { isDisabled: true } }),
};
it.each(Object.keys(endings))(
  '401: the next request with an access token is refused when its key is %s through another process',
  async (how) => {
    const key = await createKey();
    const tokens = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => exchangeKey(clientAt(index % 2 ? servers.first : servers.second), key)),
    );
    const statuses = () =>
      Promise.all(
        tokens.map(async ({ access_token }) => (await getCurrentToken({ client: servers.second.client(access_token) })).response?.status),
      );
    expect(await statuses()).toEqual([200, 200, 200, 200]);
    await (endings[how] as (typeof endings)[string])(key.id);
    expect(await statuses()).toEqual([401, 401, 401, 401]);
    expect((await exchangeKey(clientAt(servers.second), key)).status).toBe(401);
  },
);

it('200, 401: only one of two processes accepts a nonce that both receive at the same moment', async () => {
  const key = await createKey({ isReplayProtected: true });
  for (let round = 0; round < 10; round++) {
    const content = timestampedContent(new Date(), randomUUID());
    const results = await Promise.all(
      [servers.first, servers.second, servers.first, servers.second].map((server) => exchangeKey(clientAt(server), key, { content })),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401]);
  }
});

it('200, 401: only one of two processes accepts a refresh token that both receive, and all tokens of its family end', async () => {
  const key = await createKey();
  for (let round = 0; round < 10; round++) {
    const { refresh_token = '', access_token = '' } = await exchangeKey(clientAt(servers.first), key);
    const results = await Promise.all(
      [servers.first, servers.second].map((server) => refreshAccessToken({ client: server.client(''), body: { refresh_token } })),
    );
    expect(results.map(({ response }) => response?.status).toSorted()).toEqual([200, 401]);
    const issuedTokens = [access_token, ...results.map(({ data }) => data?.access_token ?? '')];
    const statuses = await Promise.all(
      issuedTokens.map(async (secret) => (await getCurrentToken({ client: servers.second.client(secret) })).response?.status),
    );
    expect(statuses).toEqual([401, 401, 401]);
  }
});
