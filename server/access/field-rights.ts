import { ApiError } from '../common/errors.ts';
import type { AnyReply } from '../handler.ts';
import { type FieldTree, fieldTreeOf, partialType, prune } from './field-tree.ts';
import { fieldResources } from './grantable-fields.ts';
import { neutralRefusalOf } from './neutral-refusals.ts';
import type { PermissionCatalog } from './permission-catalog.ts';
import { permissionFor, permissionFreeResource, type RequiredPermission } from './permissions.ts';
import { type ReadableFields, readableFieldsOf } from './readable-fields.ts';
import { replyTreeOf, withoutLoggedCall } from './reply-tree.ts';
import { foreignValueRefusal, hiddenFieldRefusal, type RequestInput, writeRefusal } from './request-refusals.ts';
import { type DescribedOperation, type ResponseShape, responseShapeOf } from './response-shape.ts';
import type { Permission } from './store/token-rows.ts';

type CallerPermissions = Permission[] | null | undefined;

/** Restricts requests and responses of callers with permissions. */
export interface FieldRights {
  /**
   * Returns the message of the 403 if a request uses fields or resources that the caller's permissions do not cover, or undefined.
   *
   * Must get the request as sent, before validation adds default values that the caller did not send.
   */
  refusalOf: (operation: DescribedOperation, permissions: CallerPermissions, input: RequestInput) => string | undefined;
  /** Returns the reply reduced to the fields that the caller may read. Returns the same object if it may read all fields. */
  reduceReply: (operation: DescribedOperation, permissions: CallerPermissions, reply: AnyReply) => AnyReply;
  /** Returns what to throw in place of an error of a handler. The result reveals nothing that the caller may not read. */
  neutralRefusal: (operation: DescribedOperation, permissions: CallerPermissions, thrown: unknown) => unknown;
}

/** The rights that one set of permissions gives for one operation. */
interface OperationRights {
  required: RequiredPermission;
  readable: ReadableFields;
  /** The fields that the request may use; undefined if it may use all fields. */
  requestTree: FieldTree | undefined;
  replyTree: FieldTree;
  shape: ResponseShape;
}

/** Returns one status for an operation that responds 200 or 201: which of the two it is tells whether the object existed before. */
function neutralStatusOf({ responses = {} }: DescribedOperation, { action }: RequiredPermission, status: number): number {
  const isTelling = '200' in (responses as object) && '201' in (responses as object);
  return isTelling ? (action === 'create' ? 201 : 200) : status;
}

export function createFieldRights(permissionCatalog: PermissionCatalog, operations: DescribedOperation[]): FieldRights {
  const shapes = new Map(operations.map((operation) => [operation, responseShapeOf(operation)]));
  const operationsById = new Map(operations.map((operation) => [operation.operationId, operation]));
  const prepared = new WeakMap<Permission[], Map<DescribedOperation, OperationRights>>();

  function prepareRights(operation: DescribedOperation, required: RequiredPermission, permissions: Permission[]): OperationRights {
    const { resource, action } = required;
    const shape = shapes.get(operation) as ResponseShape;
    const readable = readableFieldsOf(permissions, permissionCatalog);
    const hasFields = fieldResources.has(resource);
    const fields = hasFields ? permissionFor(permissions, required)?.fields : null;
    const grantable = action === 'read' ? permissionCatalog.grantableFieldsOf(resource, 'read') : undefined;
    return {
      ...{ required, readable, shape },
      requestTree: fields ? fieldTreeOf(fields, grantable) : undefined,
      replyTree: replyTreeOf(required, shape, readable, hasFields),
    };
  }

  /** Returns undefined for a caller without permissions, and for operations that need none. */
  function rightsOf(operation: DescribedOperation, permissions: CallerPermissions): OperationRights | undefined {
    const required = operation['x-permission'];
    if (!permissions || !required || required.resource === permissionFreeResource) return undefined;
    let byOperation = prepared.get(permissions);
    if (!byOperation) {
      byOperation = new Map();
      prepared.set(permissions, byOperation);
    }
    let rights = byOperation.get(operation);
    if (!rights) {
      rights = prepareRights(operation, required, permissions);
      byOperation.set(operation, rights);
    }
    return rights;
  }

  function refusalOf(operation: DescribedOperation, permissions: CallerPermissions, input: RequestInput): string | undefined {
    const rights = rightsOf(operation, permissions);
    if (!rights) return undefined;
    const { required, requestTree } = rights;
    const foreign = foreignValueRefusal(operation, required, permissions as Permission[], input.query);
    if (foreign || requestTree === undefined) return foreign;
    const refusal = hiddenFieldRefusal(operation, required, requestTree, input.query);
    return refusal ?? (required.action === 'read' ? undefined : writeRefusal(operation, required, requestTree, input));
  }

  /** Tells whether the caller may read everything that calls of an operation show. */
  function mayReadCalls(readable: ReadableFields, operationId: unknown): boolean {
    const operation = operationsById.get(operationId as string);
    const resources = operation ? [...(shapes.get(operation) as ResponseShape).resources] : [];
    const own = operation?.['x-permission']?.resource;
    if (own !== undefined && own !== permissionFreeResource) resources.push(own);
    return resources.length > 0 && resources.every((resource) => readable.cover({ resource, fields: null }));
  }

  function reduceReply(operation: DescribedOperation, permissions: CallerPermissions, reply: AnyReply): AnyReply {
    const rights =
      reply.status < 300 && typeof reply.body === 'object' && reply.body !== null ? rightsOf(operation, permissions) : undefined;
    // The body of a download is a stream or a text, not JSON. The permission to download covers all of it.
    if (!rights || rights.required.action === 'download') return reply;
    const { readable, required, shape, replyTree } = rights;
    const isOfLoggedCall = shape.foreignParts.some((part) => part.isOfLoggedCall);
    const isHiddenCall = isOfLoggedCall && !mayReadCalls(readable, (reply.body as { operation?: unknown }).operation);
    const tree = isHiddenCall ? withoutLoggedCall(replyTree, shape) : replyTree;
    if (tree === true) return reply;
    const status = readable.has(required.resource) ? reply.status : neutralStatusOf(operation, required, reply.status);
    const headers = { ...reply.headers, 'Content-Type': `${partialType}; charset=utf-8` };
    return { ...reply, status, body: prune(reply.body, tree), headers };
  }

  function neutralRefusal(operation: DescribedOperation, permissions: CallerPermissions, thrown: unknown): unknown {
    const rights = thrown instanceof ApiError ? rightsOf(operation, permissions) : undefined;
    return rights ? neutralRefusalOf(operation, rights.required, rights.readable, thrown as ApiError) : thrown;
  }

  return { refusalOf, reduceReply, neutralRefusal };
}
