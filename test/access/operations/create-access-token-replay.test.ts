import { expect, it } from 'vitest';
import { givenTenant } from '../../support/given.ts';
import { exchangeKey, givenAccessKey, hmacOf, timestampedContent } from '../../support/given-keys.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const protectedKey = async () => givenAccessKey((await givenTenant(server)).administrator, { isReplayProtected: true });
const refusal = async (...given: Parameters<typeof exchangeKey>) => {
  const { status, error } = await exchangeKey(...given);
  return [status, error?.message];
};
const later = (seconds: number) => new Date(server.clock.now.getTime() + seconds * 1000);

it('200: accepts a content with time and nonce once; 401: refuses it again, also with the hash in capitals', async () => {
  const key = await protectedKey();
  const content = timestampedContent(server.clock.now);
  const used = [401, 'The nonce in the content was used before'];
  expect((await exchangeKey(server, key, { content })).status).toBe(200);
  expect(await refusal(server, key, { content })).toEqual(used);
  expect(await refusal(server, key, { content, hash: hmacOf(content, key.secret).toUpperCase() })).toEqual(used);
  expect((await exchangeKey(server, key, { content: timestampedContent(server.clock.now) })).status).toBe(200);
});

it('200: accepts one of many concurrent calls with the same nonce', async () => {
  const key = await protectedKey();
  const content = timestampedContent(server.clock.now);
  const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await exchangeKey(server, key, { content })).status));
  expect(statuses.toSorted()).toEqual([200, ...Array(9).fill(401)]);
});

it('200: accepts a time up to five minutes off; 401: refuses a second more, and states the difference', async () => {
  const key = await protectedKey();
  for (const offset of [300, -300])
    expect((await exchangeKey(server, key, { content: timestampedContent(later(offset)) })).status).toBe(200);
  for (const offset of [301, -301])
    expect(await refusal(server, key, { content: timestampedContent(later(offset)) })).toEqual([
      401,
      "The time in the content differs from the server's by 301 seconds; at most 300 are accepted",
    ]);
});

it('401: explains a malformed content, but only to a caller with the right hash', async () => {
  const key = await protectedKey();
  for (const content of ['api-content-hash', '123', `${timestampedContent(server.clock.now, 'short')}`, `x.${'n'.repeat(16)}`])
    expect(await refusal(server, key, { content })).toEqual([401, expect.stringContaining('must be <Unix seconds>.<nonce>')]);
  const content = timestampedContent(server.clock.now);
  expect(await refusal(server, key, { content, hash: hmacOf(content, 'another') })).toEqual([
    401,
    'Invalid or expired authentication token',
  ]);
  // A request with a wrong hash does not use up the nonce.
  expect((await exchangeKey(server, key, { content })).status).toBe(200);
});

it('200: two keys may use the same nonce', async () => {
  const [first, second] = [await protectedKey(), await protectedKey()];
  const content = timestampedContent(server.clock.now);
  expect([(await exchangeKey(server, first, { content })).status, (await exchangeKey(server, second, { content })).status]).toEqual([
    200, 200,
  ]);
});
