import type { AccessLevel } from '../generated/types.gen.ts';
import { forbidden } from './errors.ts';

export type Action = 'create' | 'read' | 'update' | 'delete' | 'download';
/** What an operation's `x-permission` says: the one source of who may do what. */
export interface Permission {
  resource: string;
  action: Action;
}

/** Resources that only administrators reach. */
const administered = new Set(['tokens', 'settings']);

function levelFor({ resource, action }: Permission): AccessLevel {
  if (administered.has(resource)) return 'Administrator';
  return action === 'read' || action === 'download' ? 'Read' : 'Write';
}

const ranks: Record<AccessLevel, number> = { Read: 0, Write: 1, Administrator: 2 };

/** Throws a 403 that names the right which is missing. */
export function authorize(permission: Permission, accessLevel: AccessLevel): void {
  const needed = levelFor(permission);
  if (ranks[accessLevel] >= ranks[needed]) return;
  throw forbidden(
    `This token may not ${permission.action} ${permission.resource}: its access level is ${accessLevel}, and ${needed} is needed`,
  );
}
