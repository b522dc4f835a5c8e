import { expect, it } from 'vitest';
import { getHealth } from '../../../generated/sdk.gen.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: responds without a token, without a rate limit, and forbids caching', async () => {
  const { data, response } = await getHealth({ client: server.client() });
  expect([response?.status, data]).toEqual([200, { status: 'ok' }]);
  expect(['ratelimit', 'cache-control'].map((header) => response?.headers.get(header))).toEqual([null, 'no-store']);
});

it('400: refuses a query parameter and names it', async () => {
  const { error, response } = await getHealth({ client: server.client(), query: { verbose: 1 } as never });
  expect([response?.status, error]).toMatchObject([400, { errors: [{ field: 'verbose', message: 'Is not a known query parameter' }] }]);
});
