import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Knex } from 'knex';
import { keyList } from '../../database/batched-lookup.ts';
import { type Db, runStatement } from '../../database/database.ts';
import { inTransaction } from '../../database/transactions.ts';
import { lockOrganization } from '../../organizations/store/organizations.ts';
import type { Scope } from '../../organizations/store/scope.ts';
import { type CredentialKind, parseTokenRow, type StoredToken, type TokenRow } from './token-rows.ts';
import { tokensInScope } from './tokens.ts';

type CreatedToken = Pick<TokenRow, 'id' | 'creator_id'>;

/**
 * Maximum ids per statement. Must stay below 200: from 200 values on, MySQL plans with table statistics instead of index dives, and may scan the
 * table.
 */
export const deleteBatchMax = 100;

/** Runs `work` for each batch of a list. Yields to the event loop between batches, because the embedded database blocks it meanwhile. */
async function inBatches<Item>(items: Item[], work: (batch: Item[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += deleteBatchMax) {
    if (from > 0) await yieldToEventLoop();
    await work(items.slice(from, from + deleteBatchMax));
  }
}

/**
 * Deletes tokens with their secrets. Tokens that they created and that stay are marked, and pass to the nearest creator that is left.
 *
 * Deletes by id, because MySQL reads the whole table of secrets if a subquery selects the tokens. Deletes the token rows first: a transaction that
 * adds a secret locks the token's row, so it either commits before this deletion or finds no token.
 */
export async function deleteWithSecrets(trx: Db, tokens: CreatedToken[]): Promise<void> {
  await inBatches(tokens, async (batch) => {
    const { marks, values } = keyList(batch.map(({ id }) => id));
    await runStatement(trx, `DELETE FROM tokens WHERE id IN (${marks})`, values);
    for (const table of ['token_secrets', 'refresh_tokens', 'nonces'])
      await runStatement(trx, `DELETE FROM ${table} WHERE token_id IN (${marks})`, values);
  });
  await passOnCreated(trx, tokens);
}

async function passOnCreated(trx: Db, deleted: CreatedToken[]): Promise<void> {
  const creators = new Map(deleted.map(({ id, creator_id }) => [id, creator_id]));
  const nearestLeft = (id: string | null): string | null => {
    let left = id;
    while (left !== null && creators.has(left)) left = creators.get(left) as string | null;
    return left;
  };
  const idsByCreator = new Map<string | null, string[]>();
  await inBatches(deleted, async (batch) => {
    const created: CreatedToken[] = await tokensOfCreators(trx('tokens'), batch).select('id', 'creator_id');
    for (const { id, creator_id } of created) {
      const left = nearestLeft(creator_id);
      const ids = idsByCreator.get(left) ?? [];
      ids.push(id);
      idsByCreator.set(left, ids);
    }
  });
  for (const [creator_id, ids] of idsByCreator)
    await inBatches(ids, (batch) => trx('tokens').whereIn('id', batch).update({ creator_id, is_creator_deleted: true }));
}

const tokensOfCreators = (query: Knex.QueryBuilder, creators: CreatedToken[]): Knex.QueryBuilder =>
  query.whereIn(
    'tokens.creator_id',
    creators.map(({ id }) => id),
  );

/** Returns the credentials in a scope that a credential created, and those that these created, and so on. */
export async function findCreatedTokens(trx: Db, scope: Scope, creator: CreatedToken): Promise<TokenRow[]> {
  const found: TokenRow[] = [];
  let creators: CreatedToken[] = [creator];
  while (creators.length > 0) {
    const created: TokenRow[] = [];
    await inBatches(creators, async (batch) => {
      const rows: StoredToken<TokenRow>[] = await tokensOfCreators(tokensInScope(trx, scope), batch).select('tokens.*');
      for (const row of rows) created.push(parseTokenRow(row));
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
    await deleteWithSecrets(trx, tokens);
    return tokens.length > 0;
  });

/** Deletes the access keys of all organizations, with their secrets. Returns their number. */
export async function deleteAllAccessKeys(trx: Db): Promise<number> {
  for (const id of await trx('organizations').orderBy('id').pluck('id')) await lockOrganization(trx, id);
  const keys = await identified(trx('tokens').where('tokens.kind', 'Access Key'));
  await deleteWithSecrets(trx, keys);
  return keys.length;
}

/** Deletes all credentials in a scope, with their secrets, except the one with `exceptId`. */
export async function deleteTokens(trx: Db, scope: Scope, exceptId: string | null): Promise<void> {
  const tokens = tokensInScope(trx, scope);
  await deleteWithSecrets(trx, await identified(exceptId === null ? tokens : tokens.whereNot('tokens.id', exceptId)));
}
