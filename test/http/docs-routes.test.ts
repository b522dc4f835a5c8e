import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { expect, it } from 'vitest';
import { until } from '../support/process.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const names = readdirSync('docs/guides').map((file) => file.replace(/\.md$/, ''));
const pathOf = (name: string) => (name === 'index' ? '/docs/guides' : `/docs/guides/${name}`);
const get = (path: string, init?: RequestInit) => fetch(server.url + path, { redirect: 'manual', ...init });

it.each(names)('200: serves the guide %s as a page with its title, whose links lead to pages', async (name) => {
  const response = await get(pathOf(name));
  const page = await response.text();
  const title = /^# (.+)$/m.exec(readFileSync(`docs/guides/${name}.md`, 'utf8'))?.[1];
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page).toContain(`<h1 id=`);
  expect(page).toContain(`<title>${title} · Gatehouse</title>`);
  expect(page).not.toMatch(/<!-- executed|<script/);
  const links = [...page.matchAll(/href="(\/[^"#]*)(?:#([^"]*))?"/g)].map(([, path, anchor]) => ({ path: path as string, anchor }));
  for (const { path, anchor } of links) {
    const target = await get(path);
    expect([path, target.status]).toEqual([path, 200]);
    if (anchor && path.startsWith('/docs/guides')) expect(await target.text()).toContain(`id="${anchor}"`);
  }
});

it('200: a guide has the common headers, loads nothing, runs no scripts, and is in the process log', async () => {
  const response = await get('/docs/guides/errors');
  const correlationId = response.headers.get('x-correlation-id') as string;
  expect(correlationId).toMatch(/^[0-9a-f]{32}$/);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  await response.text();
  await until('the call is logged', async () => server.logged().includes(correlationId));
});

it('200: HEAD of a guide has no body', async () => {
  const response = await get('/docs/guides/errors', { method: 'HEAD' });
  expect([response.status, await response.text()]).toEqual([200, '']);
});

it.each(['nothing', '..%2F..%2FREADME', 'index.md', 'errors%00', 'ERRORS', 'errors/more', '__proto__', 'constructor'])(
  '404: a guide named %s does not exist, in the common error format',
  async (name) => {
    const response = await get(`/docs/guides/${name}`);
    expect([response.status, (await response.json()).error]).toEqual([404, 'not_found']);
  },
);

it.each(['/docs/guides/..', '/docs/guides/%2e%2e', '/docs/guides/../../README.md', '/docs/guides/..%2f..%2fREADME.md'])(
  '404: %s, sent as it is, leads out of no folder',
  async (path) => {
    const { hostname, port } = new URL(server.url);
    // Not `fetch`, which resolves dots before it sends a path.
    const [response] = (await once(request({ hostname, port, path }).end(), 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(404);
  },
);

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

it('200: / is the start page of the guides for a browser, and caches keep it apart from the 404 of API clients', async () => {
  const response = await get('/', { headers: { Accept: browser } });
  const page = await response.text();
  expect([response.status, response.headers.get('content-type'), response.headers.get('vary')]).toEqual([
    200,
    'text/html; charset=utf-8',
    'Accept, Accept-Encoding',
  ]);
  expect(page).toBe(await (await get('/docs/guides')).text());
  expect(page).toContain('href="/docs"');
  const headers = { Accept: browser, 'If-None-Match': response.headers.get('etag') as string };
  expect((await get('/', { headers })).status).toBe(304);
  const head = await get('/', { method: 'HEAD', headers: { Accept: browser } });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

it.each(['application/json', '*/*', 'application/json, text/html;q=0.5', 'text/plain', ''])(
  '404: / is no path of the contract for a client with Accept: %s',
  async (accept) => {
    const response = await get('/', { headers: { Accept: accept } });
    expect([response.status, (await response.json()).error]).toEqual([404, 'not_found']);
  },
);

it('404: a browser cannot send to /', async () => {
  const response = await get('/', { method: 'POST', headers: { Accept: browser } });
  expect([response.status, (await response.json()).error]).toEqual([404, 'not_found']);
});

it('404: guides are read only', async () => {
  const response = await get('/docs/guides/errors', { method: 'POST' });
  expect([response.status, (await response.json()).error]).toEqual([404, 'not_found']);
});
