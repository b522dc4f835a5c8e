import type { OpenAPIV3_1 } from 'openapi-types';
import type { Needed } from './permissions.ts';

/** What rights there are to give: the resources, actions and fields of the contract. */
export interface Grid {
  has: (resource: string, action: string) => boolean;
  actionsOf: (resource: string) => string[];
  /** Why a field can't be named in a right; undefined when it can. */
  fieldFault: (resource: string, action: string, field: string) => string | undefined;
}

export function createGrid(definition: OpenAPIV3_1.Document): Grid {
  const actions = new Map<string, Set<string>>();
  for (const item of Object.values(definition.paths ?? {}))
    for (const operation of Object.values(item ?? {})) {
      const needed = (operation as { 'x-permission'?: Needed })?.['x-permission'];
      if (!needed) continue;
      if (!actions.has(needed.resource)) actions.set(needed.resource, new Set());
      actions.get(needed.resource)?.add(needed.action);
    }
  return {
    has: (resource, action) => actions.get(resource)?.has(action) ?? false,
    actionsOf: (resource) => [...(actions.get(resource) ?? [])],
    fieldFault: () => 'Fields can not be given yet',
  };
}
