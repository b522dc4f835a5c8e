import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { deleteExpiredSecrets } from '../../server/access/store/access-tokens.ts';
import { toInstant } from '../../server/database/instants.ts';
import { givenTenant } from '../support/given.ts';
import { exchangeKey, givenAccessKey, timestampedContent } from '../support/given-keys.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const tables = ['token_secrets', 'refresh_tokens', 'nonces'];
const countRows = async (token_id: string) => Promise.all(tables.map(async (table) => (await server.db(table).where({ token_id })).length));
const later = (hours: number) => new Date(server.clock.now.getTime() + hours * 3_600_000);

it('deletes secrets, refresh tokens and nonces after each one expires, and not before', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator, { isReplayProtected: true });
  await exchangeKey(server, key, { content: timestampedContent(server.clock.now) });
  expect(await countRows(key.id)).toEqual([1, 1, 1]);
  await deleteExpiredSecrets(server.db, later(1));
  expect(await countRows(key.id)).toEqual([1, 1, 1]);
  await deleteExpiredSecrets(server.db, later(2));
  expect(await countRows(key.id)).toEqual([0, 1, 0]);
  await deleteExpiredSecrets(server.db, later(25));
  expect(await countRows(key.id)).toEqual([0, 0, 0]);
  // The secret of a token that was not rotated has no expiration.
  expect(await countRows(administrator.row.id)).toEqual([1, 0, 0]);
});

it('deletes at most a thousand rows of a table per call, and returns whether there may be more', async () => {
  const { organization } = await givenTenant(server);
  const row = (index: number) => ({
    secret_hash: createHash('sha256').update(`${organization.id} ${index}`).digest(),
    token_id: organization.id,
    expires_at: toInstant(new Date(0)),
  });
  for (let first = 0; first < 1_500; first += 250)
    await server.db('token_secrets').insert(Array.from({ length: 250 }, (_, index) => row(first + index)));
  expect([await deleteExpiredSecrets(server.db, later(0)), await countRows(organization.id)]).toEqual([true, [500, 0, 0]]);
  expect([await deleteExpiredSecrets(server.db, later(0)), await countRows(organization.id)]).toEqual([false, [0, 0, 0]]);
});
