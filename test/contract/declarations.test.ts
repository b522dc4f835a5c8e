import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { partialType } from '../../server/access/field-tree.ts';
import { fieldResources, grantableFieldsOfContract } from '../../server/access/grantable-fields.ts';
import { definition, operations } from '../support/contract.ts';

interface Content {
  schema: object;
  examples?: Record<string, { summary?: string; value: unknown }>;
}
type Media = Record<string, Content>;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addFormat('binary', true);

/** All request and response bodies of the contract, each with a name for failure messages. */
const bodies = operations.flatMap(({ operationId, requestBody, responses }) => {
  const request = (requestBody as { content?: Media } | undefined)?.content ?? {};
  const declaredResponses = Object.entries((responses ?? {}) as Record<string, { content?: Media }>);
  return [
    ...Object.entries(request).map(([type, content]) => ({ name: `${operationId} request`, type, ...content })),
    ...declaredResponses.flatMap(([status, { content = {} }]) =>
      Object.entries(content).map(([type, media]) => ({ name: `${operationId} ${status}`, type, ...media })),
    ),
  ];
});

it('each example is valid against its schema', () => {
  const faults = bodies.flatMap(({ name, schema, examples = {} }) => {
    const validate = ajv.compile(schema);
    return Object.entries(examples).flatMap(([key, { value }]) =>
      validate(value) ? [] : [`${name} ${key}: ${ajv.errorsText(validate.errors)}`],
    );
  });
  expect(faults).toEqual([]);
});

it('each body has examples with summaries, except uploads, which are files', () => {
  const without = bodies.filter(
    ({ type, examples = {} }) =>
      type !== 'multipart/form-data' && (Object.keys(examples).length === 0 || Object.values(examples).some(({ summary }) => !summary)),
  );
  expect(without.map(({ name }) => name)).toEqual([]);
});

it('each operation with security has an x-permission, and no other operation has one', () => {
  const permissionOf = (operation: object) => (operation as { 'x-permission'?: { resource: string; action: string } })['x-permission'];
  const wrong = operations.filter((operation) => {
    const permission = permissionOf(operation);
    if ((operation.security ?? []).length === 0) return permission !== undefined;
    return !permission?.resource || !['create', 'read', 'update', 'delete', 'download'].includes(permission.action);
  });
  expect(wrong.map(({ operationId }) => operationId)).toEqual([]);
});

it('each operation below /api and /v2 requires a token, except the two that authenticate; other operations do not', () => {
  const ordinary = operations.filter((operation) => !('x-authenticates' in operation));
  expect(operations.length - ordinary.length).toBe(2);
  const wrong = ordinary.filter(({ path, security }) => /^\/(api|v2)\//.test(path) !== (security ?? []).length > 0);
  expect(wrong.map(({ operationId }) => operationId)).toEqual([]);
});

interface ObjectSchema {
  properties?: Record<string, ObjectSchema>;
  items?: ObjectSchema;
  oneOf?: ObjectSchema[];
}
/** Returns the paths of all fields of a schema, such as `.items[].id`. */
const fieldPathsOf = ({ properties = {}, items, oneOf = [] }: ObjectSchema, at = ''): string[] => [
  ...Object.entries(properties).flatMap(([name, member]) => [`${at}.${name}`, ...fieldPathsOf(member, `${at}.${name}`)]),
  ...(items ? fieldPathsOf(items, `${at}[]`) : []),
  ...oneOf.flatMap((branch) => fieldPathsOf(branch, at)),
];
const operationsWithFields = operations.filter((operation) =>
  fieldResources.has((operation as { 'x-permission'?: { resource: string } })['x-permission']?.resource ?? ''),
);

it('each response that permissions can restrict to fields has a partial schema with the same fields', () => {
  const wrong = operationsWithFields.flatMap(({ operationId, responses }) =>
    Object.entries(responses as Record<string, { content?: Media }>).flatMap(([status, { content = {} }]) => {
      const full = content['application/json'];
      if (!full || !status.startsWith('2')) return [];
      const partial = content[partialType];
      const isSame = partial && JSON.stringify(fieldPathsOf(partial.schema).sort()) === JSON.stringify(fieldPathsOf(full.schema).sort());
      return isSame ? [] : [`${operationId} ${status}`];
    }),
  );
  expect(wrong).toEqual([]);
});

it('each query parameter selects a page or names in x-fields the fields that it filters by', () => {
  const pageParameters = new Set(['page', 'per_page', 'include_total_count', 'rows']);
  const wrong = operationsWithFields.flatMap((operation) => {
    const { resource, action } = (operation as unknown as { 'x-permission': { resource: string; action: string } })['x-permission'];
    const parameters = (operation.parameters ?? []) as { name: string; in: string; 'x-fields'?: string[] }[];
    const paths = grantableFieldsOfContract(definition).get(`${resource} ${action}`)?.paths;
    const operationFields = (operation as unknown as { 'x-fields'?: string[] })['x-fields'] ?? [];
    const unknownFields = operationFields.filter((field) => !paths?.has(field)).map((field) => `${operation.operationId} ${field}`);
    const invalidParameters = parameters
      .filter(({ in: location, name }) => location === 'query' && !pageParameters.has(name))
      .filter(({ 'x-fields': fields = [] }) => fields.length === 0 || fields.some((field) => !paths?.has(field)))
      .map(({ name }) => `${operation.operationId} ${name}`);
    return [...unknownFields, ...invalidParameters];
  });
  expect(wrong).toEqual([]);
});
