import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../client/index.ts';

/** Starts a server that responds with these pages in order. Returns a client and the URLs that the server received. */
async function givenPages(pages: unknown[]) {
  const requestedUrls: string[] = [];
  const server = createServer((request, response) => {
    requestedUrls.push(request.url ?? '');
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(pages[requestedUrls.length - 1]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { requestedUrls, client: createClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, retries: 0 }) };
}

const idsOf = async (items: AsyncIterable<{ id: string }>) => {
  const ids: string[] = [];
  for await (const { id } of items) ids.push(id);
  return ids;
};

it('200: follows the cursor of each page, also after an empty page, until there is none', async () => {
  const { requestedUrls, client } = await givenPages([
    { items: [{ id: 'c' }, { id: 'b' }], nextBefore: 'b1' },
    { items: [], nextBefore: 'a9' },
    { items: [{ id: 'a' }], nextBefore: null },
  ]);
  expect(await idsOf(client.pages.listLogs({ query: { limit: 2, success: false } }))).toEqual(['c', 'b', 'a']);
  expect(requestedUrls).toEqual([
    '/api/logs?limit=2&success=false',
    '/api/logs?limit=2&success=false&before=b1',
    '/api/logs?limit=2&success=false&before=a9',
  ]);
});

it('200: starts at the given cursor, and requests no page that the caller does not need', async () => {
  const { requestedUrls, client } = await givenPages([
    { items: [{ id: 'b' }], nextBefore: 'a9' },
    { items: [{ id: 'a' }], nextBefore: null },
  ]);
  for await (const { id } of client.pages.listLogs({ query: { before: 'c1' } })) {
    expect(id).toBe('b');
    break;
  }
  expect(requestedUrls).toEqual(['/api/logs?before=c1']);
});

it('200: follows page numbers and sends the query with each request', async () => {
  const { requestedUrls, client } = await givenPages([
    { items: [{ id: 'a' }], totalPages: 2 },
    { items: [{ id: 'b' }], totalPages: 2 },
  ]);
  expect(await idsOf(client.pages.listIdentities({ query: { search: 'x' } }))).toEqual(['a', 'b']);
  expect(requestedUrls).toEqual(['/api/identities?search=x', '/api/identities?search=x&page=2']);
});

it('200: follows the keys of records, because the number of their pages is limited', async () => {
  const { requestedUrls, client } = await givenPages([
    { items: [{ key: 'b' }, { key: 'c&' }], pageSize: 2 },
    { items: [{ key: 'd' }, { key: 'e' }], pageSize: 2 },
    { items: [{ key: 'f' }], pageSize: 2 },
  ]);
  const keys: string[] = [];
  const query = { rows: 'users' as const, after: 'a', page: 2 };
  for await (const { key } of client.pages.listApplicationRecords({ path: { id: '1' }, query })) keys.push(key);
  expect(keys).toEqual(['b', 'c&', 'd', 'e', 'f']);
  expect(requestedUrls).toEqual([
    '/api/applications/1/records?rows=users&after=a&page=2',
    '/api/applications/1/records?rows=users&after=c%26',
    '/api/applications/1/records?rows=users&after=e',
  ]);
});
