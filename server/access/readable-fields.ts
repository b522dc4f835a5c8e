import { type FieldTree, fieldTreeOf } from './field-tree.ts';
import { fieldResources } from './grantable-fields.ts';
import type { PermissionCatalog } from './permission-catalog.ts';
import { permissionFor } from './permissions.ts';
import type { NeededFields } from './response-shape.ts';
import type { Permission } from './store/token-rows.ts';

/** The fields of all resources that a caller with permissions may read. */
export interface ReadableFields {
  /** Returns the fields of a resource that the caller may read. Identifying fields are always among them. */
  of: (resource: string) => FieldTree;
  /** Tells whether the caller may read objects of a resource at all. */
  has: (resource: string) => boolean;
  /** Tells whether the caller may read all these fields, and objects of their resource. */
  cover: (needed: NeededFields) => boolean;
}

const identifyingNames = ['id', 'kind', 'key'];

/** Tells whether the tree covers a field with everything below it. */
function coversEntirely(tree: FieldTree, field: string): boolean {
  let node: FieldTree | undefined = tree;
  for (const name of field.split('.')) {
    if (node === true) return true;
    node = node?.get(name);
  }
  return node === true;
}

export const hiddenFields = (tree: FieldTree, fields: string[] = []): string[] => fields.filter((field) => !coversEntirely(tree, field));

export function readableFieldsOf(permissions: Permission[], permissionCatalog: PermissionCatalog): ReadableFields {
  const permissionOf = (resource: string) => permissionFor(permissions, { resource, action: 'read' });
  function treeOf(resource: string): FieldTree {
    const permission = permissionOf(resource);
    if (permission && permission.fields === null) return true;
    if (!fieldResources.has(resource)) return new Map(identifyingNames.map((name) => [name, true]));
    return fieldTreeOf(permission?.fields ?? [], permissionCatalog.grantableFieldsOf(resource, 'read'));
  }
  return {
    of: treeOf,
    has: (resource) => permissionOf(resource) !== undefined,
    cover: ({ resource, fields }) => {
      if (permissionOf(resource) === undefined) return false;
      const tree = treeOf(resource);
      return tree === true || (fields !== null && hiddenFields(tree, fields).length === 0);
    },
  };
}
