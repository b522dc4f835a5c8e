import { fieldResources, type GrantableFields, pageListNames } from './grantable-fields.ts';
import { permissionFor } from './permissions.ts';
import type { Permission } from './store/token-rows.ts';

/** The media type of a response that shows only some fields. */
export const partialType = 'application/vnd.gatehouse.partial+json';

/** The fields that a permission names, as a tree: `true` covers a member with everything below it, a map covers the named members only. */
export type FieldTree = true | Map<string, FieldTree>;

/**
 * Builds the tree of some fields.
 *
 * If `grantable` is given, each node of the tree also covers the members that identify its object (`id`, `kind`, and `key` for facts), where the
 * contract has them. `grantable` has all fields of the resource that a read permission can name.
 */
export function fieldTreeOf(fields: string[], grantable?: GrantableFields): FieldTree {
  const newNode = (path: string) =>
    new Map<string, FieldTree>(
      grantable?.identifying.filter((name) => grantable.paths.has(path === '' ? name : `${path}.${name}`)).map((name) => [name, true]),
    );
  const root = newNode('');
  for (const field of fields) {
    const names = field.split('.');
    let node = root;
    for (const [index, name] of names.entries()) {
      const child = node.get(name);
      if (child === true) break;
      if (index === names.length - 1) node.set(name, true);
      else if (child) node = child;
      else {
        const added = newNode(names.slice(0, index + 1).join('.'));
        node.set(name, added);
        node = added;
      }
    }
  }
  return root;
}

/** Returns the tree of the fields that a caller may read, or undefined if it may read all fields. */
export function readableTree(
  permissions: Permission[] | null,
  resource: string,
  grantable: GrantableFields | undefined,
): FieldTree | undefined {
  if (permissions === null || !fieldResources.has(resource)) return undefined;
  const permission = permissionFor(permissions, { resource, action: 'read' });
  return permission && permission.fields === null ? undefined : fieldTreeOf(permission?.fields ?? [], grantable);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function pruneValue(value: unknown, tree: FieldTree): unknown {
  if (tree === true) return value;
  if (Array.isArray(value)) return value.map((item) => pruneValue(item, tree));
  if (!isObject(value)) return value === null ? null : undefined;
  const members: [string, unknown][] = [];
  for (const [name, subtree] of tree) if (Object.hasOwn(value, name)) members.push([name, pruneValue(value[name], subtree)]);
  return Object.fromEntries(members);
}

/** Returns a response body reduced to the covered fields. The envelope of a page stays whole. */
export function prune(body: unknown, tree: FieldTree): unknown {
  const list = isObject(body) && !('id' in body) && !('kind' in body) && pageListNames.find((name) => Array.isArray(body[name]));
  return list ? { ...body, [list]: pruneValue(body[list], tree) } : pruneValue(body, tree);
}

function collectUncoveredFields(value: unknown, tree: FieldTree, path: string, found: Set<string>, max: number): void {
  if (tree === true || found.size >= max) return;
  if (Array.isArray(value) && value.length > 0) {
    for (const item of value) collectUncoveredFields(item, tree, path, found, max);
    return;
  }
  const members = isObject(value) ? Object.entries(value) : [];
  if (members.length === 0 && path !== '') found.add(path);
  for (const [name, member] of members) {
    if (found.size >= max) return;
    const memberPath = path === '' ? name : `${path}.${name}`;
    const subtree = tree.get(name);
    if (subtree) collectUncoveredFields(member, subtree, memberPath, found, max);
    else found.add(memberPath);
  }
}

/**
 * Returns the paths of a request body that the tree does not cover, `max` at most.
 *
 * An empty list or object below the top level clears the whole member, so the tree must cover the whole member.
 */
export function uncoveredFields(body: unknown, tree: FieldTree, max: number): string[] {
  const found = new Set<string>();
  collectUncoveredFields(body, tree, '', found, max);
  return [...found];
}

/** Tells whether the tree covers a field, entirely or in part. */
export function coversField(tree: FieldTree, field: string): boolean {
  let node: FieldTree | undefined = tree;
  for (const name of field.split('.')) {
    if (node === true) return true;
    node = node?.get(name);
  }
  return node !== undefined;
}
