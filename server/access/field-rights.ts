import type { AnyReply } from '../handler.ts';
import { coversField, type FieldTree, fieldTreeOf, partialType, prune, readableTree, uncoveredFields } from './field-tree.ts';
import { fieldResources } from './grantable-fields.ts';
import type { PermissionCatalog } from './permission-catalog.ts';
import { permissionFor, type RequiredPermission } from './permissions.ts';
import type { Permission } from './store/token-rows.ts';

/** The parts of a contract operation that decide which fields it uses. */
interface DescribedOperation {
  method: string;
  parameters?: unknown;
  requestBody?: unknown;
}

interface RequestInput {
  query: Record<string, unknown>;
  body: unknown;
  /** The names of the multipart parts that are files. Permissions never name them. */
  fileParts: string[];
}

type CallerPermissions = Permission[] | null | undefined;

/** Restricts requests and responses of callers whose permissions name fields. */
export interface FieldRights {
  /**
   * Returns the message of the 403 if a request uses fields that the caller's permission does not name, or undefined.
   *
   * Must get the request as sent, before validation adds default values that the caller did not send.
   */
  refusalOf: (operation: DescribedOperation, permissions: CallerPermissions, input: RequestInput) => string | undefined;
  /** Returns the reply reduced to the fields that the caller may read. Returns the same object if it may read all fields. */
  reduceReply: (operation: DescribedOperation, permissions: CallerPermissions, reply: AnyReply) => AnyReply;
}

interface QueryParameter {
  name: string;
  in: string;
  /** The fields that the parameter searches or filters by. */
  'x-fields'?: string[];
}

const requiredPermissionOf = (operation: DescribedOperation) => (operation as { 'x-permission'?: RequiredPermission })['x-permission'];

/** Maximum fields that a 403 names. */
const namedFieldsMax = 20;

const withoutCovered = (fields: string[] | undefined, tree: FieldTree) => (fields ?? []).filter((field) => !coversField(tree, field));

/** Returns the members that a request writes. A PUT also writes those that it omits, as null, because replacing an object clears them. */
function writtenMembers({ method, requestBody }: DescribedOperation, { body, fileParts }: RequestInput): unknown {
  if (typeof body !== 'object' || body === null) return body;
  if (method !== 'put')
    return fileParts.length === 0 ? body : Object.fromEntries(Object.entries(body).filter(([name]) => !fileParts.includes(name)));
  const { content = {} } = (requestBody ?? {}) as { content?: Record<string, { schema?: { properties?: object } }> };
  const names = Object.values(content).flatMap(({ schema }) => Object.keys(schema?.properties ?? {}));
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...body };
}

/**
 * Returns the refusal if the operation, or a query parameter that the request uses, names in its `x-fields` a field that the tree does not cover.
 * The result would reveal or change that field.
 */
function xFieldsRefusal(
  operation: DescribedOperation,
  { resource, action }: RequiredPermission,
  tree: FieldTree,
  query: RequestInput['query'],
) {
  const uncoveredByOperation = withoutCovered((operation as { 'x-fields'?: string[] })['x-fields'], tree);
  if (uncoveredByOperation.length > 0)
    return `This token may not ${action} ${resource} with this operation: that needs permission for ${uncoveredByOperation.join(', ')}`;
  for (const parameter of (operation.parameters ?? []) as QueryParameter[]) {
    if (parameter.in !== 'query' || query[parameter.name] === undefined) continue;
    const uncovered = withoutCovered(parameter['x-fields'], tree);
    if (uncovered.length > 0)
      return `This token may not ${action} ${resource} with query parameter ${parameter.name}: that needs permission for ${uncovered.join(', ')}`;
  }
  return undefined;
}

/**
 * Returns the refusal of a write: of a body that has uncovered fields, and of an operation whose body is not required (complete, cancel, delete),
 * because such an operation needs permission for all fields.
 */
function writeRefusal(operation: DescribedOperation, { resource, action }: RequiredPermission, tree: FieldTree, input: RequestInput) {
  if (!(operation.requestBody as { required?: boolean } | undefined)?.required)
    return `This token may not ${action} ${resource} with this operation: that needs permission for all fields`;
  if (input.body === undefined) return undefined;
  const uncovered = uncoveredFields(writtenMembers(operation, input), tree, namedFieldsMax + 1);
  const named = uncovered.slice(0, namedFieldsMax).join(', ');
  const more = uncovered.length > namedFieldsMax ? ', and more' : '';
  return uncovered.length > 0 ? `This token may not ${action} ${resource} with ${named}${more}` : undefined;
}

export function createFieldRights(permissionCatalog: PermissionCatalog): FieldRights {
  function refusalOf(operation: DescribedOperation, permissions: CallerPermissions, input: RequestInput): string | undefined {
    const required = requiredPermissionOf(operation);
    if (!permissions || !required || !fieldResources.has(required.resource)) return undefined;
    const fields = permissionFor(permissions, required)?.fields;
    if (!fields) return undefined;
    const isRead = required.action === 'read';
    const tree = fieldTreeOf(fields, isRead ? permissionCatalog.grantableFieldsOf(required.resource, 'read') : undefined);
    const refusal = xFieldsRefusal(operation, required, tree, input.query);
    return refusal ?? (isRead ? undefined : writeRefusal(operation, required, tree, input));
  }

  function reduceReply(operation: DescribedOperation, permissions: CallerPermissions, reply: AnyReply): AnyReply {
    const required = requiredPermissionOf(operation);
    if (!permissions || !required || reply.status >= 300 || typeof reply.body !== 'object' || reply.body === null) return reply;
    // The body of a download is a stream, not JSON.
    if (required.action === 'download') return reply;
    const tree = readableTree(permissions, required.resource, permissionCatalog.grantableFieldsOf(required.resource, 'read'));
    if (tree === undefined) return reply;
    const headers = { ...reply.headers, 'Content-Type': `${partialType}; charset=utf-8` };
    return { ...reply, body: prune(reply.body, tree), headers };
  }

  return { refusalOf, reduceReply };
}
