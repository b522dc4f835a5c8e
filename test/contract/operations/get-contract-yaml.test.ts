import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { getContractYaml } from '../../../generated/sdk.gen.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: returns the file unchanged, without a token', async () => {
  const { data, response } = await getContractYaml({ client: server.client(), parseAs: 'text' });
  expect([response?.status, response?.headers.get('content-type')]).toEqual([200, 'application/yaml; charset=utf-8']);
  expect(data).toBe(readFileSync('openapi.yaml', 'utf8'));
});

it('400: refuses a query parameter and names it', async () => {
  const { error, response } = await getContractYaml({ client: server.client(), query: { version: 1 } as never });
  expect([response?.status, error]).toMatchObject([400, { errors: [{ field: 'version', message: 'Is not a known query parameter' }] }]);
});
