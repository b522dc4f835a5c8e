import { expect, it } from 'vitest';
import { contractFetch } from '../../support/contract.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: returns a page that refers only to this server, with a policy that forbids other sources', async () => {
  const response = await contractFetch(`${server.url}/docs`);
  const page = await response.text();
  const policy = response.headers.get('content-security-policy');
  expect([response.status, response.headers.get('content-type'), policy?.startsWith("default-src 'none'; script-src 'self';")]).toEqual([
    200,
    'text/html; charset=utf-8',
    true,
  ]);
  expect([page.match(/https?:/g), policy?.match(/https?:|unsafe-eval|\*/g)]).toEqual([null, null]);
  const references = [...page.matchAll(/(?:src|spec-url)="([^"]+)"/g)].map(([, path]) => path as string);
  expect(references).toEqual(['/docs/openapi.json', '/docs/redoc.js']);
  for (const path of references) expect((await contractFetch(server.url + path)).status).toBe(200);
});
