import { readFileSync } from 'node:fs';
import { get as request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { chooseCoding, createStaticDocument } from '../../server/contract/static-document.ts';
import { contractFetch, definition } from '../support/contract.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
/** All paths whose operations declare 304, and a guide, which is not an operation. */
const paths = [
  ...Object.entries(definition.paths ?? {})
    .filter(([, item]) => item?.get?.responses?.[304])
    .map(([path]) => path),
  '/docs/guides/errors',
];

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}
/** Not `fetch`, which decompresses bodies. */
const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request(server.url + path, { headers, method }, async (response) => {
      const chunks = await response.toArray();
      resolve({ status: response.statusCode as number, headers: response.headers as Record<string, string>, body: Buffer.concat(chunks) });
    }).on('error', reject);
  });

it('304 is declared for the contract in each format, the page and its script', () => {
  expect(paths).toEqual(['/docs', '/docs/openapi.json', '/docs/redoc.js', '/openapi.yaml', '/openapi.json', '/docs/guides/errors']);
});

it.each(paths)('200: %s is compressed as the client accepts it, with a tag for each coding', async (path) => {
  const plain = await get(path);
  const [gzip, brotli] = [await get(path, { 'accept-encoding': 'gzip' }), await get(path, { 'accept-encoding': 'gzip, deflate, br' })];
  expect([plain, gzip, brotli].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip', 'br']);
  expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
  expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
  if (plain.body.length > 10_000) expect(gzip.body.length).toBeLessThan(plain.body.length / 2);
  const answers = [plain, gzip, brotli];
  for (const { headers, body, status } of answers) {
    expect(status).toBe(200);
    expect(headers).toMatchObject({ vary: 'Accept-Encoding', 'content-length': String(body.length) });
    expect(headers['cache-control']).toMatch(/^public, (no-cache|max-age=86400)$/);
    expect(headers.etag).toMatch(/^"[\w-]+"$/);
  }
  expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(3);
});

it.each(paths)('304: %s has no body for a client that has it, and 200 for a client that has another version or coding', async (path) => {
  for (const coding of ['identity', 'gzip', 'br']) {
    const headers = { 'accept-encoding': coding };
    const { headers: first, body } = await get(path, headers);
    for (const tags of [first.etag, `W/${first.etag}`, `"other", ${first.etag}`, '*']) {
      const again = await get(path, { ...headers, 'if-none-match': tags as string });
      expect([tags, again.status, again.body.length, again.headers.etag]).toEqual([tags, 304, 0, first.etag]);
      expect([again.headers.vary, again.headers['content-length']]).toEqual(['Accept-Encoding', undefined]);
    }
    for (const tags of ['"other"', first.etag?.slice(1, -1), ''])
      expect((await get(path, { ...headers, 'if-none-match': tags as string })).body.length).toBe(body.length);
    const otherCoding = { 'accept-encoding': coding === 'gzip' ? 'br' : 'gzip', 'if-none-match': first.etag as string };
    expect((await get(path, otherCoding)).status).toBe(200);
  }
  const { headers } = await contractFetch(server.url + path);
  const again = await contractFetch(server.url + path, { headers: { 'if-none-match': headers.get('etag') as string } });
  expect(again.status).toBe(304);
});

it.each(paths)('200, 304: HEAD of %s has the headers of GET and no body', async (path) => {
  const requests: Record<string, string>[] = [{}, { 'accept-encoding': 'gzip' }, { 'accept-encoding': 'br', 'if-none-match': '*' }];
  for (const headers of requests) {
    const [full, head] = [await get(path, headers), await get(path, headers, 'HEAD')];
    const { date: _date, 'x-correlation-id': _id, ...expected } = full.headers;
    expect([head.status, head.body.length]).toEqual([full.status, 0]);
    expect(head.headers).toMatchObject(expected);
  }
});

it('reads and compresses a document once, also for concurrent requests, and again after a failure', async () => {
  let reads = 0;
  const document = createStaticDocument(
    async () => {
      reads++;
      if (reads === 1) throw new Error('no such file');
      return readFileSync('openapi.yaml');
    },
    { 'Content-Type': 'text/plain' },
  );
  await expect(document({})).rejects.toThrow('no such file');
  const replies = await Promise.all(Array.from({ length: 50 }, () => document({ 'accept-encoding': 'br' })));
  expect([reads, new Set(replies.map(({ body }) => body)).size]).toEqual([2, 1]);
});

it.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['GZIP', 'gzip'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['br;q=0, gzip ; q=0', 'identity'],
  ['identity, gzip;q=0.5', 'identity'],
  ['*;q=0', 'identity'],
  ['deflate', 'identity'],
  ['gzip;q=x;;, =,,', 'identity'],
  [`${'a,'.repeat(100_000)}gzip`, 'gzip'],
  [`gzip${' '.repeat(100_000)}x`, 'identity'],
])('chooses a content coding: %.30s', (acceptEncoding, coding) => {
  expect(chooseCoding(acceptEncoding)).toBe(coding);
});
