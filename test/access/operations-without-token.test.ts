import { beforeAll, describe, expect, it } from 'vitest';
import { contractFetch } from '../support/contract.ts';
import { useServer } from '../support/server.ts';

/** These operations authenticate without a token, so only the address limits their failures. */
const calls = {
  createAccessToken: { path: '/api/v2/auth/client_token', body: { scope: 'gatehouse_api', content: 'x' } },
  refreshAccessToken: { path: '/api/v2/auth/refresh_token', body: { refresh_token: 'par_x' } },
};

const server = useServer();
const limitedForExchange = useServer({ failedAuthenticationsPerMinute: 1 });
const limitedForRefresh = useServer({ failedAuthenticationsPerMinute: 1 });
const unavailable = useServer();
const broken = useServer();
beforeAll(async () => {
  await unavailable.db.destroy();
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

  it('401: refuses a caller without a valid secret', async () => {
    const response = await send(server.url);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="gatehouse", error="invalid_token"']);
  });

  it('429: refuses an address that exceeds the limit of failed authentications', async () => {
    const { url } = operationId === 'createAccessToken' ? limitedForExchange : limitedForRefresh;
    expect((await send(url)).status).toBe(401);
    const response = await send(url);
    expect([response.status, Number(response.headers.get('retry-after')) >= 1]).toEqual([429, true]);
    expect(await response.json()).toMatchObject({ message: expect.stringContaining('More than 1 failed authentication in 60 seconds') });
  });

  it('500, 503: does not report a failing or unavailable database as a wrong secret', async () => {
    expect([(await send(broken.url)).status, (await send(unavailable.url)).status]).toEqual([500, 503]);
  });
});
