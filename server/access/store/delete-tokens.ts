import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Knex } from 'knex';
import { keyList } from '../../database/batched-lookup.ts';
import { type Db, runStatement } from '../../database/database.ts';
import { deleteSomeRows } from '../../database/delete-some-rows.ts';
import { inTransaction } from '../../database/transactions.ts';
import { lockOrganization } from '../../organizations/store/organizations.ts';
import type { Scope } from '../../organizations/store/scope.ts';
import { type CredentialKind, type CredentialRights, parsePermissions, type StoredToken, type TokenRow } from './token-rows.ts';
import { tokensInScope } from './tokens.ts';

type CreatedToken = Pick<TokenRow, 'id' | 'creator_id'>;
const rightsColumns: (keyof CredentialRights)[] = ['kind', 'name', 'access_level', 'permissions', 'expires_at'];

/**
 * Maximum ids per statement. Must stay below 200: from 200 values on, MySQL plans with table statistics instead of index dives, and may scan the
 * table.
 */
export const deleteBatchMax = 100;
/** Maximum secrets of one table that a statement deletes. An access key can have millions of them. */
const secretsPerDelete = 1_000;

/** Runs `work` for each batch of a list. Yields to the event loop before each batch, because the embedded database blocks it meanwhile. */
async function inBatches<Item>(items: Item[], work: (batch: Item[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += deleteBatchMax) {
    await yieldToEventLoop();
    await work(items.slice(from, from + deleteBatchMax));
  }
}

/**
 * Deletes tokens, so that none of their secrets works any more. `deleteSomeSecrets` deletes the secrets themselves. Tokens that they created and that
 * stay are marked, and pass to the nearest creator that is left.
 *
 * A transaction that adds a secret locks the token's row, so it either commits before this deletion or finds no token. No secrets are added later.
 */
export async function deleteTokenRows(trx: Db, tokens: CreatedToken[]): Promise<void> {
  await inBatches(tokens, async (batch) => {
    const { marks, values } = keyList(batch.map(({ id }) => id));
    await runStatement(trx, `DELETE FROM tokens WHERE id IN (${marks})`, values);
    await trx('deleted_tokens').insert(batch.map(({ id }) => ({ token_id: id })));
  });
  await passOnCreated(trx, tokens);
}

/**
 * Deletes some secrets, refresh tokens and nonces of deleted tokens. Returns whether there may be more. Safe to run in many processes.
 *
 * Deletes by id, because MySQL reads the whole table of secrets if a subquery selects the tokens.
 */
export async function deleteSomeSecrets(db: Db): Promise<boolean> {
  const ids: string[] = await db('deleted_tokens').orderBy('token_id').limit(deleteBatchMax).pluck('token_id');
  if (ids.length === 0) return false;
  const { marks, values } = keyList(ids);
  for (const table of ['token_secrets', 'refresh_tokens', 'nonces']) {
    const ofTokens = `${table} WHERE token_id IN (${marks})`;
    const deleted = await inTransaction(db, (trx) => deleteSomeRows(trx, ofTokens, values, secretsPerDelete));
    if (deleted === secretsPerDelete) return true;
  }
  await db('deleted_tokens').whereIn('token_id', ids).delete();
  return true;
}

async function passOnCreated(trx: Db, deleted: CreatedToken[]): Promise<void> {
  const creators = new Map(deleted.map(({ id, creator_id }) => [id, creator_id]));
  const nearestLeft = (id: string | null): string | null => {
    let left = id;
    while (left !== null && creators.has(left)) left = creators.get(left) as string | null;
    // Shortens the way for the next token of the same creator.
    if (id !== null) creators.set(id, left);
    return left;
  };
  /** Passes on some created tokens, which are then not found again. Returns whether there were any. */
  const passOnSome = async (batch: CreatedToken[]): Promise<boolean> => {
    const created: CreatedToken[] = await tokensOfCreators(trx('tokens'), batch).limit(deleteBatchMax).select('id', 'creator_id');
    for (const [creator_id, ids] of Map.groupBy(created, (token) => nearestLeft(token.creator_id)))
      await trx('tokens')
        .whereIn(
          'id',
          ids.map(({ id }) => id),
        )
        .update({ creator_id, is_creator_deleted: true });
    return created.length > 0;
  };
  await inBatches(deleted, async (batch) => {
    while (await passOnSome(batch)) await yieldToEventLoop();
  });
}

const tokensOfCreators = (query: Knex.QueryBuilder, creators: CreatedToken[]): Knex.QueryBuilder =>
  query.whereIn(
    'tokens.creator_id',
    creators.map(({ id }) => id),
  );

/**
 * Returns the credentials in a scope that a credential created, and those that these created, and so on. Calls `check` with the rights of each.
 *
 * The rights of all together may be large, so only those of one batch are read at the same time.
 */
export async function findCreatedTokens(
  trx: Db,
  scope: Scope,
  creator: CreatedToken,
  check: (row: CredentialRights) => void,
): Promise<CreatedToken[]> {
  const found: CreatedToken[] = [];
  let creators: CreatedToken[] = [creator];
  while (creators.length > 0) {
    const created: CreatedToken[] = [];
    await inBatches(creators, async (batch) => {
      const rows: CreatedToken[] = await tokensOfCreators(tokensInScope(trx, scope), batch).select('tokens.id', 'tokens.creator_id');
      for (const row of rows) created.push(row);
    });
    await inBatches(created, async (batch) => {
      const ids = batch.map(({ id }) => id);
      const rows: StoredToken<CredentialRights>[] = await trx('tokens').whereIn('id', ids).select(rightsColumns);
      for (const row of rows) check({ ...row, permissions: parsePermissions(row.permissions) });
    });
    for (const row of created) found.push(row);
    creators = created;
  }
  return found;
}

const identified = (tokens: Knex.QueryBuilder): Promise<CreatedToken[]> =>
  tokens.orderBy('tokens.id').select('tokens.id', 'tokens.creator_id');

/** Deletes a credential, without those that it created. Tells whether it existed. */
export const deleteToken = (db: Db, scope: Scope, kind: CredentialKind, id: string): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    await lockOrganization(trx, scope.organizationId);
    const tokens = await identified(tokensInScope(trx, scope, kind).where('tokens.id', id));
    await deleteTokenRows(trx, tokens);
    return tokens.length > 0;
  });

/** Deletes the access keys of all organizations, with their secrets. Returns their number. */
export async function deleteAllAccessKeys(trx: Db): Promise<number> {
  for (const id of await trx('organizations').orderBy('id').pluck('id')) await lockOrganization(trx, id);
  const keys = await identified(trx('tokens').where('tokens.kind', 'Access Key'));
  await deleteTokenRows(trx, keys);
  return keys.length;
}

/** Deletes all credentials in a scope, with their secrets, except the one with `exceptId`. */
export async function deleteTokens(trx: Db, scope: Scope, exceptId: string | null): Promise<void> {
  const tokens = tokensInScope(trx, scope);
  await deleteTokenRows(trx, await identified(exceptId === null ? tokens : tokens.whereNot('tokens.id', exceptId)));
}
