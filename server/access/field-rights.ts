import type { ContractOperation } from '../contract/contract-router.ts';
import type { AnyReply } from '../handler.ts';
import { covers, type FieldTree, fieldResources, partialType, prune, shownTree, treeOf, uncovered } from './field-tree.ts';
import type { PermissionCatalog } from './permission-catalog.ts';
import { type Needed, permissionFor } from './permissions.ts';
import type { Permission } from './store/token-rows.ts';

interface Sent {
  query: Record<string, unknown>;
  body: unknown;
  /** The parts of an upload that are files, which no field names. */
  fileParts: string[];
}

export interface FieldRights {
  /** What a call names beyond its fields, as the sentence of a refusal. Asked before validation fills in defaults. */
  faultOf: (operation: ContractOperation, permissions: Permission[] | null | undefined, sent: Sent) => string | undefined;
  /** The answer as this caller may see it: untouched for one whose rights do not name fields. */
  present: (operation: ContractOperation, permissions: Permission[] | null | undefined, reply: AnyReply) => AnyReply;
}

interface QueryParameter {
  name: string;
  in: string;
  'x-fields'?: string[];
}

/** What replaces a thing empties all members that it does not give. */
function wholeOf({ requestBody }: ContractOperation, body: unknown): unknown {
  const { content = {} } = (requestBody ?? {}) as { content?: Record<string, { schema?: { properties?: object } }> };
  const names = Object.values(content).flatMap(({ schema }) => Object.keys(schema?.properties ?? {}));
  return typeof body === 'object' && body !== null ? { ...Object.fromEntries(names.map((name) => [name, null])), ...body } : body;
}

const hiddenOf = (tree: FieldTree, fields: string[] = []) => fields.filter((field) => !covers(tree, field));

export function createFieldRights(permissionCatalog: PermissionCatalog): FieldRights {
  const neededOf = (operation: ContractOperation) => (operation as { 'x-permission'?: Needed })['x-permission'];

  function faultOf(operation: ContractOperation, permissions: Permission[] | null | undefined, { query, body, fileParts }: Sent) {
    const needed = neededOf(operation);
    if (!permissions || !needed || !fieldResources.has(needed.resource)) return undefined;
    const fields = permissionFor(permissions, needed)?.fields;
    if (!fields) return undefined;
    const { resource, action } = needed;
    const isRead = action === 'read';
    const like = (reason: string) => `This token may not ${action} ${resource} like this: ${reason}`;
    const tree = treeOf(fields, isRead ? permissionCatalog.membersOf(resource, 'read') : undefined);
    const beside = hiddenOf(tree, (operation as { 'x-fields'?: string[] })['x-fields']);
    if (beside.length > 0) return like(`it goes by ${beside.join(', ')}`);
    for (const { name, in: place, 'x-fields': selects = [] } of (operation.parameters ?? []) as QueryParameter[]) {
      if (place !== 'query' || query[name] === undefined) continue;
      const hidden = hiddenOf(tree, selects);
      if (hidden.length > 0)
        return `This token may not ${action} ${resource} with query parameter ${name}: it goes by ${hidden.join(', ')}`;
    }
    if (isRead) return undefined;
    // What is no change of members, as to complete or to cancel, takes the whole right.
    if (!(operation.requestBody as { required?: boolean } | undefined)?.required)
      return like('its right names fields, and this is more than a change of them');
    if (body === undefined) return undefined;
    const beyond = uncovered(operation.method === 'put' ? wholeOf(operation, body) : body, tree).filter(
      (field) => !fileParts.includes(field),
    );
    return beyond.length > 0 ? `This token may not ${action} ${resource} with ${beyond.join(', ')}` : undefined;
  }

  return {
    faultOf,
    present: (operation, permissions, reply) => {
      const needed = neededOf(operation);
      if (!permissions || !needed || reply.status >= 300 || typeof reply.body !== 'object' || reply.body === null) return reply;
      // A file being streamed is not JSON, and is a right of its own.
      if (needed.action === 'download') return reply;
      const tree = shownTree(permissions, needed.resource, permissionCatalog.membersOf(needed.resource, 'read'));
      if (tree === undefined) return reply;
      const headers = { ...reply.headers, 'Content-Type': `${partialType}; charset=utf-8` };
      return { ...reply, body: prune(reply.body, tree), headers };
    },
  };
}
