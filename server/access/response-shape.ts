import { pageListNames } from './grantable-fields.ts';
import { permissionFreeResource, type RequiredPermission } from './permissions.ts';

/** Fields of a resource, all of which a caller must be able to read; null means every field. */
export interface NeededFields {
  resource: string;
  fields: string[] | null;
}

/** A part of a response whose data belongs to another resource than that of the operation. */
export interface ForeignPart {
  /** Names from the top of the response, or of each object in a page. */
  path: string[];
  /** The part is an object of this resource, with the fields of the resource (`x-resource`). */
  resource?: string;
  /** The part holds copies of these fields (`x-needs`). */
  needs?: NeededFields[];
  /** The part holds what the logged call sent or received. */
  isOfLoggedCall?: boolean;
}

/** The parts of the responses of one operation that decide which of them a caller may see. */
export interface ResponseShape {
  /** The resource of the whole response, or of the objects of its page. */
  resource: string | undefined;
  /** All resources of which the responses show data. */
  resources: Set<string>;
  /** The dotted paths of all members. */
  paths: Set<string>;
  /** The names of top-level members that a caller always sees (`x-always-shown`). */
  alwaysShown: string[];
  foreignParts: ForeignPart[];
}

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  'x-resource'?: string;
  'x-needs'?: NeededFields[] | 'logged-operation';
  'x-always-shown'?: boolean;
}

export interface DescribedOperation {
  operationId?: string;
  method: string;
  parameters?: unknown;
  requestBody?: unknown;
  responses?: unknown;
  'x-permission'?: RequiredPermission;
}

type Responses = Record<string, { content?: Record<string, { schema?: Schema }> }>;

const branchesOf = ({ allOf = [], anyOf = [], oneOf = [], items }: Schema) => [...allOf, ...anyOf, ...oneOf, ...(items ? [items] : [])];

/** Reads the shape of an operation's successful JSON responses from the contract. */
export function responseShapeOf(operation: DescribedOperation): ResponseShape {
  const own = operation['x-permission']?.resource;
  const shape: ResponseShape = { resource: undefined, resources: new Set(), paths: new Set(), alwaysShown: [], foreignParts: [] };

  function addResource(resource: string, path: string[]): void {
    shape.resources.add(resource);
    if (path.length === 0) shape.resource = resource;
    if (resource !== own && own !== permissionFreeResource) shape.foreignParts.push({ path, resource });
  }

  function addNeeds(needs: NeededFields[] | 'logged-operation', path: string[]): void {
    if (needs === 'logged-operation') shape.foreignParts.push({ path, isOfLoggedCall: true });
    else {
      shape.foreignParts.push({ path, needs });
      for (const { resource } of needs) shape.resources.add(resource);
    }
  }

  function visit(schema: Schema, path: string[]): void {
    const { properties = {} } = schema;
    if (schema['x-resource'] !== undefined) addResource(schema['x-resource'], path);
    if (schema['x-needs'] !== undefined) addNeeds(schema['x-needs'], path);
    for (const branch of branchesOf(schema)) visit(branch, path);
    const isPage = path.length === 0 && pageListNames.some((name) => properties[name]?.items) && !properties.id && !properties.kind;
    for (const [name, member] of Object.entries(properties)) {
      if (isPage) {
        if (pageListNames.includes(name)) visit(member, path);
        continue;
      }
      shape.paths.add([...path, name].join('.'));
      if (path.length === 0 && member['x-always-shown']) shape.alwaysShown.push(name);
      visit(member, [...path, name]);
    }
  }

  for (const [status, { content }] of Object.entries((operation.responses ?? {}) as Responses)) {
    const schema = status.startsWith('2') ? content?.['application/json']?.schema : undefined;
    if (schema) visit(schema, []);
  }
  return shape;
}
