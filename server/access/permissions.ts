import { forbidden } from '../common/errors.ts';
import type { AccessLevel, Action, Level, Permission } from './store/token-rows.ts';

/** The `x-permission` of an operation in `openapi.yaml`: the permission checked before the handler. A handler may require more. */
export interface RequiredPermission {
  resource: string;
  action: Action;
  /** The smallest scope of a credential that may call the operation (Environment < Project < Organization). Without it, any scope may. */
  level?: Level;
}

/** Everything that a credential may do within its scope. */
export interface Rights {
  level: Level;
  accessLevel: AccessLevel;
  permissions: Permission[] | null;
}

const administratorResources = new Set(['tokens', 'access-keys', 'settings', 'organizations', 'projects', 'logs']);
/** Every caller may read its own token, whatever its permissions, to find out what it may do. */
export const permissionFreeResource = 'current-token';

const accessRanks: Record<AccessLevel, number> = { Read: 0, Write: 1, Administrator: 2 };
const levelRanks: Record<Level, number> = { Environment: 0, Project: 1, Organization: 2 };

export const isAtLeast = (accessLevel: AccessLevel, minimum: AccessLevel): boolean => accessRanks[accessLevel] >= accessRanks[minimum];

/** Returns the lowest access level that allows an action on a resource. */
export function accessLevelFor({ resource, action }: Pick<RequiredPermission, 'resource' | 'action'>): AccessLevel {
  if (administratorResources.has(resource)) return 'Administrator';
  return action === 'read' || action === 'download' ? 'Read' : 'Write';
}

export const permissionFor = (permissions: Permission[], { resource, action }: Pick<RequiredPermission, 'resource' | 'action'>) =>
  permissions.find((permission) => permission.resource === resource && permission.action === action);

/** Throws a 403 that names the missing access level, scope (`level`) or permission, unless the rights cover the required permission. */
export function authorize(required: RequiredPermission, { level, accessLevel, permissions }: Rights): void {
  const { resource, action } = required;
  const refuse = (reason: string) => forbidden(`This token may not ${action} ${resource}: ${reason}`);
  const requiredAccessLevel = accessLevelFor(required);
  if (!isAtLeast(accessLevel, requiredAccessLevel))
    throw refuse(`its access level is ${accessLevel}, and ${requiredAccessLevel} is needed`);
  if (required.level && levelRanks[level] < levelRanks[required.level])
    throw refuse(`its level is ${level}, and ${required.level} is needed`);
  if (permissions && resource !== permissionFreeResource && !permissionFor(permissions, required))
    throw refuse(`its permissions do not include '${action} ${resource}'`);
}

/** Returns whether every field is one of the held fields or part of one. Null means all fields. */
function areFieldsCovered(fields: string[] | null, held: string[] | null): boolean {
  if (held === null || fields === null) return held === null;
  const heldFields = new Set(held);
  return fields.every((field) => {
    if (heldFields.has(field)) return true;
    for (let end = field.indexOf('.'); end !== -1; end = field.indexOf('.', end + 1)) if (heldFields.has(field.slice(0, end))) return true;
    return false;
  });
}

/**
 * Describes the first access level or permission in `requested` that `held` does not cover, or returns undefined if it covers them all.
 *
 * Scopes are not compared: the caller of this function checks them separately.
 */
export function excessOf(requested: Omit<Rights, 'level'>, held: Omit<Rights, 'level'>): string | undefined {
  if (!isAtLeast(held.accessLevel, requested.accessLevel)) return `access level ${requested.accessLevel}`;
  if (held.permissions === null) return undefined;
  if (requested.permissions === null) return 'unrestricted permissions';
  for (const { resource, action, fields } of requested.permissions) {
    const permission = permissionFor(held.permissions, { resource, action });
    if (!permission) return `permission to ${action} ${resource}`;
    if (!areFieldsCovered(fields, permission.fields))
      return `permission to ${action} ${fields === null ? 'all fields' : 'more fields'} of ${resource}`;
  }
  return undefined;
}
