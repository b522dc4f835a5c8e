import { randomUUID } from 'node:crypto';
import type { AccessKey, Token } from '../../generated/types.gen.ts';
import { notFound } from '../common/errors.ts';
import { inTransaction } from '../database/database.ts';
import { isoOf, isoOrNull } from '../database/instants.ts';
import { type Context, callerOf, doerOf } from '../handler.ts';
import { type Change, changesTo, checkCovers, grant, holdCaller, type Wanted } from './delegation.ts';
import * as store from './store/tokens.ts';

/** What tokens and access keys have in common, which is all but what their secrets are for. */

export function statusOf(row: store.TokenRow, now: Date): Token['status'] {
  if (row.disabled_at !== null) return 'Disabled';
  return store.isUsable(row, now) ? 'Active' : 'Expired';
}

export const presentCredential = (row: store.TokenView, now: Date) =>
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
export async function findCredential(
  context: Context,
  kind: store.CredentialKind,
  id: string,
  options?: { lock: boolean },
): Promise<store.TokenView> {
  const row = await store.findToken(context.db, callerOf(context), kind, id, options);
  if (!row) throw notFound(kind, id);
  return row;
}

/** `secretFor` says what is kept of the secret of the new one, whose id it is told. */
export const createCredential = (
  context: Context,
  kind: store.CredentialKind,
  { name, ...wanted }: Wanted & { name: string },
  secretFor: (id: string) => Pick<store.NewToken, 'secret_start'> & Partial<store.NewToken>,
): Promise<store.TokenView> =>
  inTransaction(context.db, async (db) => {
    const within = { ...context, db };
    const id = randomUUID();
    const granted = await grant(within, kind, wanted);
    await store.insertToken(db, context.now, { id, name, created_by: doerOf(context), ...granted, ...secretFor(id) });
    return findCredential(within, kind, id);
  });

export const updateCredential = (context: Context, kind: store.CredentialKind, id: string, change: Change): Promise<store.TokenView> =>
  inTransaction(context.db, async (db) => {
    const within = { ...context, db };
    await holdCaller(within);
    const row = await findCredential(within, kind, id, { lock: true });
    await store.updateToken(db, row.id, await changesTo(within, row, change));
    return findCredential(within, kind, id);
  });

export const deleteCredential = (context: Context, kind: store.CredentialKind, id: string): Promise<void> =>
  inTransaction(context.db, async (db) => {
    const within = { ...context, db };
    await holdCaller(within);
    checkCovers(within, await findCredential(within, kind, id, { lock: true }));
    await store.deleteToken(db, callerOf(context), kind, id);
  });
