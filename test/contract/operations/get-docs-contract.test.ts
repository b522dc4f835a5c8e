import { expect, it } from 'vitest';
import { contractFetch, operations } from '../../support/contract.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: the contract, each operation with a sample in four languages', async () => {
  const answer = await contractFetch(`${server.url}/docs/openapi.json`);
  const { openapi, paths } = await answer.json();
  expect([answer.status, openapi]).toEqual([200, '3.1.0']);
  for (const { path, method, operationId } of operations) {
    const samples: { lang: string; source: string }[] = paths[path][method]['x-codeSamples'];
    expect([operationId, samples.length, samples.every(({ source }) => source.length > 10)]).toEqual([operationId, 4, true]);
  }
});
