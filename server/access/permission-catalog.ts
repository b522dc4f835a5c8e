import type { OpenAPIV3_1 } from 'openapi-types';
import { fieldResources, type GrantableFields, grantableFieldsOfContract } from './grantable-fields.ts';
import type { RequiredPermission } from './permissions.ts';

/** All permissions that a token can have: the resources, actions and fields of the contract. */
export interface PermissionCatalog {
  has: (resource: string, action: string) => boolean;
  actionsOf: (resource: string) => string[];
  /** Returns the fields that a permission can name, or undefined if it cannot name any. */
  grantableFieldsOf: (resource: string, action: string) => GrantableFields | undefined;
  /** Returns the reason why a permission cannot name a field, or undefined if it can. */
  fieldError: (resource: string, action: string, field: string) => string | undefined;
}

/** Maximum field names in an error message. A resource may have hundreds. */
const suggestedFieldsMax = 20;

function actionsOfContract(definition: OpenAPIV3_1.Document): Map<string, Set<string>> {
  const actions = new Map<string, Set<string>>();
  for (const item of Object.values(definition.paths ?? {}))
    for (const operation of Object.values(item ?? {})) {
      const required = (operation as { 'x-permission'?: RequiredPermission })?.['x-permission'];
      if (!required) continue;
      if (!actions.has(required.resource)) actions.set(required.resource, new Set());
      actions.get(required.resource)?.add(required.action);
    }
  return actions;
}

/** Tells whether a path is below an object with arbitrary members. */
const isBelowOpen = (field: string, names: string[], { open }: GrantableFields) =>
  names.every((name) => name !== '') && [...open].some((path) => field.startsWith(`${path}.`));

function unknownField(resource: string, field: string, { paths }: GrantableFields): string {
  const [topName] = field.split('.');
  const suggested = [...paths].filter((path) => !path.includes('.') || path.startsWith(`${topName}.`));
  const more = suggested.length > suggestedFieldsMax ? `, and ${suggested.length - suggestedFieldsMax} more` : '';
  return `${field} is not a field of ${resource}; possible fields: ${suggested.slice(0, suggestedFieldsMax).join(', ')}${more}`;
}

export function createPermissionCatalog(definition: OpenAPIV3_1.Document): PermissionCatalog {
  const actions = actionsOfContract(definition);
  const fields = grantableFieldsOfContract(definition);
  const grantableFieldsOf = (resource: string, action: string) => fields.get(`${resource} ${action}`);
  function fieldError(resource: string, action: string, field: string): string | undefined {
    if (!fieldResources.has(resource)) return `A permission for ${resource} can't be limited to fields; leave fields out`;
    const grantable = grantableFieldsOf(resource, action);
    if (!grantable || grantable.paths.size === 0)
      return `A permission to ${action} ${resource} can't be limited to fields; leave fields out`;
    const names = field.split('.');
    // An update replaces the whole top-level member, so a permission for a part of it would allow deleting the other parts.
    if (action === 'update' && names.length > 1) return `Must name ${names[0]} as a whole: an update replaces all of it`;
    return grantable.paths.has(field) || isBelowOpen(field, names, grantable) ? undefined : unknownField(resource, field, grantable);
  }
  return {
    has: (resource, action) => actions.get(resource)?.has(action) ?? false,
    actionsOf: (resource) => [...(actions.get(resource) ?? [])],
    grantableFieldsOf,
    fieldError,
  };
}
