import type { PermissionInput } from '../../generated/types.gen.ts';
import { dayMs } from '../common/durations.ts';
import { forbidden, invalid, orNotFound } from '../common/errors.ts';
import { type Instant, toInstant } from '../database/instants.ts';
import { type Context, callerOf } from '../handler.ts';
import { findEnvironment } from '../organizations/store/environments.ts';
import { findProject } from '../organizations/store/projects.ts';
import { findSettings } from '../organizations/store/settings.ts';
import { accessLevelFor, isAtLeast } from './permissions.ts';
import type { AccessLevel, Permission } from './store/token-rows.ts';

/** The scope, the rights and the lifetime that a request specifies for a credential. */
export interface RequestedGrant {
  accessLevel?: AccessLevel;
  projectKey?: string;
  environmentKey?: string;
  permissions?: PermissionInput[] | null;
  expirationDate?: string | null;
}

/** Checks an expiration date. Throws 400 if it is not in the future or later than the organization allows. */
export async function checkedExpiration(context: Context, expirationDate: string | null): Promise<Instant | null> {
  const { maxTokenLifetimeDays: days } = await findSettings(context.db, callerOf(context).organizationId);
  const field = 'expirationDate';
  const reveals = [{ resource: 'settings', fields: [] }];
  const limit = days === null ? undefined : `the organization lets tokens live for ${days} ${days === 1 ? 'day' : 'days'} at most`;
  if (expirationDate === null) {
    if (limit) throw invalid({ field, message: `Is required: ${limit}`, reveals, otherwise: 'Is required' });
    return null;
  }
  const date = new Date(expirationDate);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9998)
    throw invalid({ field, message: 'Must be an ISO 8601 date or an ISO 8601 instant' });
  if (date <= context.now) throw invalid({ field, message: 'Must be later than now' });
  if (days !== null && date.getTime() > context.now.getTime() + days * dayMs)
    throw invalid({ field, message: `Is too late: ${limit}`, reveals, otherwise: 'Is too late' });
  return toInstant(date);
}

/** Maximum bytes of the permissions of one credential, as JSON. */
const permissionsBytesMax = 32_768;

/** Checks permissions. Throws 400 for one that is not in the catalog, is a duplicate, or needs a higher access level, and for too many fields. */
export function checkedPermissions(context: Context, requested: PermissionInput[] | null, accessLevel: AccessLevel): Permission[] | null {
  if (requested === null) return null;
  if (Buffer.byteLength(JSON.stringify(requested)) > permissionsBytesMax)
    throw invalid({
      field: 'permissions',
      message: `Must have at most ${permissionsBytesMax} bytes; leave out fields to allow all of them`,
    });
  const seen = new Set<string>();
  return requested.map(({ resource, action, fields = null }, index) => {
    const invalidAt = (name: string, message: string) => invalid({ field: `permissions.${index}.${name}`, message });
    if (!context.permissionCatalog.has(resource, action))
      throw invalidAt(
        'action',
        `There is no permission to ${action} ${resource}; possible actions: ${context.permissionCatalog.actionsOf(resource).join(', ')}`,
      );
    const permissionName = `${action} ${resource}`;
    if (seen.has(permissionName)) throw invalidAt('resource', `Repeats the permission '${permissionName}'`);
    seen.add(permissionName);
    const requiredAccessLevel = accessLevelFor({ resource, action });
    if (!isAtLeast(accessLevel, requiredAccessLevel))
      throw invalidAt(
        'action',
        `A token of access level ${accessLevel} can't have the permission '${permissionName}': that needs ${requiredAccessLevel}`,
      );
    const seenFields = new Set<string>();
    for (const field of fields ?? []) {
      if (seenFields.has(field)) throw invalidAt('fields', `Repeats the field '${field}'`);
      seenFields.add(field);
      const fieldError = context.permissionCatalog.fieldError(resource, action, field);
      if (fieldError) throw invalidAt('fields', fieldError);
    }
    return { resource, action, fields };
  });
}

/** Returns the columns of a new credential's scope. Throws 404 for a project or an environment outside the caller's scope. */
export async function scopeColumns(context: Context, { projectKey, environmentKey }: RequestedGrant) {
  const { organizationId, level, projectId, scopeEnvironmentId } = callerOf(context);
  if (projectKey === undefined && environmentKey === undefined)
    return { level, organization_id: organizationId, project_id: projectId, environment_id: scopeEnvironmentId };
  if (projectKey === undefined) throw invalid({ field: 'projectKey', message: 'Is required with environmentKey' });
  const project = orNotFound(await findProject(context.db, callerOf(context), projectKey), 'Project', projectKey, 'projects');
  if (environmentKey === undefined) {
    if (level === 'Environment')
      throw forbidden('This token may not create a credential for a whole project: its level is Environment, and Project is needed');
    return { level: 'Project' as const, organization_id: organizationId, project_id: project.id, environment_id: null };
  }
  const environment = orNotFound(
    await findEnvironment(context.db, callerOf(context), projectKey, environmentKey),
    'Environment',
    environmentKey,
    'projects',
  );
  return { level: 'Environment' as const, organization_id: organizationId, project_id: project.id, environment_id: environment.id };
}
