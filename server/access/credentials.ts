import { randomUUID } from 'node:crypto';
import type { AccessKey, Token } from '../../generated/types.gen.ts';
import { orNotFound } from '../common/errors.ts';
import { inTransaction } from '../database/database.ts';
import { isoOf, isoOrNull } from '../database/instants.ts';
import { actorNameOf, type Context, callerOf } from '../handler.ts';
import { type Change, changesTo, checkCovers, grant, lockCaller, type Wanted } from './delegation.ts';
import { type CredentialKind, isUsable, type TokenRow, type TokenView } from './store/token-rows.ts';
import * as store from './store/tokens.ts';

/** What tokens and access keys have in common, which is all but what their secrets are for. */

export function statusOf(row: TokenRow, now: Date): Token['status'] {
  if (row.disabled_at !== null) return 'Disabled';
  return isUsable(row, now) ? 'Active' : 'Expired';
}

export const presentCredential = (row: TokenView, now: Date) =>
  ({
    id: row.id,
    name: row.name,
    level: row.level,
    projectKey: row.project_key,
    environmentKey: row.environment_key,
    accessLevel: row.access_level,
    permissions: row.permissions as Token['permissions'],
    status: statusOf(row, now),
    createdDate: isoOf(row.created_at),
    createdBy: row.created_by,
    expirationDate: isoOrNull(row.expires_at),
    lastUsedDate: isoOrNull(row.last_used_at),
  }) satisfies Partial<Token> & Partial<AccessKey>;

/** Throws 404 for what the caller does not reach, too. */
export async function findCredential(context: Context, kind: CredentialKind, id: string, options?: { lock: boolean }): Promise<TokenView> {
  const row = orNotFound(await store.findToken(context.db, callerOf(context), kind, id, options), kind, id);
  return row;
}

/** `secretFor` says what is kept of the secret of the new one, whose id it is told. */
export const createCredential = (
  context: Context,
  kind: CredentialKind,
  { name, ...wanted }: Wanted & { name: string },
  secretFor: (id: string) => Pick<store.NewToken, 'secret_start'> & Partial<store.NewToken>,
): Promise<TokenView> =>
  inTransaction(context.db, async (db) => {
    const within = { ...context, db };
    const id = randomUUID();
    const granted = await grant(within, kind, wanted);
    await store.insertToken(db, context.now, { id, name, created_by: actorNameOf(context), ...granted, ...secretFor(id) });
    return findCredential(within, kind, id);
  });

export const updateCredential = (context: Context, kind: CredentialKind, id: string, change: Change): Promise<TokenView> =>
  inTransaction(context.db, async (db) => {
    const within = { ...context, db };
    await lockCaller(within);
    const row = await findCredential(within, kind, id, { lock: true });
    await store.updateToken(db, row.id, await changesTo(within, row, change));
    return findCredential(within, kind, id);
  });

export const deleteCredential = (context: Context, kind: CredentialKind, id: string): Promise<void> =>
  inTransaction(context.db, async (db) => {
    const within = { ...context, db };
    await lockCaller(within);
    checkCovers(within, await findCredential(within, kind, id, { lock: true }));
    await store.deleteToken(db, callerOf(context), kind, id);
  });
