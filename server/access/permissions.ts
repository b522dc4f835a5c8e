import { forbidden } from '../common/errors.ts';
import type { AccessLevel, Action, Level, Permission } from './store/token-rows.ts';

/** What an operation's `x-permission` says: the one source of who may do what. */
export interface Needed {
  resource: string;
  action: Action;
  /** The level that a caller must have at least; any will do where it is left out. */
  level?: Level;
}

/** What somebody may do. */
export interface Rights {
  level: Level;
  accessLevel: AccessLevel;
  permissions: Permission[] | null;
}

/** Resources that only administrators reach. */
const administered = new Set(['tokens', 'access-keys', 'settings', 'organizations', 'projects', 'logs']);
/** What every caller may do, whatever its permissions: see what it may do. */
const everybodys = 'current-token';

const accessRanks: Record<AccessLevel, number> = { Read: 0, Write: 1, Administrator: 2 };
const levelRanks: Record<Level, number> = { Environment: 0, Project: 1, Organization: 2 };

export function accessLevelFor({ resource, action }: Pick<Needed, 'resource' | 'action'>): AccessLevel {
  if (administered.has(resource)) return 'Administrator';
  return action === 'read' || action === 'download' ? 'Read' : 'Write';
}

export const permissionFor = (permissions: Permission[], { resource, action }: Pick<Needed, 'resource' | 'action'>) =>
  permissions.find((permission) => permission.resource === resource && permission.action === action);

/** Throws a 403 that names the right which is missing. */
export function authorize(needed: Needed, { level, accessLevel, permissions }: Rights): void {
  const { resource, action } = needed;
  const refuse = (reason: string) => forbidden(`This token may not ${action} ${resource}: ${reason}`);
  const accessLevelNeeded = accessLevelFor(needed);
  if (accessRanks[accessLevel] < accessRanks[accessLevelNeeded])
    throw refuse(`its access level is ${accessLevel}, and ${accessLevelNeeded} is needed`);
  if (needed.level && levelRanks[level] < levelRanks[needed.level]) throw refuse(`its level is ${level}, and ${needed.level} is needed`);
  if (permissions && resource !== everybodys && !permissionFor(permissions, needed))
    throw refuse(`its permissions do not have ${action} of ${resource}`);
}

const fieldsWithin = (fields: string[] | null, held: string[] | null) =>
  held === null || (fields?.every((field) => held.some((one) => field === one || field.startsWith(`${one}.`))) ?? false);

/** What `wanted` has that `held` has not, in words; undefined when it has no more. Where each reaches is another question. */
export function excessOf(wanted: Omit<Rights, 'level'>, held: Omit<Rights, 'level'>): string | undefined {
  if (accessRanks[wanted.accessLevel] > accessRanks[held.accessLevel]) return `access level ${wanted.accessLevel}`;
  if (held.permissions === null) return undefined;
  if (wanted.permissions === null) return 'all that its access level may do';
  for (const { resource, action, fields } of wanted.permissions) {
    const permission = permissionFor(held.permissions, { resource, action });
    if (!permission) return `${action} of ${resource}`;
    if (!fieldsWithin(fields, permission.fields)) return `${action} of ${fields === null ? 'all fields' : 'more fields'} of ${resource}`;
  }
  return undefined;
}
