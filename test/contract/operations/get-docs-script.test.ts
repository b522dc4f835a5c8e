import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contractFetch } from '../../support/contract.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: returns the installed Redoc script unchanged', async () => {
  const response = await contractFetch(`${server.url}/docs/redoc.js`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  expect(await response.text()).toBe(readFileSync('node_modules/redoc/bundles/redoc.standalone.js', 'utf8'));
});
