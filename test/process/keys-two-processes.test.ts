import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createAccessKey, deleteAccessKey, getCurrentToken, refreshAccessToken, updateAccessKey } from '../../generated/sdk.gen.ts';
import type { AccessKeyCreate, CreatedAccessKey } from '../../generated/types.gen.ts';
import { exchangeKey, timestampedContent } from '../support/given-keys.ts';
import type { ServerProcess } from '../support/process.ts';
import { useTwoProcesses } from '../support/two-processes.ts';

const servers = useTwoProcesses();

const given = async (body: Partial<AccessKeyCreate> = {}) =>
  (await createAccessKey({ client: servers.one.client(), body: { name: 'Documents', ...body } })).data as CreatedAccessKey;
const at = (server: ServerProcess) => ({ client: (secret?: string) => server.client(secret ?? '') });

const ends: Record<string, (id: string) => Promise<{ response?: Response | undefined }>> = {
  deleted: (id) => deleteAccessKey({ client: servers.one.client(), path: { id } }),
  disabled: (id) => updateAccessKey({ client: servers.one.client(), path: { id }, body: { isDisabled: true } }),
};
it.each(Object.keys(ends))(
  '401: the access tokens of a key that is %s through one process end with the next request to another',
  async (how) => {
    const key = await given();
    const tokens = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => exchangeKey(at(index % 2 ? servers.one : servers.two), key)),
    );
    const statuses = () =>
      Promise.all(
        tokens.map(async ({ access_token }) => (await getCurrentToken({ client: servers.two.client(access_token) })).response?.status),
      );
    expect(await statuses()).toEqual([200, 200, 200, 200]);
    await (ends[how] as (typeof ends)[string])(key.id);
    expect(await statuses()).toEqual([401, 401, 401, 401]);
    expect((await exchangeKey(at(servers.two), key)).status).toBe(401);
  },
);

it('200, 401: of two processes that see a nonce at the same moment one answers it', async () => {
  const key = await given({ isReplayProtected: true });
  for (let round = 0; round < 10; round++) {
    const content = timestampedContent(new Date(), randomUUID());
    const answers = await Promise.all(
      [servers.one, servers.two, servers.one, servers.two].map((server) => exchangeKey(at(server), key, { content })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401]);
  }
});

it('200, 401: of two processes that are given a refresh token one answers it, and the family ends', async () => {
  const key = await given();
  for (let round = 0; round < 10; round++) {
    const { refresh_token = '', access_token = '' } = await exchangeKey(at(servers.one), key);
    const answers = await Promise.all(
      [servers.one, servers.two].map((server) => refreshAccessToken({ client: server.client(''), body: { refresh_token } })),
    );
    expect(answers.map(({ response }) => response?.status).toSorted()).toEqual([200, 401]);
    const left = [access_token, ...answers.map(({ data }) => data?.access_token ?? '')];
    const statuses = await Promise.all(
      left.map(async (secret) => (await getCurrentToken({ client: servers.two.client(secret) })).response?.status),
    );
    expect(statuses).toEqual([401, 401, 401]);
  }
});
