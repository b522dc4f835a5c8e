import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { getContractJson } from '../../../generated/sdk.gen.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: returns the same document as the YAML file, with its references', async () => {
  const { data, response } = await getContractJson({ client: server.client() });
  expect(response?.status).toBe(200);
  expect(data).toEqual(parse(readFileSync('openapi.yaml', 'utf8')));
});

it('400: refuses a query parameter and names it', async () => {
  const { error, response } = await getContractJson({ client: server.client(), query: { version: 1 } as never });
  expect([response?.status, error]).toMatchObject([400, { errors: [{ field: 'version', message: 'Is not a known query parameter' }] }]);
});
