import { type FieldTree, uncoveredFields } from './field-tree.ts';
import { permissionFor, type RequiredPermission } from './permissions.ts';
import { hiddenFields } from './readable-fields.ts';
import type { DescribedOperation } from './response-shape.ts';
import type { Permission } from './store/token-rows.ts';

export interface RequestInput {
  query: Record<string, unknown>;
  body: unknown;
  /** The names of the multipart parts that are files. Permissions never name them. */
  fileParts: string[];
}

interface QueryParameter {
  name: string;
  in: string;
  /** The fields that the parameter searches, filters or pages by. */
  'x-fields'?: string[];
  /** The permissions that values of the parameter need, by value. */
  'x-permissions'?: Record<string, RequiredPermission>;
}

interface SelectingOperation extends DescribedOperation {
  /** The fields that the operation selects by. */
  'x-fields'?: string[];
  /** The fields that the operation orders its list by. */
  'x-order'?: string[];
}

const refusal = ({ resource, action }: RequiredPermission, what: string, needed: string) =>
  `This token may not ${action} ${resource} with ${what}: that needs permission ${needed}`;

/** Refuses a query parameter whose value needs a permission (`x-permissions`), unless the caller has it for all fields. */
export function foreignValueRefusal(
  { parameters = [] }: DescribedOperation,
  required: RequiredPermission,
  permissions: Permission[],
  query: RequestInput['query'],
): string | undefined {
  for (const { name, in: location, 'x-permissions': neededByValue } of parameters as QueryParameter[]) {
    const needed =
      location === 'query' && neededByValue && Object.hasOwn(neededByValue, String(query[name])) && neededByValue[String(query[name])];
    if (needed && permissionFor(permissions, needed)?.fields !== null)
      return refusal(required, `${name}=${query[name]}`, `to ${needed.action} all fields of ${needed.resource}`);
  }
  return undefined;
}

/** Refuses an operation, or a query parameter of the request, that uses a hidden field: the result would reveal or change it. */
export function hiddenFieldRefusal(
  operation: SelectingOperation,
  required: RequiredPermission,
  tree: FieldTree,
  query: RequestInput['query'],
): string | undefined {
  const hidden = hiddenFields(tree, [...(operation['x-fields'] ?? []), ...(operation['x-order'] ?? [])]);
  if (hidden.length > 0) return refusal(required, 'this operation', `for ${hidden.join(', ')}`);
  for (const parameter of (operation.parameters ?? []) as QueryParameter[]) {
    if (parameter.in !== 'query' || query[parameter.name] === undefined) continue;
    const selecting = hiddenFields(tree, parameter['x-fields']);
    if (selecting.length > 0) return refusal(required, `query parameter ${parameter.name}`, `for ${selecting.join(', ')}`);
  }
  return undefined;
}

/** Maximum fields that a 403 names. */
const namedFieldsMax = 20;

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
 * Returns the refusal of a write: of a body that has uncovered fields, and of an operation whose body is not required (complete, cancel, delete),
 * because such an operation needs permission for all fields.
 */
export function writeRefusal(
  operation: DescribedOperation,
  required: RequiredPermission,
  tree: FieldTree,
  input: RequestInput,
): string | undefined {
  if (!(operation.requestBody as { required?: boolean } | undefined)?.required)
    return refusal(required, 'this operation', 'for all fields');
  if (input.body === undefined) return undefined;
  const uncovered = uncoveredFields(writtenMembers(operation, input), tree, namedFieldsMax + 1);
  const named = uncovered.slice(0, namedFieldsMax).join(', ');
  const more = uncovered.length > namedFieldsMax ? ', and more' : '';
  return uncovered.length > 0 ? `This token may not ${required.action} ${required.resource} with ${named}${more}` : undefined;
}
