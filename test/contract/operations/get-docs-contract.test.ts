import { expect, it } from 'vitest';
import { contractFetch, operations } from '../../support/contract.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: returns the contract with code samples in four languages for each operation', async () => {
  const response = await contractFetch(`${server.url}/docs/openapi.json`);
  const { openapi, paths } = await response.json();
  expect([response.status, openapi]).toEqual([200, '3.1.0']);
  for (const { path, method, operationId } of operations) {
    const samples: { lang: string; source: string }[] = paths[path][method]['x-codeSamples'];
    expect([operationId, samples.length, samples.every(({ source }) => source.length > 10)]).toEqual([operationId, 4, true]);
  }
});
