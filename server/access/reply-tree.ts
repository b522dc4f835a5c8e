import { type FieldTree, newNodeLike } from './field-tree.ts';
import type { RequiredPermission } from './permissions.ts';
import type { ReadableFields } from './readable-fields.ts';
import type { ForeignPart, ResponseShape } from './response-shape.ts';

/** Returns the fields that both trees cover. */
function intersectionOf(left: FieldTree, right: FieldTree): FieldTree {
  if (left === true) return right;
  if (right === true) return left;
  const common = newNodeLike(left);
  for (const [name, subtree] of left) {
    const other = right.get(name);
    if (other !== undefined) common.set(name, intersectionOf(subtree, other));
  }
  return common;
}

/** Returns a node with one entry for each member that the contract describes below a path. */
function membersBelow(path: string, { paths }: ResponseShape): Map<string, FieldTree> {
  const prefix = path === '' ? '' : `${path}.`;
  const names = [...paths].filter((other) => other.startsWith(prefix) && !other.includes('.', prefix.length));
  return new Map(names.map((name) => [name.slice(prefix.length), true]));
}

/** Returns the tree, limited at a path to the `allowed` fields. Undefined removes the member at the path. */
function limitAt(tree: FieldTree, path: string[], allowed: FieldTree | undefined, shape: ResponseShape, depth = 0): FieldTree {
  const name = path[depth];
  if (name === undefined) return allowed === undefined ? new Map() : intersectionOf(tree, allowed);
  const members = tree === true ? membersBelow(path.slice(0, depth).join('.'), shape) : new Map(tree);
  const member = members.get(name);
  if (member === undefined) return tree;
  if (allowed === undefined && depth === path.length - 1) members.delete(name);
  else members.set(name, limitAt(member, path, allowed, shape, depth + 1));
  return members;
}

/** Returns what a part may show; undefined if it must be left out. */
function allowedOf({ resource, needs }: ForeignPart, readable: ReadableFields): FieldTree | undefined {
  if (resource !== undefined) return readable.of(resource);
  return needs?.every(readable.cover) ? true : undefined;
}

function ownTreeOf(resource: string, shape: ResponseShape, readable: ReadableFields, hasFields: boolean): FieldTree {
  // The response of another resource than its own, such as the counts of deleted tokens, has nothing that can be read otherwise.
  if (!hasFields && shape.resource !== resource) return true;
  const tree = readable.of(resource);
  return tree === true ? true : new Map([...tree, ...shape.alwaysShown.map((name) => [name, true] as const)]);
}

/**
 * Returns the fields of an operation's responses that a caller may read: those of the operation's own resource, and within every embedded part
 * those of the part's resource.
 */
export function replyTreeOf(
  { resource }: RequiredPermission,
  shape: ResponseShape,
  readable: ReadableFields,
  hasFields: boolean,
): FieldTree {
  let tree = ownTreeOf(resource, shape, readable, hasFields);
  for (const part of shape.foreignParts) {
    if (part.isOfLoggedCall) continue;
    const allowed = allowedOf(part, readable);
    if (allowed !== true) tree = limitAt(tree, part.path, allowed, shape);
  }
  return tree;
}

/** Returns the tree without the parts that show what a logged call sent and received. */
export const withoutLoggedCall = (tree: FieldTree, shape: ResponseShape): FieldTree =>
  shape.foreignParts.reduce((rest, { path, isOfLoggedCall }) => (isOfLoggedCall ? limitAt(rest, path, undefined, shape) : rest), tree);
