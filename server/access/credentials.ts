import { randomUUID } from 'node:crypto';
import { conflict, orNotFound } from '../common/errors.ts';
import { inTransaction } from '../database/transactions.ts';
import { actorNameOf, type Context, callerOf } from '../handler.ts';
import { type CredentialChange, changedColumns, checkCallerCovers, grantedColumns, lockCaller, resourceOf } from './delegation.ts';
import type { RequestedGrant } from './requested-grant.ts';
import { deleteTokenRows, findCreatedTokens } from './store/delete-tokens.ts';
import type { CredentialKind, CredentialRights, TokenView } from './store/token-rows.ts';
import * as store from './store/tokens.ts';

/** Returns a token or an access key. Throws 404 if it does not exist or is outside the caller's scope. */
export async function findCredential(context: Context, kind: CredentialKind, id: string, options?: { lock: boolean }): Promise<TokenView> {
  return orNotFound(await store.findToken(context.db, callerOf(context), kind, id, options), kind, id, resourceOf(kind));
}

/** Throws 409 if the organization may not have another credential. The locked organization makes the number exact. */
async function checkTokensMax(context: Context): Promise<void> {
  const { db, tokensMax } = context;
  if (await store.hasTokens(db, callerOf(context).organizationId, tokensMax))
    throw conflict(`The organization has ${tokensMax} tokens and access keys, and may not have more; delete some that are not used`, [
      { resource: 'tokens', fields: [] },
      { resource: 'access-keys', fields: [] },
    ]);
}

/** Creates a token or an access key. `secretFor` gets the new id and returns the columns that store the secret. */
export const createCredential = (
  context: Context,
  kind: CredentialKind,
  { name, ...requested }: RequestedGrant & { name: string },
  secretFor: (id: string) => Pick<store.NewToken, 'secret_start'> & Partial<store.NewToken>,
): Promise<TokenView> =>
  inTransaction(context.db, async (db) => {
    const trxContext = { ...context, db };
    const id = randomUUID();
    const granted = await grantedColumns(trxContext, kind, requested);
    await checkTokensMax(trxContext);
    const creator = { created_by: actorNameOf(context), creator_id: callerOf(context).tokenId };
    await store.insertToken(db, context.now, { id, name, ...creator, ...granted, ...secretFor(id) });
    return findCredential(trxContext, kind, id);
  });

export const updateCredential = (context: Context, kind: CredentialKind, id: string, change: CredentialChange): Promise<TokenView> =>
  inTransaction(context.db, async (db) => {
    const trxContext = { ...context, db };
    await lockCaller(trxContext);
    const row = await findCredential(trxContext, kind, id, { lock: true });
    await store.updateToken(db, row.id, await changedColumns(trxContext, row, change));
    return findCredential(trxContext, kind, id);
  });

/**
 * Deletes a token or an access key. `alsoDeleteCreated` also deletes what it created, and what that created in turn.
 *
 * Throws 403 and 409 before anything is deleted.
 */
export const deleteCredential = (context: Context, kind: CredentialKind, id: string, alsoDeleteCreated: boolean): Promise<void> =>
  inTransaction(context.db, async (db) => {
    const trxContext = { ...context, db };
    const caller = callerOf(context);
    await lockCaller(trxContext);
    const row = await findCredential(trxContext, kind, id, { lock: true });
    const check = (one: CredentialRights) => checkCallerCovers(trxContext, one, 'delete');
    check(row);
    const created = alsoDeleteCreated ? await findCreatedTokens(db, caller, row, check) : [];
    // Otherwise a caller would delete itself without being asked.
    if (created.some(({ id }) => id === caller.tokenId))
      throw conflict(
        `This token was created by ${row.name} or by what it created, and would be deleted too; use a token that was not, or leave out alsoDeleteCreated`,
        [{ resource: resourceOf(kind), fields: ['isCreatorDeleted'] }],
      );
    await deleteTokenRows(db, [row, ...created]);
  });
