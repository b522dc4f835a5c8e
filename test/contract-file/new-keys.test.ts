import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { contractText, type Json, operationsIn } from './documents.ts';

const document: Json = parse(contractText);
const notAnId = { $ref: '#/components/schemas/Id' };

const resolve = ({ $ref, ...schema }: Json): Json =>
  $ref ? { ...resolve(document.components.schemas[$ref.split('/').at(-1)]), ...schema } : schema;
const refusesIds = (schema: Json): boolean => isDeepStrictEqual(resolve(schema).not, notAnId);

/** Returns each property `key` and `role` in a schema, with its dotted name. */
function keysIn(schema: Json, path: string[] = []): { name: string; schema: Json }[] {
  const { properties = {}, items } = resolve(schema);
  const here = Object.entries<Json>(properties).flatMap(([name, value]) =>
    name === 'key' || name === 'role' ? [{ name: [...path, name].join('.'), schema: value }] : keysIn(value, [...path, name]),
  );
  return items ? [...here, ...keysIn(items, path)] : here;
}

/**
 * Requests whose key may be one of an existing row. Their handlers refuse a new key that looks like an id; the tests of these operations hold it.
 *
 * `unassignRole` creates nothing.
 */
const keysOfExistingRows = ['replaceUser key', 'replaceTenant key', 'addTenantUser key', 'unassignRole role'];

it('every key that a request below /v2 creates refuses a text that looks like an id', () => {
  const keys = operationsIn(document)
    .filter(({ path }) => path.startsWith('/v2/'))
    .flatMap(({ operation }) => {
      const body = operation.requestBody?.content['application/json'].schema;
      return body ? keysIn(body).map(({ name, schema }) => ({ name: `${operation.operationId} ${name}`, schema })) : [];
    });
  expect(keys.length).toBeGreaterThan(10);
  const allowing = keys.filter(({ schema }) => !refusesIds(schema)).map(({ name }) => name);
  expect(allowing.sort()).toEqual(keysOfExistingRows.sort());
});

it('only keys have a `not`, because the server has one message for it', () => {
  const schemas = Object.entries<Json>(document.components.schemas);
  const named = schemas.filter(([, schema]) => schema.not).map(([name]) => name);
  expect(named).toEqual(['NewUserKey', 'NewTenantKey', 'NewRoleKey', 'NewLevelSlug']);
  expect(contractText.match(/\bnot:/g)).toHaveLength(named.length);
});
