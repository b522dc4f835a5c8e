import { type GrantableFields, pageListNames } from './grantable-fields.ts';

/** The media type of a response that shows only some fields. */
export const partialType = 'application/vnd.gatehouse.partial+json';

/** The fields that a permission names, as a tree: `true` covers a member with everything below it, a map covers the named members only. */
export type FieldTree = true | Map<string, FieldTree>;

/** A node inside an object with arbitrary members. Their hidden values, of whatever type, must leave no trace. */
class OpenFields extends Map<string, FieldTree> {}

/** Returns an empty node of the same kind. */
export const newNodeLike = (node: Map<string, FieldTree>): Map<string, FieldTree> =>
  node instanceof OpenFields ? new OpenFields() : new Map();

/** Builds the tree of some fields. With `readable`, every object in it also covers its identifying members. */
export function fieldTreeOf(fields: string[], readable?: GrantableFields): FieldTree {
  const isOpen = (path: string) => [...(readable?.open ?? [])].some((open) => path.startsWith(`${open}.`));
  const newNode = (path: string): Map<string, FieldTree> => {
    if (isOpen(path)) return new OpenFields();
    const names = readable?.identifying.filter((name) => readable.paths.has(path === '' ? name : `${path}.${name}`)) ?? [];
    return new Map(names.map((name) => [name, true]));
  };
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

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function pruneMembers(value: Record<string, unknown>, tree: Map<string, FieldTree>): Record<string, unknown> {
  const members: [string, unknown][] = [];
  for (const [name, subtree] of tree) if (Object.hasOwn(value, name)) members.push([name, pruneValue(value[name], subtree)]);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

/** Returns undefined for a value with nothing to show. */
function pruneOpenValue(value: unknown, tree: OpenFields): unknown {
  const shown = Array.isArray(value)
    ? value.map((item) => pruneOpenValue(item, tree)).filter((item) => item !== undefined)
    : isObject(value) && pruneMembers(value, tree);
  return shown && Object.keys(shown).length > 0 ? shown : undefined;
}

function pruneValue(value: unknown, tree: FieldTree): unknown {
  if (tree === true) return value;
  if (tree instanceof OpenFields) return pruneOpenValue(value, tree);
  if (Array.isArray(value)) return value.map((item) => pruneValue(item, tree));
  if (!isObject(value)) return value === null ? null : undefined;
  return pruneMembers(value, tree);
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
