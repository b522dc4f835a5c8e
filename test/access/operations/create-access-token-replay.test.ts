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

it('200: a content of the time and a nonce, once; 401: the same again, however the hash is written', async () => {
  const key = await protectedKey();
  const content = timestampedContent(server.clock.now);
  const used = [401, 'The nonce in the content was used before'];
  expect((await exchangeKey(server, key, { content })).status).toBe(200);
  expect(await refusal(server, key, { content })).toEqual(used);
  expect(await refusal(server, key, { content, hash: hmacOf(content, key.secret).toUpperCase() })).toEqual(used);
  expect((await exchangeKey(server, key, { content: timestampedContent(server.clock.now) })).status).toBe(200);
});

it('200: of calls at the same moment with one nonce, one', async () => {
  const key = await protectedKey();
  const content = timestampedContent(server.clock.now);
  const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await exchangeKey(server, key, { content })).status));
  expect(statuses.toSorted()).toEqual([200, ...Array(9).fill(401)]);
});

it('200: up to five minutes off either way; 401: a second more, with the seconds it is off', async () => {
  const key = await protectedKey();
  for (const off of [300, -300]) expect((await exchangeKey(server, key, { content: timestampedContent(later(off)) })).status).toBe(200);
  for (const off of [301, -301])
    expect(await refusal(server, key, { content: timestampedContent(later(off)) })).toEqual([
      401,
      "The time in the content is 301 seconds from the server's, more than 300",
    ]);
});

it('401: a content that is not of that form says so, but only to who has the secret', async () => {
  const key = await protectedKey();
  for (const content of ['api-content-hash', '123', `${timestampedContent(server.clock.now, 'short')}`, `x.${'n'.repeat(16)}`])
    expect(await refusal(server, key, { content })).toEqual([401, expect.stringContaining('must be <Unix seconds>.<nonce>')]);
  const content = timestampedContent(server.clock.now);
  expect(await refusal(server, key, { content, hash: hmacOf(content, 'another') })).toEqual([
    401,
    'Invalid or expired authentication token',
  ]);
  // What was refused for its hash has not used the nonce up.
  expect((await exchangeKey(server, key, { content })).status).toBe(200);
});

it('200: two keys may see the same nonce', async () => {
  const [one, two] = [await protectedKey(), await protectedKey()];
  const content = timestampedContent(server.clock.now);
  expect([(await exchangeKey(server, one, { content })).status, (await exchangeKey(server, two, { content })).status]).toEqual([200, 200]);
});
