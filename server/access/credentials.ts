import { randomUUID } from 'node:crypto';
import { orNotFound } from '../common/errors.ts';
import { inTransaction } from '../database/transactions.ts';
import { actorNameOf, type Context, callerOf } from '../handler.ts';
import { type CredentialChange, changedColumns, checkCallerCovers, grantedColumns, lockCaller, resourceOf } from './delegation.ts';
import type { RequestedGrant } from './requested-grant.ts';
import type { CredentialKind, TokenView } from './store/token-rows.ts';
import * as store from './store/tokens.ts';

/** Returns a token or an access key. Throws 404 if it does not exist or is outside the caller's scope. */
export async function findCredential(context: Context, kind: CredentialKind, id: string, options?: { lock: boolean }): Promise<TokenView> {
  return orNotFound(await store.findToken(context.db, callerOf(context), kind, id, options), kind, id, resourceOf(kind));
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
    await store.insertToken(db, context.now, { id, name, created_by: actorNameOf(context), ...granted, ...secretFor(id) });
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

export const deleteCredential = (context: Context, kind: CredentialKind, id: string): Promise<void> =>
  inTransaction(context.db, async (db) => {
    const trxContext = { ...context, db };
    await lockCaller(trxContext);
    checkCallerCovers(trxContext, await findCredential(trxContext, kind, id, { lock: true }), 'delete');
    await store.deleteToken(db, callerOf(context), kind, id);
  });
