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

/** Every body that an operation reads or answers, under a name to find it by. */
const bodies = operations.flatMap(({ operationId, requestBody, responses }) => {
  const request = (requestBody as { content?: Media } | undefined)?.content ?? {};
  const answers = Object.entries((responses ?? {}) as Record<string, { content?: Media }>);
  return [
    ...Object.entries(request).map(([type, content]) => ({ name: `${operationId} request`, type, ...content })),
    ...answers.flatMap(([status, { content = {} }]) =>
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

it('each body has an example with a summary, but for uploads, which are files', () => {
  const without = bodies.filter(
    ({ type, examples = {} }) =>
      type !== 'multipart/form-data' && (Object.keys(examples).length === 0 || Object.values(examples).some(({ summary }) => !summary)),
  );
  expect(without.map(({ name }) => name)).toEqual([]);
});

it('each operation with security says what it needs in x-permission, and no other does', () => {
  const permissionOf = (operation: object) => (operation as { 'x-permission'?: { resource: string; action: string } })['x-permission'];
  const wrong = operations.filter((operation) => {
    const permission = permissionOf(operation);
    if ((operation.security ?? []).length === 0) return permission !== undefined;
    return !permission?.resource || !['create', 'read', 'update', 'delete', 'download'].includes(permission.action);
  });
  expect(wrong.map(({ operationId }) => operationId)).toEqual([]);
});

it('each operation below /api and /v2 wants a token, but for those that authenticate, and each other path none', () => {
  const guarded = operations.filter((operation) => !('x-authenticates' in operation));
  expect(operations.length - guarded.length).toBe(2);
  const wrong = guarded.filter(({ path, security }) => /^\/(api|v2)\//.test(path) !== (security ?? []).length > 0);
  expect(wrong.map(({ operationId }) => operationId)).toEqual([]);
});

interface Shape {
  properties?: Record<string, Shape>;
  items?: Shape;
  oneOf?: Shape[];
}
const membersOf = ({ properties = {}, items, oneOf = [] }: Shape, at = ''): string[] => [
  ...Object.entries(properties).flatMap(([name, member]) => [`${at}.${name}`, ...membersOf(member, `${at}.${name}`)]),
  ...(items ? membersOf(items, `${at}[]`) : []),
  ...oneOf.flatMap((one) => membersOf(one, at)),
];
const byField = operations.filter((operation) =>
  fieldResources.has((operation as { 'x-permission'?: { resource: string } })['x-permission']?.resource ?? ''),
);

it('each answer that rights by field may cut is declared in part, too, with the same members', () => {
  const wrong = byField.flatMap(({ operationId, responses }) =>
    Object.entries(responses as Record<string, { content?: Media }>).flatMap(([status, { content = {} }]) => {
      const full = content['application/json'];
      if (!full || !status.startsWith('2')) return [];
      const part = content[partialType];
      const isSame = part && JSON.stringify(membersOf(part.schema).sort()) === JSON.stringify(membersOf(full.schema).sort());
      return isSame ? [] : [`${operationId} ${status}`];
    }),
  );
  expect(wrong).toEqual([]);
});

it('each query parameter turns pages or says in x-fields what fields it goes by', () => {
  const pageLike = new Set(['page', 'per_page', 'include_total_count', 'after', 'rows']);
  const wrong = byField.flatMap((operation) => {
    const { resource, action } = (operation as unknown as { 'x-permission': { resource: string; action: string } })['x-permission'];
    const parameters = (operation.parameters ?? []) as { name: string; in: string; 'x-fields'?: string[] }[];
    const paths = grantableFieldsOfContract(definition).get(`${resource} ${action}`)?.paths;
    const own = (operation as unknown as { 'x-fields'?: string[] })['x-fields'] ?? [];
    const unknown = own.filter((field) => !paths?.has(field)).map((field) => `${operation.operationId} ${field}`);
    const unsaid = parameters
      .filter(({ in: place, name }) => place === 'query' && !pageLike.has(name))
      .filter(({ 'x-fields': fields = [] }) => fields.length === 0 || fields.some((field) => !paths?.has(field)))
      .map(({ name }) => `${operation.operationId} ${name}`);
    return [...unknown, ...unsaid];
  });
  expect(wrong).toEqual([]);
});
