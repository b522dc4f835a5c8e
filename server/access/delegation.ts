import type { PermissionInput } from '../../generated/types.gen.ts';
import { forbidden, type Reveals, unauthorized } from '../common/errors.ts';
import { type Instant, isLater, isoOf, toInstant } from '../database/instants.ts';
import { type Context, callerOf } from '../handler.ts';
import { lockOrganization } from '../organizations/store/organizations.ts';
import { endOf } from './caller.ts';
import { excessOf } from './permissions.ts';
import { checkedExpiration, checkedPermissions, type RequestedGrant, scopeColumns } from './requested-grant.ts';
import type { CredentialKind, CredentialRights, TokenRow } from './store/token-rows.ts';
import { findTokenByHash, isUsableSecret } from './store/token-secrets.ts';

const nameOf = ({ kind, name }: CredentialRights) => `${kind === 'API Token' ? 'token' : 'access key'} ${name}`;
export const resourceOf = (kind: CredentialKind): string => (kind === 'API Token' ? 'tokens' : 'access-keys');

/**
 * Throws 403 unless the caller has at least the rights of a credential.
 *
 * Otherwise a caller could change a credential with more rights, get its new secret, and use these rights.
 */
export function checkCallerCovers(context: Context, row: CredentialRights, attempt: 'change' | 'delete' | 'reveal' | 'rotate'): void {
  const excess = excessOf({ accessLevel: row.access_level, permissions: row.permissions }, callerOf(context));
  const reveals = [{ resource: resourceOf(row.kind), fields: [] }];
  if (excess) throw forbidden(`This token may not ${attempt} ${nameOf(row)}, because it does not have ${excess} itself`, reveals);
  // A caller that rotates or reveals a token gets its secret.
  if (attempt === 'rotate' || attempt === 'reveal') checkEndsWithCaller(context, row.expires_at, `${attempt} ${nameOf(row)}`, reveals);
}

/**
 * Throws 403 if a credential would end later than the caller. A null end means never. `reveals` names the stored data that the refusal reveals.
 *
 * Otherwise a caller that expires could continue with a credential that it created, prolonged or enabled, or whose secret it got.
 */
export function checkEndsWithCaller(context: Context, endsAt: Instant | null, attempt: string, reveals: Reveals[] = []): void {
  const latest = callerOf(context).endsAt;
  if (latest !== null && isLater(endsAt, latest))
    throw forbidden(
      `This token may not ${attempt}, because this token ends earlier; the latest possible expiration is ${isoOf(latest)}`,
      reveals,
    );
}

/**
 * Checks in a transaction that the caller's secret and rights are still valid. They stay valid until the transaction ends, because this locks the
 * organization. A concurrent revocation of the caller therefore cannot leave new secrets behind.
 *
 * Every transaction that creates or revokes tokens locks the organization first. A transaction that adds secrets to an access key locks the key.
 * Throws 401 if the caller's secret has expired or was deleted, and 403 if its rights or its lifetime were reduced since the call began.
 */
export async function lockCaller(context: Context): Promise<void> {
  const caller = callerOf(context);
  await lockOrganization(context.db, caller.organizationId);
  const row = await findTokenByHash(context.db, caller.secretHash.toString('hex'));
  if (!row || !isUsableSecret(row, context.now)) throw unauthorized(true);
  if (excessOf(caller, { accessLevel: row.access_level, permissions: row.permissions }) || isLater(caller.endsAt, endOf(row)))
    throw forbidden('The rights of this token have just been changed; try again');
}

/**
 * Returns the columns of a new credential's scope, rights and expiration. Must run in the transaction that inserts the credential.
 *
 * Throws 403 for more rights or a later end than the caller has, and 400 or 404 for an invalid request.
 */
export async function grantedColumns(context: Context, kind: CredentialKind, requested: RequestedGrant) {
  await lockCaller(context);
  const access_level = requested.accessLevel ?? 'Write';
  const permissions = checkedPermissions(context, requested.permissions ?? null, access_level);
  const scope = await scopeColumns(context, requested);
  const excess = excessOf({ accessLevel: access_level, permissions }, callerOf(context));
  const attempt = `create ${kind === 'API Token' ? 'a token' : 'an access key'}`;
  if (excess) throw forbidden(`This token may not ${attempt} with ${excess}, because it does not have ${excess} itself`);
  const expires_at = await checkedExpiration(context, requested.expirationDate ?? null);
  checkEndsWithCaller(context, expires_at, attempt);
  return { kind, ...scope, access_level, permissions, expires_at };
}

export interface CredentialChange extends RequestedGrant {
  name?: string;
  isDisabled?: boolean;
}

/**
 * Returns the columns that a change updates. Throws 403 unless the caller has at least the credential's rights, before and after the change.
 *
 * A caller that expires can only rename and disable a credential that ends later.
 */
export async function changedColumns(context: Context, row: TokenRow, change: CredentialChange): Promise<Partial<TokenRow>> {
  checkCallerCovers(context, row, 'change');
  const access_level = change.accessLevel ?? row.access_level;
  const isRightsChange = change.accessLevel !== undefined || change.permissions !== undefined;
  const requestedPermissions = change.permissions === undefined ? (row.permissions as PermissionInput[] | null) : change.permissions;
  const permissions = isRightsChange ? checkedPermissions(context, requestedPermissions, access_level) : row.permissions;
  const columns = {
    ...(change.name !== undefined && { name: change.name }),
    ...(isRightsChange && { access_level, permissions }),
    ...(change.expirationDate !== undefined && { expires_at: await checkedExpiration(context, change.expirationDate) }),
    ...(change.isDisabled !== undefined && { disabled_at: change.isDisabled ? (row.disabled_at ?? toInstant(context.now)) : null }),
  };
  const changed = { ...row, ...columns };
  checkCallerCovers(context, changed, 'change');
  if (isRightsChange || change.expirationDate !== undefined || change.isDisabled === false)
    checkEndsWithCaller(context, changed.expires_at, `change ${nameOf(row)} in this way`, [{ resource: resourceOf(row.kind), fields: [] }]);
  return columns;
}
