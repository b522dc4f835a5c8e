import type { OpenAPIV3_1 } from 'openapi-types';
import { type Needed, permissionFor } from './permissions.ts';
import type { Permission } from './store/token-rows.ts';

/** The resources whose rights can be given by field. */
export const fieldResources = new Set([
  'applications',
  'application-imports',
  'identities',
  'personnel-events',
  'access-requests',
  'users',
  'tenants',
]);
const facts = new Set(['users', 'tenants']);
export const partialType = 'application/vnd.gatehouse.partial+json';

/** What is allowed, member by member: all of it, or some of what is within. */
export type FieldTree = true | Map<string, FieldTree>;

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: boolean | object;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** The member paths that there are, and those below which anything may be named. */
export interface Members {
  paths: Set<string>;
  free: Set<string>;
  /** What tells things apart, and is shown wherever anything is. */
  identifying: string[];
}

/** What a bare object without an envelope never has: a list under one of these names, next to how many there are. */
const envelopeLists = ['items', 'data'];
const isEnvelope = ({ properties = {} }: Schema) =>
  envelopeLists.some((name) => properties[name]?.items) && !properties.id && !properties.kind;

function collect(schema: Schema | undefined, into: Members, prefix = ''): void {
  if (!schema) return;
  for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) collect(part, into, prefix);
  collect(schema.items, into, prefix);
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false && prefix !== '') into.free.add(prefix);
  if (prefix === '' && isEnvelope(schema)) {
    for (const name of envelopeLists) collect(schema.properties?.[name]?.items, into);
    return;
  }
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    into.paths.add(path);
    collect(member, into, path);
  }
}

type Content = Record<string, { schema?: Schema }>;

/** The fields that each cell of the grid can name, by `resource action`: what is answered for read, what is sent for create and update. */
export function membersOfContract(definition: OpenAPIV3_1.Document): Map<string, Members> {
  const members = new Map<string, Members>();
  const at = (resource: string, action: string) => {
    const identifying = facts.has(resource) ? ['id', 'kind', 'key'] : ['id', 'kind'];
    const found = members.get(`${resource} ${action}`) ?? { paths: new Set(), free: new Set(), identifying };
    members.set(`${resource} ${action}`, found);
    return found;
  };
  for (const item of Object.values(definition.paths ?? {}))
    for (const operation of Object.values(item ?? {}) as object[]) {
      const {
        'x-permission': needed,
        requestBody,
        responses = {},
        parameters = [],
      } = operation as {
        'x-permission'?: Needed;
        requestBody?: { content: Content };
        responses?: Record<string, { content?: Content }>;
        parameters?: { in: string; 'x-fields'?: string[] }[];
      };
      if (!needed || !fieldResources.has(needed.resource)) continue;
      for (const [status, { content }] of Object.entries(responses))
        if (status.startsWith('2')) collect(content?.['application/json']?.schema, at(needed.resource, 'read'));
      if (needed.action !== 'create' && needed.action !== 'update') continue;
      const own = at(needed.resource, needed.action);
      for (const { schema } of Object.values(requestBody?.content ?? {})) collect(schema, own);
      for (const parameter of parameters) for (const field of parameter['x-fields'] ?? []) own.paths.add(field);
    }
  return members;
}

export function treeOf(fields: string[], shown?: Members): FieldTree {
  const grow = (path: string) =>
    new Map<string, FieldTree>(
      shown?.identifying.filter((name) => shown.paths.has(path === '' ? name : `${path}.${name}`)).map((name) => [name, true]),
    );
  const root = grow('');
  for (const field of fields) {
    const names = field.split('.');
    let node = root;
    for (const [index, name] of names.entries()) {
      const next = node.get(name);
      if (next === true) break;
      if (index === names.length - 1) node.set(name, true);
      else if (next) node = next;
      else {
        const grown = grow(names.slice(0, index + 1).join('.'));
        node.set(name, grown);
        node = grown;
      }
    }
  }
  return root;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function pruneMembers(value: unknown, tree: FieldTree): unknown {
  if (tree === true) return value;
  if (Array.isArray(value)) return value.map((one) => pruneMembers(one, tree));
  if (!isObject(value)) return value === null ? null : undefined;
  const kept: [string, unknown][] = [];
  for (const [name, within] of tree) if (Object.hasOwn(value, name)) kept.push([name, pruneMembers(value[name], within)]);
  return Object.fromEntries(kept);
}

/** An answer with the allowed members only; the envelope of a page stays. */
export function prune(body: unknown, tree: FieldTree): unknown {
  const list = isObject(body) && !('id' in body) && !('kind' in body) && envelopeLists.find((name) => Array.isArray(body[name]));
  return list ? { ...body, [list]: pruneMembers(body[list], tree) } : pruneMembers(body, tree);
}

/** The members of a body that are not allowed, by path. Emptying a list or a member as a whole takes more than some of what is within. */
export function uncovered(body: unknown, tree: FieldTree, prefix = ''): string[] {
  if (tree === true) return [];
  if (Array.isArray(body) && body.length > 0) return [...new Set(body.flatMap((one) => uncovered(one, tree, prefix)))];
  if (!isObject(body) || (prefix !== '' && Object.keys(body).length === 0)) return prefix === '' ? [] : [prefix];
  return Object.entries(body).flatMap(([name, value]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const within = tree.get(name);
    return within ? uncovered(value, within, path) : [path];
  });
}

export function covers(tree: FieldTree, field: string): boolean {
  let node: FieldTree | undefined = tree;
  for (const name of field.split('.')) {
    if (node === true) return true;
    node = node?.get(name);
  }
  return node !== undefined;
}

/** What of an answer the caller may see; undefined when it is all. */
export function shownTree(permissions: Permission[] | null, resource: string, members: Members | undefined): FieldTree | undefined {
  if (permissions === null || !fieldResources.has(resource)) return undefined;
  const read = permissionFor(permissions, { resource, action: 'read' });
  return read && read.fields === null ? undefined : treeOf(read?.fields ?? [], members);
}
