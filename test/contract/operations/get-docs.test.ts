import { expect, it } from 'vitest';
import { contractFetch } from '../../support/contract.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: a page that names nothing outside this server, and may load nothing from there', async () => {
  const answer = await contractFetch(`${server.url}/docs`);
  const page = await answer.text();
  const policy = answer.headers.get('content-security-policy');
  expect([answer.status, answer.headers.get('content-type'), policy?.startsWith("default-src 'none'; script-src 'self';")]).toEqual([
    200,
    'text/html; charset=utf-8',
    true,
  ]);
  expect([page.match(/https?:/g), policy?.match(/https?:|unsafe-eval|\*/g)]).toEqual([null, null]);
  const named = [...page.matchAll(/(?:src|spec-url)="([^"]+)"/g)].map(([, path]) => path as string);
  expect(named).toEqual(['/docs/openapi.json', '/docs/redoc.js']);
  for (const path of named) expect((await contractFetch(server.url + path)).status).toBe(200);
});
