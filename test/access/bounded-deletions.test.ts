import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  createToken,
  deleteAccessKey,
  deleteToken,
  getCurrentToken,
  refreshAccessToken,
  rotateToken,
  updateToken,
} from '../../generated/sdk.gen.ts';
import type { PermissionInput } from '../../generated/types.gen.ts';
import { refreshesMax } from '../../server/access/store/access-tokens.ts';
import { deleteBatchMax, deleteSomeSecrets } from '../../server/access/store/delete-tokens.ts';
import { secretsMax } from '../../server/access/store/token-secrets.ts';
import { hashSecret } from '../../server/common/secret-format.ts';
import { toInstant } from '../../server/database/instants.ts';
import { givenTenant, givenToken } from '../support/given.ts';
import { exchangeKey, givenAccessKey } from '../support/given-keys.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const secretTables = ['token_secrets', 'refresh_tokens', 'nonces'];
const rowsPerStatement = 1_000;
const later = () => toInstant(new Date(server.clock.now.getTime() + 3_600_000));
const countsOf = (token_id: string) => Promise.all(secretTables.map(async (table) => (await server.db(table).where({ token_id })).length));

/** Inserts this many access tokens, refresh tokens and nonces of an access key. */
async function givenSecrets(token_id: string, count: number, family_id: string = randomUUID()) {
  const many = <Row>(row: () => Row) => Array.from({ length: count }, row);
  const secret = () => ({ token_id, secret_hash: randomBytes(32), family_id, expires_at: later() });
  const nonce = () => ({ token_id, nonce_hash: randomBytes(32), expires_at: later() });
  await server.db.batchInsert('token_secrets', many(secret), 100);
  await server.db.batchInsert('refresh_tokens', many(secret), 100);
  await server.db.batchInsert('nonces', many(nonce), 100);
}

/** Inserts tokens; each row overrides columns of a token of the organization. */
async function givenTokens(tenant: Awaited<ReturnType<typeof givenTenant>>, rows: object[]) {
  const template = await server.db('tokens').where({ id: tenant.reader.row.id }).first();
  await server.db.batchInsert(
    'tokens',
    rows.map((row) => ({ ...template, ...row })),
    50,
  );
}

it('204: the deletion of an access key with many secrets touches none of them; a job deletes them in batches, also in two processes', async () => {
  const { administrator } = await givenTenant(server);
  const [key, other] = [await givenAccessKey(administrator), await givenAccessKey(administrator)];
  const { access_token } = await exchangeKey(server, key);
  await givenSecrets(key.id, 2 * rowsPerStatement + 1);
  await givenSecrets(other.id, 3);
  const before = await countsOf(key.id);
  expect((await deleteAccessKey({ client: administrator.client, path: { id: key.id } })).response?.status).toBe(204);
  expect((await getCurrentToken({ client: server.client(access_token) })).response?.status).toBe(401);
  expect(await countsOf(key.id)).toEqual(before);

  let left = before;
  for (let hasMore = true; hasMore; ) {
    hasMore = await deleteSomeSecrets(server.db);
    const now = await countsOf(key.id);
    for (const [table, count] of now.entries()) expect((left[table] as number) - count).toBeLessThanOrEqual(rowsPerStatement);
    left = now;
  }
  expect([left, await countsOf(other.id), await server.db('deleted_tokens').select()]).toEqual([[0, 0, 0], [3, 3, 3], []]);

  await givenSecrets(other.id, rowsPerStatement);
  await deleteAccessKey({ client: administrator.client, path: { id: other.id } });
  const runAll = async () => {
    while (await deleteSomeSecrets(server.db));
  };
  await Promise.all([runAll(), runAll(), runAll()]);
  expect([await countsOf(other.id), await server.db('deleted_tokens').select()]).toEqual([[0, 0, 0], []]);
});

it('204: a long chain of created tokens, and one creator of many, never stop the event loop, and few permissions are read at once', async () => {
  const tenant = await givenTenant(server);
  const permissions = JSON.stringify([{ resource: 'identities', action: 'read', fields: ['name'.repeat(1_000)] }]);
  const given = (index: number) => ({ id: randomUUID(), permissions, access_level: 'Read', name: `${index}` });
  const chain: ReturnType<typeof given>[] = Array.from({ length: 500 }, (_, index) => given(index));
  const flat = Array.from({ length: 1_000 }, (_, index) => given(index));
  const { row: root } = await givenToken(server, tenant.organization);
  await givenTokens(tenant, [
    ...chain.map((row, index) => ({ ...row, creator_id: chain[index - 1]?.id ?? root.id })),
    ...flat.map((row) => ({ ...row, creator_id: root.id })),
  ]);
  let mostRights = 0;
  let turns = 0;
  let isRunning = true;
  const countRights = (response: unknown) => {
    if (Array.isArray(response)) mostRights = Math.max(mostRights, response.filter((row) => row?.permissions).length);
  };
  const turn = () => {
    turns++;
    if (isRunning) setImmediate(turn);
  };
  server.db.on('query-response', countRights);
  setImmediate(turn);
  const { response } = await deleteToken({
    client: tenant.administrator.client,
    path: { id: root.id },
    query: { alsoDeleteCreated: true },
  });
  isRunning = false;
  server.db.off('query-response', countRights);
  expect(response?.status).toBe(204);
  expect(turns).toBeGreaterThan(chain.length);
  expect([mostRights > 0, mostRights <= deleteBatchMax]).toEqual([true, true]);
  expect((await server.db('tokens').where({ organization_id: tenant.organization.id })).length).toBe(3);
});

it('409: a token with 100 secrets in their grace period is rotated only without a grace period, which ends them', async () => {
  const { administrator, writer } = await givenTenant(server);
  const rotate = async (gracePeriodHours: number) => {
    const { data, error, response } = await rotateToken({
      client: administrator.client,
      path: { id: writer.row.id },
      body: { gracePeriodHours },
    });
    return { status: response?.status, message: error?.message, secret: data?.secret };
  };
  const grace = Array.from({ length: secretsMax - 2 }, () => ({
    token_id: writer.row.id,
    secret_hash: randomBytes(32),
    family_id: null,
    expires_at: later(),
  }));
  await server.db('token_secrets').insert(grace);
  const last = await rotate(1);
  expect(last.status).toBe(200);
  expect(await rotate(1)).toEqual({
    status: 409,
    message: `This token has ${secretsMax} secrets; wait until the grace period of the earlier ones has ended, or end them with gracePeriodHours 0`,
    secret: undefined,
  });
  expect((await getCurrentToken({ client: server.client(last.secret) })).response?.status).toBe(200);
  expect((await rotate(0)).status).toBe(200);
  expect(await server.db('token_secrets').where({ token_id: writer.row.id })).toHaveLength(1);
});

it('401: after 1,000 refreshes within a day, an exchange issues no more tokens; a second use still revokes all, and a new exchange works', async () => {
  const { administrator } = await givenTenant(server);
  const key = await givenAccessKey(administrator);
  const { refresh_token = '' } = await exchangeKey(server, key);
  const refresh = async (secret: string) => {
    const { data, response } = await refreshAccessToken({ client: server.client(), body: { refresh_token: secret } });
    return { status: response?.status, access: data?.access_token ?? '', next: data?.refresh_token ?? '' };
  };
  const { family_id } = await server
    .db('refresh_tokens')
    .where({ secret_hash: hashSecret(refresh_token) })
    .first();
  await givenSecrets(key.id, refreshesMax - 2, family_id);
  const last = await refresh(refresh_token);
  expect([last.status, (await refresh(last.next)).status]).toEqual([200, 401]);
  expect((await getCurrentToken({ client: server.client(last.access) })).response?.status).toBe(200);
  expect((await refresh(last.next)).status).toBe(401);
  expect((await getCurrentToken({ client: server.client(last.access) })).response?.status).toBe(401);
  expect(await server.db('refresh_tokens').where({ family_id })).toEqual([]);
  expect((await exchangeKey(server, key)).status).toBe(200);
});

it('400: refuses permissions of more than 32,768 bytes, at the creation and at a change', async () => {
  const { administrator, writer } = await givenTenant(server);
  const fields = Array.from({ length: 100 }, (_, index) => `attributes.${String(index).padStart(180, 'x')}`);
  const permissions = (['create', 'read'] as const).map((action) => ({ resource: 'users', action, fields })) as PermissionInput[];
  const created = await createToken({ client: administrator.client, body: { name: 'Large', permissions } });
  const changed = await updateToken({ client: administrator.client, path: { id: writer.row.id }, body: { permissions } });
  const errors = [{ field: 'permissions', message: 'Must have at most 32768 bytes; leave out fields to allow all of them' }];
  for (const { response, error } of [created, changed]) expect([response?.status, error?.errors]).toEqual([400, errors]);
});
