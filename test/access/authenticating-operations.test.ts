import { beforeAll, describe, expect, it } from 'vitest';
import { contractFetch } from '../support/contract.ts';
import { useServer } from '../support/server.ts';

/** What authenticates by something else than a token has no token to be counted by. */
const calls = {
  createAccessToken: { path: '/api/v2/auth/client_token', body: { scope: 'gatehouse_api', content: 'x' } },
  refreshAccessToken: { path: '/api/v2/auth/refresh_token', body: { refresh_token: 'par_x' } },
};

const server = useServer();
const limited = useServer({ failedAuthenticationsPerMinute: 1 });
const limitedToo = useServer({ failedAuthenticationsPerMinute: 1 });
const away = useServer();
const broken = useServer();
beforeAll(async () => {
  await away.db.destroy();
  await broken.db.schema.renameTable('tokens', 'tokens_elsewhere');
  await broken.db.schema.renameTable('refresh_tokens', 'refresh_tokens_elsewhere');
});

describe.each(Object.entries(calls))('%s', (operationId, { path, body }) => {
  const send = (url: string) =>
    contractFetch(url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'x-key': 'pak_x', 'x-hash': 'x' },
      body: JSON.stringify(body),
    });

  it('401: who has proven nothing', async () => {
    const answer = await send(server.url);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="gatehouse", error="invalid_token"']);
  });

  it('429: one failure over the limit of the address', async () => {
    const { url } = operationId === 'createAccessToken' ? limited : limitedToo;
    expect((await send(url)).status).toBe(401);
    const answer = await send(url);
    expect([answer.status, Number(answer.headers.get('retry-after')) >= 1]).toEqual([429, true]);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining('More than 1 failed authentications in 60 seconds') });
  });

  it('500, 503: a database that fails, or is away, is not a wrong secret', async () => {
    expect([(await send(broken.url)).status, (await send(away.url)).status]).toEqual([500, 503]);
  });
});
