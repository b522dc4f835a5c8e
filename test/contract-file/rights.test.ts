import { expect, it } from 'vitest';
import { partialType } from '../../server/access/field-tree.ts';
import { fieldResources, grantableFieldsOfContract } from '../../server/access/grantable-fields.ts';
import { type DescribedOperation, responseShapeOf } from '../../server/access/response-shape.ts';
import { definition, operations } from '../support/contract.ts';

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  const?: string;
  'x-resource'?: string;
}
interface Parameter {
  name: string;
  in: string;
  schema?: { enum?: string[] };
  'x-fields'?: string[];
  'x-permissions'?: Record<string, { resource: string; action: string }>;
}
type Secured = DescribedOperation & { 'x-order'?: string[] };

const secured = operations.filter((operation) => 'x-permission' in operation) as unknown as Secured[];
const resourceOf = (operation: Secured) => operation['x-permission']?.resource as string;
const parametersOf = (operation: Secured) => ((operation.parameters ?? []) as Parameter[]).filter((parameter) => parameter.in === 'query');
const successOf = ({ responses }: Secured) =>
  Object.entries(responses as Record<string, { content?: Record<string, { schema: Schema }> }>).filter(([status]) =>
    status.startsWith('2'),
  );
const readablePathsOf = (resource: string) => grantableFieldsOfContract(definition).get(`${resource} read`)?.paths ?? new Set<string>();

/** Returns every object in a schema with its path. */
const objectsIn = (schema: Schema, path = ''): { path: string; schema: Schema }[] => [
  { path, schema },
  ...Object.entries(schema.properties ?? {}).flatMap(([name, member]) => objectsIn(member, `${path}.${name}`)),
  ...[...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])].flatMap((part) =>
    objectsIn(part, path),
  ),
];

/** An actor is part of the history of what it did. */
const isActor = ({ properties = {} }: Schema) => Object.keys(properties).sort().join() === 'id,kind,name';
/** An object with an id, and a kind or a key, belongs to a resource. */
const isResourceObject = ({ properties = {} }: Schema) => 'id' in properties && ('kind' in properties || 'key' in properties);

it('each object of a resource in a response names its resource in x-resource', () => {
  const missing = secured.flatMap((operation) =>
    successOf(operation).flatMap(([status, { content }]) =>
      objectsIn(content?.['application/json']?.schema ?? {})
        .filter(({ schema }) => isResourceObject(schema) && !isActor(schema) && schema['x-resource'] === undefined)
        .map(({ path }) => `${operation.operationId} ${status} ${path}`),
    ),
  );
  expect(missing).toEqual([]);
});

it('each x-resource is a resource of an operation, and the one of the whole response is that of its operation', () => {
  const resources = new Set(secured.map(resourceOf));
  const wrong = secured.filter((operation) => {
    const shape = responseShapeOf(operation);
    const isOwn = shape.resource === undefined || shape.resource === resourceOf(operation) || resourceOf(operation) === 'current-token';
    return !isOwn || [...shape.resources].some((resource) => !resources.has(resource));
  });
  expect(wrong.map(({ operationId }) => operationId)).toEqual([]);
});

it('each field that x-needs names is a field of its resource that can be read', () => {
  const unknown = secured.flatMap((operation) =>
    responseShapeOf(operation)
      .foreignParts.flatMap(({ needs = [] }) => needs)
      .flatMap(({ resource, fields }) =>
        (fields ?? []).filter((field) => !readablePathsOf(resource).has(field)).map((field) => `${resource} ${field}`),
      ),
  );
  expect([...new Set(unknown)]).toEqual([]);
});

it('each list names in x-order the fields that it is ordered by', () => {
  const lists = secured.filter(
    (operation) => fieldResources.has(resourceOf(operation)) && parametersOf(operation).some(({ name }) => name === 'page'),
  );
  const wrong = lists.filter(({ 'x-order': order = [], ...operation }) => {
    const paths = readablePathsOf(resourceOf(operation));
    return order.length === 0 || order.some((field) => !paths.has(field));
  });
  expect(lists.length).toBeGreaterThan(5);
  expect(wrong.map(({ operationId }) => operationId)).toEqual([]);
});

it('each query parameter that is no page number names what it selects by', () => {
  const pageNumbers = new Set(['page', 'per_page', 'include_total_count']);
  const wrong = secured
    .filter((operation) => fieldResources.has(resourceOf(operation)))
    .flatMap((operation) =>
      parametersOf(operation)
        .filter((parameter) => !pageNumbers.has(parameter.name) && !parameter['x-fields']?.length && !parameter['x-permissions'])
        .map(({ name }) => `${operation.operationId} ${name}`),
    );
  expect(wrong).toEqual([]);
});

it('each parameter value that is the name of another resource needs permission to read that resource', () => {
  const resources = new Set(secured.map(resourceOf));
  const wrong = secured.flatMap((operation) =>
    parametersOf(operation).flatMap(({ name, schema, 'x-permissions': permissions = {} }) =>
      (schema?.enum ?? [])
        .filter((value) => resources.has(value) && value !== resourceOf(operation))
        .filter((value) => !(permissions[value]?.resource === value && permissions[value]?.action === 'read'))
        // The users of an application are records, not users of the facts.
        .filter((value) => value !== 'users')
        .map((value) => `${operation.operationId} ${name}=${value}`),
    ),
  );
  expect(wrong).toEqual([]);
});

it('each response that shows a resource has a partial type, unless a caller with permissions never gets it or always gets all of it', () => {
  const unlimitedOnly = new Set(['createOrganization', 'getCurrentToken']);
  const isWhole = (operation: Secured) =>
    operation['x-permission']?.action === 'read' &&
    !fieldResources.has(resourceOf(operation)) &&
    responseShapeOf(operation).foreignParts.length === 0;
  const missing = secured
    .filter(
      (operation) =>
        !unlimitedOnly.has(operation.operationId as string) && !isWhole(operation) && responseShapeOf(operation).resource !== undefined,
    )
    .filter((operation) => successOf(operation).some(([, { content }]) => content?.['application/json'] && !content[partialType]));
  expect(missing.map(({ operationId }) => operationId)).toEqual([]);
});
