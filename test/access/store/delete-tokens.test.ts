import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import { findAccessKeyById, insertRefreshToken } from '../../../server/access/store/access-tokens.ts';
import { insertSecret } from '../../../server/access/store/token-secrets.ts';
import { deleteBatchMax, deleteToken, deleteTokens, type NewToken } from '../../../server/access/store/tokens.ts';
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
const reach = () => ({ organizationId: tenant.organization.id, projectId: null, scopeEnvironmentId: null });

const tables = ['token_secrets', 'refresh_tokens', 'nonces'];
const countsOf = (ids: string[]) =>
  Promise.all(tables.map(async (table) => Number((await server.db(table).whereIn('token_id', ids).count({ count: '*' }))[0]?.count)));
const expires_at = () => toInstant(new Date(server.clock.now.getTime() + 60_000));

it('however many tokens are revoked at once, nothing that belongs to them is left, and the others keep theirs', async () => {
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
  await inTransaction(server.db, (trx) => deleteTokens(trx, reach(), caller.id));
  expect(await countsOf(ids)).toEqual([0, 0, 0]);
  expect(await server.db('tokens').where({ organization_id: tenant.organization.id }).pluck('id')).toEqual([caller.id]);
  expect(await countsOf([caller.id])).toEqual([1, 0, 0]);
});

it('a secret that is being made of an access key when the key is deleted is deleted with it', async () => {
  const { id } = await givenAccessKey(tenant.administrator);
  let deleting: Promise<boolean> | undefined;
  await inTransaction(server.db, async (trx) => {
    await findAccessKeyById(trx, id, { lock: true });
    deleting = deleteToken(server.db, reach(), 'Access Key', id);
    // On the embedded database it waits for the one connection.
    if (isMySql(server.db)) await waitsForLock();
    await insertSecret(trx, id, randomBytes(32), { expires_at: expires_at(), family_id: randomUUID() });
    await insertRefreshToken(trx, { secret_hash: randomBytes(32), token_id: id, family_id: randomUUID(), expires_at: expires_at() });
  });
  expect([await deleting, await countsOf([id])]).toEqual([true, [0, 0, 0]]);
});

it('a token that is made beside a revocation, as by the token command, is made after it', async () => {
  let isMade = false;
  let making: Promise<unknown> | undefined;
  await inTransaction(server.db, async (trx) => {
    await lockOrganization(trx, tenant.organization.id);
    making = givenToken(server, tenant.organization).then(() => {
      isMade = true;
    });
    if (isMySql(server.db)) await waitsForLock();
    await deleteTokens(trx, reach(), null);
    expect(isMade).toBe(false);
  });
  await making;
  expect(await server.db('tokens').where({ organization_id: tenant.organization.id })).toHaveLength(1);
});

/** Until somebody waits for a row of this database that somebody else has. MySQL makes the table anew only for whoever has not asked for 0.1 s. */
async function waitsForLock(): Promise<void> {
  const waiting = `SELECT 1 FROM information_schema.INNODB_TRX trx JOIN information_schema.PROCESSLIST process ON process.ID = trx.trx_mysql_thread_id
    WHERE trx.trx_state = 'LOCK WAIT' AND process.DB = DATABASE()`;
  do await wait(150);
  while ((await server.db.raw(waiting))[0].length === 0);
}
