import type { PermissionInput } from '../../generated/types.gen.ts';
import { dayMs } from '../common/durations.ts';
import { type ApiError, forbidden, invalid, orNotFound, unauthorized } from '../common/errors.ts';
import { type Instant, toInstant } from '../database/instants.ts';
import { type Context, callerOf } from '../handler.ts';
import { findEnvironment, findProject } from '../organizations/store/environments.ts';
import { lockOrganization } from '../organizations/store/organizations.ts';
import { findSettings } from '../organizations/store/settings.ts';
import { accessLevelFor, excessOf } from './permissions.ts';
import type { AccessLevel, CredentialKind, Permission, TokenRow } from './store/token-rows.ts';
import { findTokenByHash, isUsableSecret } from './store/token-secrets.ts';

/** Where a token or an access key is to reach, what it is to do, and how long. */
export interface Wanted {
  accessLevel?: AccessLevel;
  projectKey?: string;
  environmentKey?: string;
  permissions?: PermissionInput[] | null;
  expirationDate?: string | null;
}

/** What is born expired, or may not live that long, is refused now, and not found out at its first use. */
async function expirationOf(context: Context, expirationDate: string | null): Promise<Instant | null> {
  const { maxTokenLifetimeDays: days } = await findSettings(context.db, callerOf(context).organizationId);
  const field = 'expirationDate';
  const limit = days === null ? undefined : `the organization lets tokens live for ${days} ${days === 1 ? 'day' : 'days'} at most`;
  if (expirationDate === null) {
    if (limit) throw invalid({ field, message: `Is required: ${limit}` });
    return null;
  }
  const date = new Date(expirationDate);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9998)
    throw invalid({ field, message: 'Must be an ISO 8601 date or an ISO 8601 instant' });
  if (date <= context.now) throw invalid({ field, message: 'Must be later than now' });
  if (days !== null && date.getTime() > context.now.getTime() + days * dayMs) throw invalid({ field, message: `Is too late: ${limit}` });
  return toInstant(date);
}

/** The cells of the grid as they are kept; throws for one that names nothing, comes twice, or can do nothing at the access level. */
function permissionsOf(context: Context, given: PermissionInput[] | null, accessLevel: AccessLevel): Permission[] | null {
  if (given === null) return null;
  const seen = new Set<string>();
  return given.map(({ resource, action, fields = null }, index) => {
    const at = (name: string, message: string) => invalid({ field: `permissions.${index}.${name}`, message });
    if (!context.permissionCatalog.has(resource, action))
      throw at('action', `Nothing can ${action} ${resource}; there is ${context.permissionCatalog.actionsOf(resource).join(', ')}`);
    const cell = `${action} of ${resource}`;
    if (seen.has(cell)) throw at('resource', `Has ${cell} a second time`);
    seen.add(cell);
    if (excessOf({ accessLevel: accessLevelFor({ resource, action }), permissions: null }, { accessLevel, permissions: null }))
      throw at('action', `A token of access level ${accessLevel} can't have ${cell}: ${accessLevelFor({ resource, action })} is needed`);
    const fault = fields?.map((field) => context.permissionCatalog.fieldFault(resource, action, field)).find((one) => one !== undefined);
    if (fault) throw at('fields', fault);
    return { resource, action, fields };
  });
}

const tooMuch = (what: string, excess: string): ApiError =>
  forbidden(`This token may not ${what}: it would need ${excess}, which it has not itself`);

/** Throws 403 unless the caller has all that somebody else has: whoever changes a token can use it. */
export function checkCovers(context: Context, row: TokenRow): void {
  const excess = excessOf({ accessLevel: row.access_level, permissions: row.permissions }, callerOf(context));
  if (excess) throw tooMuch(`change ${row.kind === 'API Token' ? 'token' : 'access key'} ${row.name}`, excess);
}

/** Where a new one reaches; what the caller itself does not reach is not there. */
async function placeOf(context: Context, { projectKey, environmentKey }: Wanted) {
  const { organizationId, level, projectId, scopeEnvironmentId } = callerOf(context);
  if (projectKey === undefined && environmentKey === undefined)
    return { level, organization_id: organizationId, project_id: projectId, environment_id: scopeEnvironmentId };
  if (projectKey === undefined) throw invalid({ field: 'projectKey', message: 'Is required with environmentKey' });
  const project = orNotFound(await findProject(context.db, callerOf(context), projectKey), 'Project', projectKey);
  if (environmentKey === undefined) {
    if (level === 'Environment') throw tooMuch('create one for a whole project', 'level Project');
    return { level: 'Project' as const, organization_id: organizationId, project_id: project.id, environment_id: null };
  }
  const environment = orNotFound(
    await findEnvironment(context.db, callerOf(context), projectKey, environmentKey),
    'Environment',
    environmentKey,
  );
  return { level: 'Environment' as const, organization_id: organizationId, project_id: project.id, environment_id: environment.id };
}

/**
 * Makes sure, in a transaction, that the caller still has its secret and its rights, and keeps them until its end: whoever is revoked leaves no new secrets
 * behind.
 *
 * All who make or revoke tokens lock the organization first; whoever makes secrets of an access key locks the key.
 */
export async function lockCaller(context: Context): Promise<void> {
  const caller = callerOf(context);
  await lockOrganization(context.db, caller.organizationId);
  const row = await findTokenByHash(context.db, caller.secretHash.toString('hex'));
  if (!row || !isUsableSecret(row, context.now)) throw unauthorized(true);
  if (excessOf(caller, { accessLevel: row.access_level, permissions: row.permissions }))
    throw forbidden('The rights of this token have just been changed; try again');
}

/**
 * The columns of a new token or access key that say what it may do, where and how long; to be called in the transaction that inserts it. Throws 403 for
 * more than the caller has.
 */
export async function grant(context: Context, kind: CredentialKind, wanted: Wanted) {
  await lockCaller(context);
  const access_level = wanted.accessLevel ?? 'Write';
  const permissions = permissionsOf(context, wanted.permissions ?? null, access_level);
  const place = await placeOf(context, wanted);
  const excess = excessOf({ accessLevel: access_level, permissions }, callerOf(context));
  if (excess) throw tooMuch(`create ${kind === 'API Token' ? 'a token' : 'an access key'} with ${excess}`, excess);
  return { kind, ...place, access_level, permissions, expires_at: await expirationOf(context, wanted.expirationDate ?? null) };
}

export interface Change extends Wanted {
  name?: string;
  isDisabled?: boolean;
}

/** What a change asked for does to the columns. Throws 403 when the caller has less than it has, or would have. */
export async function changesTo(context: Context, row: TokenRow, change: Change): Promise<Partial<TokenRow>> {
  checkCovers(context, row);
  const access_level = change.accessLevel ?? row.access_level;
  const isRightsChange = change.accessLevel !== undefined || change.permissions !== undefined;
  const given = change.permissions === undefined ? (row.permissions as PermissionInput[] | null) : change.permissions;
  const permissions = isRightsChange ? permissionsOf(context, given, access_level) : row.permissions;
  const changed = {
    ...(change.name !== undefined && { name: change.name }),
    ...(isRightsChange && { access_level, permissions }),
    ...(change.expirationDate !== undefined && { expires_at: await expirationOf(context, change.expirationDate) }),
    ...(change.isDisabled !== undefined && { disabled_at: change.isDisabled ? (row.disabled_at ?? toInstant(context.now)) : null }),
  };
  checkCovers(context, { ...row, ...changed });
  return changed;
}
