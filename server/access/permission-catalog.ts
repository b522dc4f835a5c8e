import type { OpenAPIV3_1 } from 'openapi-types';
import { fieldResources, type Members, membersOfContract } from './field-tree.ts';
import type { Needed } from './permissions.ts';

/** What rights there are to give: the resources, actions and fields of the contract. */
export interface PermissionCatalog {
  has: (resource: string, action: string) => boolean;
  actionsOf: (resource: string) => string[];
  /** The fields that a cell can name; undefined where there are none. */
  membersOf: (resource: string, action: string) => Members | undefined;
  /** Why a field can't be named in a right; undefined when it can. */
  fieldFault: (resource: string, action: string, field: string) => string | undefined;
}

/** Enough names to find the right one; all of them would fill a page. */
const namesShown = 20;

export function createPermissionCatalog(definition: OpenAPIV3_1.Document): PermissionCatalog {
  const actions = new Map<string, Set<string>>();
  for (const item of Object.values(definition.paths ?? {}))
    for (const operation of Object.values(item ?? {})) {
      const needed = (operation as { 'x-permission'?: Needed })?.['x-permission'];
      if (!needed) continue;
      if (!actions.has(needed.resource)) actions.set(needed.resource, new Set());
      actions.get(needed.resource)?.add(needed.action);
    }
  const members = membersOfContract(definition);
  const membersOf = (resource: string, action: string) => members.get(`${resource} ${action}`);
  function fieldFault(resource: string, action: string, field: string): string | undefined {
    if (!fieldResources.has(resource)) return `Fields can not be given for ${resource}`;
    const own = membersOf(resource, action);
    if (!own || own.paths.size === 0) return `Fields can not be given for ${action} of ${resource}`;
    const names = field.split('.');
    // What an update gives replaces all that was there: some of it would take the rest away.
    if (action === 'update' && names.length > 1) return `Must name ${names[0]} as a whole: an update replaces all of it`;
    if (own.paths.has(field)) return undefined;
    const isWithin = names.every((name) => name !== '') && names.some((_, index) => own.free.has(names.slice(0, index).join('.')));
    if (isWithin) return undefined;
    const level = [...own.paths].filter((path) => !path.includes('.') || path.startsWith(`${names[0]}.`));
    const more = level.length > namesShown ? `, and ${level.length - namesShown} more` : '';
    return `Has no field ${field}; there is ${level.slice(0, namesShown).join(', ')}${more}`;
  }
  return {
    has: (resource, action) => actions.get(resource)?.has(action) ?? false,
    actionsOf: (resource) => [...(actions.get(resource) ?? [])],
    membersOf,
    fieldFault,
  };
}
