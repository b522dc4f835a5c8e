import type { OpenAPIV3_1 } from 'openapi-types';
import type { RequiredPermission } from './permissions.ts';

/** The resources whose permissions can name fields. */
export const fieldResources = new Set([
  'applications',
  'application-imports',
  'identities',
  'personnel-events',
  'access-requests',
  'users',
  'tenants',
]);
/** Resources below `/v2/facts`, whose objects are also identified by a key. */
const factResources = new Set(['users', 'tenants']);

/** The fields that a permission on one resource and action can name, as dotted paths such as `connector.fileGroups.name`. */
export interface GrantableFields {
  paths: Set<string>;
  /** Paths of objects with arbitrary members, such as `attributes`: any path below them can be named. */
  open: Set<string>;
  /** Names of the members that identify an object. Every caller that sees an object sees these. */
  identifying: string[];
}

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: boolean | object;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** A page has its objects in a list under one of these names. */
export const pageListNames = ['items', 'data'];
/** An object with an id or a kind is not a page, even if it has a list under one of these names. */
const isPage = ({ properties = {} }: Schema) => pageListNames.some((name) => properties[name]?.items) && !properties.id && !properties.kind;

/** Adds the fields of a schema to `into`. For a page, adds the fields of its objects. */
function collectFields(schema: Schema | undefined, into: GrantableFields, prefix = ''): void {
  if (!schema) return;
  for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) collectFields(part, into, prefix);
  collectFields(schema.items, into, prefix);
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false && prefix !== '') into.open.add(prefix);
  if (prefix === '' && isPage(schema)) {
    for (const name of pageListNames) collectFields(schema.properties?.[name]?.items, into);
    return;
  }
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    into.paths.add(path);
    collectFields(member, into, path);
  }
}

type Content = Record<string, { schema?: Schema }>;

interface SecuredOperation {
  'x-permission'?: RequiredPermission;
  requestBody?: { content: Content };
  responses?: Record<string, { content?: Content }>;
  parameters?: { in: string; 'x-fields'?: string[] }[];
}

/**
 * Returns the fields that permissions can name, by `resource action`.
 *
 * The fields of `read` are those of the responses of all operations of the resource. The fields of `create` and `update` are those of their request
 * bodies and of the `x-fields` of their parameters.
 */
export function grantableFieldsOfContract(definition: OpenAPIV3_1.Document): Map<string, GrantableFields> {
  const catalog = new Map<string, GrantableFields>();
  const fieldsOf = (resource: string, action: string) => {
    const identifying = factResources.has(resource) ? ['id', 'kind', 'key'] : ['id', 'kind'];
    const fields = catalog.get(`${resource} ${action}`) ?? { paths: new Set(), open: new Set(), identifying };
    catalog.set(`${resource} ${action}`, fields);
    return fields;
  };
  for (const item of Object.values(definition.paths ?? {}))
    for (const operation of Object.values(item ?? {}) as SecuredOperation[]) {
      const { 'x-permission': required, requestBody, responses = {}, parameters = [] } = operation;
      if (!required || !fieldResources.has(required.resource)) continue;
      for (const [status, { content }] of Object.entries(responses))
        if (status.startsWith('2')) collectFields(content?.['application/json']?.schema, fieldsOf(required.resource, 'read'));
      if (required.action !== 'create' && required.action !== 'update') continue;
      const written = fieldsOf(required.resource, required.action);
      for (const { schema } of Object.values(requestBody?.content ?? {})) collectFields(schema, written);
      for (const parameter of parameters) for (const field of parameter['x-fields'] ?? []) written.paths.add(field);
    }
  return catalog;
}
