import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import { findAccessKeyById, insertRefreshToken } from '../../../server/access/store/access-tokens.ts';
import { deleteBatchMax, deleteSomeSecrets, deleteToken, deleteTokens } from '../../../server/access/store/delete-tokens.ts';
import { insertSecret } from '../../../server/access/store/token-secrets.ts';
import type { NewToken } from '../../../server/access/store/tokens.ts';
import { isMySql } from '../../../server/database/database.ts';
import { toInstant } from '../../../server/database/instants.ts';
import { inTransaction } from '../../../server/database/transactions.ts';
import { lockOrganization } from '../../../server/organizations/store/organizations.ts';
import { givenTenant, givenToken, type Tenant } from '../../support/given.ts';
import { givenAccessKey } from '../../support/given-keys.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
let tenant: Tenant;
beforeEach(async () => {
  tenant = await givenTenant(server);
});
const scope = () => ({ organizationId: tenant.organization.id, projectId: null, scopeEnvironmentId: null });

const tables = ['token_secrets', 'refresh_tokens', 'nonces'];
const countsOf = (ids: string[]) =>
  Promise.all(tables.map(async (table) => Number((await server.db(table).whereIn('token_id', ids).count({ count: '*' }))[0]?.count)));
const expires_at = () => toInstant(new Date(server.clock.now.getTime() + 60_000));

it('deletes the secrets, refresh tokens and nonces of many tokens in batches, and nothing of other tokens', async () => {
  const ids = Array.from({ length: 2 * deleteBatchMax + 1 }, () => randomUUID());
  const token: NewToken = {
    organization_id: tenant.organization.id,
    access_level: 'Read',
    name: '',
    secret_start: '',
    created_by: 'a test',
  };
  const row = { ...token, kind: 'Access Key', level: 'Organization', is_replay_protected: false, created_at: toInstant(server.clock.now) };
  const secret = (token_id: string) => ({ token_id, secret_hash: randomBytes(32) });
  const refresh = (token_id: string) => ({ ...secret(token_id), family_id: randomUUID(), expires_at: expires_at() });
  const nonce = (token_id: string) => ({ token_id, nonce_hash: randomBytes(32), expires_at: expires_at() });
  await server.db.batchInsert(
    'tokens',
    ids.map((id) => ({ ...row, id })),
    50,
  );
  await server.db.batchInsert('token_secrets', ids.map(secret), 50);
  await server.db.batchInsert('refresh_tokens', ids.map(refresh), 50);
  await server.db.batchInsert('nonces', ids.map(nonce), 50);
  expect(await countsOf(ids)).toEqual([ids.length, ids.length, ids.length]);

  const { row: caller } = tenant.administrator;
  await inTransaction(server.db, (trx) => deleteTokens(trx, scope(), caller.id));
  while (await deleteSomeSecrets(server.db));
  expect(await countsOf(ids)).toEqual([0, 0, 0]);
  expect(await server.db('tokens').where({ organization_id: tenant.organization.id }).pluck('id')).toEqual([caller.id]);
  expect(await countsOf([caller.id])).toEqual([1, 0, 0]);
});

it('deletes a secret that a concurrent transaction adds to an access key during its deletion', async () => {
  const { id } = await givenAccessKey(tenant.administrator);
  let deleting: Promise<boolean> | undefined;
  await inTransaction(server.db, async (trx) => {
    await findAccessKeyById(trx, id, { lock: true });
    deleting = deleteToken(server.db, scope(), 'Access Key', id);
    // On the embedded database the deletion waits for the only connection, which no query shows.
    if (isMySql(server.db)) await untilLockWait();
    await insertSecret(trx, id, randomBytes(32), { expires_at: expires_at(), family_id: randomUUID() });
    await insertRefreshToken(trx, { secret_hash: randomBytes(32), token_id: id, family_id: randomUUID(), expires_at: expires_at() });
  });
  const isDeleted = await deleting;
  while (await deleteSomeSecrets(server.db));
  expect([isDeleted, await countsOf([id])]).toEqual([true, [0, 0, 0]]);
});

it('a token that is inserted during a revocation of all tokens waits for its end', async () => {
  let isInserted = false;
  let inserting: Promise<unknown> | undefined;
  await inTransaction(server.db, async (trx) => {
    await lockOrganization(trx, tenant.organization.id);
    inserting = givenToken(server, tenant.organization).then(() => {
      isInserted = true;
    });
    if (isMySql(server.db)) await untilLockWait();
    await deleteTokens(trx, scope(), null);
    expect(isInserted).toBe(false);
  });
  await inserting;
  expect(await server.db('tokens').where({ organization_id: tenant.organization.id })).toHaveLength(1);
});

/**
 * Waits until a transaction on this database waits for a row lock.
 *
 * Polls every 150 ms, because InnoDB refreshes INNODB_TRX only if the last read was more than 0.1 s ago.
 */
async function untilLockWait(): Promise<void> {
  const waiting = `SELECT 1 FROM information_schema.INNODB_TRX trx JOIN information_schema.PROCESSLIST process ON process.ID = trx.trx_mysql_thread_id
    WHERE trx.trx_state = 'LOCK WAIT' AND process.DB = DATABASE()`;
  do await wait(150);
  while ((await server.db.raw(waiting))[0].length === 0);
}
