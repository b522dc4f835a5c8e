import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contractFetch } from '../../support/contract.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: Redoc byte for byte as it was installed', async () => {
  const answer = await contractFetch(`${server.url}/docs/redoc.js`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  expect(await answer.text()).toBe(readFileSync('node_modules/redoc/bundles/redoc.standalone.js', 'utf8'));
});
