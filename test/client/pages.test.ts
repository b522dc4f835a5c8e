import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../client/index.ts';

/** A server that answers with these pages, one after another, and tells how it was asked. */
async function givenPages(pages: unknown[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(pages[asked.length - 1]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, client: createClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, retries: 0 }) };
}

const idsOf = async (items: AsyncIterable<{ id: string }>) => {
  const ids: string[] = [];
  for await (const { id } of items) ids.push(id);
  return ids;
};

it('200: a list with cursors is asked on with what each page names, through a page that is empty, until none is named', async () => {
  const { asked, client } = await givenPages([
    { items: [{ id: 'c' }, { id: 'b' }], nextBefore: 'b1' },
    { items: [], nextBefore: 'a9' },
    { items: [{ id: 'a' }], nextBefore: null },
  ]);
  expect(await idsOf(client.pages.listLogs({ query: { limit: 2, success: false } }))).toEqual(['c', 'b', 'a']);
  expect(asked).toEqual([
    '/api/logs?limit=2&success=false',
    '/api/logs?limit=2&success=false&before=b1',
    '/api/logs?limit=2&success=false&before=a9',
  ]);
});

it('200: a list with cursors begins where the caller says, and asks no more than is taken', async () => {
  const { asked, client } = await givenPages([
    { items: [{ id: 'b' }], nextBefore: 'a9' },
    { items: [{ id: 'a' }], nextBefore: null },
  ]);
  for await (const { id } of client.pages.listLogs({ query: { before: 'c1' } })) {
    expect(id).toBe('b');
    break;
  }
  expect(asked).toEqual(['/api/logs?before=c1']);
});

it('200: a list with numbers is asked on by number, and as the caller asked for the first page', async () => {
  const { asked, client } = await givenPages([
    { items: [{ id: 'a' }], totalPages: 2 },
    { items: [{ id: 'b' }], totalPages: 2 },
  ]);
  expect(await idsOf(client.pages.listIdentities({ query: { search: 'x' } }))).toEqual(['a', 'b']);
  expect(asked).toEqual(['/api/identities?search=x', '/api/identities?search=x&page=2']);
});
