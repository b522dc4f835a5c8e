import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { contractText, type Json, operationsIn } from './documents.ts';

const document: Json = parse(contractText);
const idPattern: string = document.components.schemas.Id.pattern;

const resolve = (schema: Json): Json => {
  if (!schema.$ref) return schema;
  const name = schema.$ref.split('/').at(-1);
  return document.components.schemas[name];
};
/** Tells whether a schema refuses all texts that look like an id. */
const refusesIds = (schema: Json): boolean => {
  const resolved = resolve(schema);
  return resolved.not?.pattern === idPattern || (resolved.allOf ?? []).some(refusesIds);
};

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

it('the schema NotAnId has the only `not` of the contract, because the server has one message for it', () => {
  expect(contractText.match(/\bnot:/g)).toEqual(['not:']);
});
