import { expect, it } from 'vitest';
import { jsonLimits } from '../../server/common/json-limits.ts';
import { queryParametersMax } from '../../server/contract/request-validation.ts';
import { bodyTypeOf } from '../support/call-operation.ts';
import { definition, operations } from '../support/contract.ts';

interface Schema {
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  maxLength?: number;
  maxItems?: number;
  maxProperties?: number;
  uniqueItems?: boolean;
  items?: Schema;
  properties?: Record<string, Schema>;
  propertyNames?: Schema;
  additionalProperties?: boolean | Schema;
}

/** Returns each place in a schema that has no limit on its size. */
function unlimitedIn(schema: Schema, place: string): string[] {
  const types = [schema.type ?? []].flat();
  const { properties = {}, additionalProperties = true, items } = schema;
  const isClosed = additionalProperties === false;
  const isFixed = schema.const !== undefined || schema.enum !== undefined;
  const own = [
    ...(types.includes('array') && schema.maxItems === undefined ? ['maxItems'] : []),
    ...(types.includes('string') && schema.maxLength === undefined && !isFixed ? ['maxLength'] : []),
    ...(types.includes('object') && !isClosed && schema.maxProperties === undefined
      ? ['maxProperties or additionalProperties: false']
      : []),
    ...(types.length === 0 && !isFixed && !(schema.oneOf ?? schema.anyOf ?? schema.allOf) ? ['type'] : []),
    ...(schema.uniqueItems ? ['items without uniqueItems, which costs quadratic time'] : []),
  ].map((missing) => `${place} needs ${missing}`);
  const alternatives = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  return [
    ...own,
    ...alternatives.flatMap((alternative) => unlimitedIn(alternative, place)),
    ...(items ? unlimitedIn(items, `${place}[]`) : []),
    ...Object.entries(properties).flatMap(([name, member]) => unlimitedIn(member, `${place}.${name}`)),
    ...(typeof additionalProperties === 'object' ? unlimitedIn(additionalProperties, `${place}.*`) : []),
  ];
}

const bodyOf = ({ requestBody }: (typeof operations)[number]): Schema | undefined =>
  Object.values((requestBody as { content?: Record<string, { schema: Schema }> } | undefined)?.content ?? {})[0]?.schema;
const parametersOf = ({ parameters = [] }: (typeof operations)[number]) => parameters as { name: string; in: string; schema: Schema }[];

it('limits each list, text and object of each request body and parameter', () => {
  const unlimited = operations.flatMap((operation) => {
    const body = bodyOf(operation);
    return [
      ...(body ? unlimitedIn(body, `${operation.operationId} body`) : []),
      ...parametersOf(operation).flatMap(({ name, schema }) => unlimitedIn(schema, `${operation.operationId} ${name}`)),
    ];
  });
  expect(unlimited).toEqual([]);
});

it('the search finds each kind of missing limit', () => {
  const open: Schema = {
    type: 'object',
    properties: {
      list: { type: 'array', items: { type: ['string', 'null'] } },
      any: {},
      unique: { type: 'array', maxItems: 1, uniqueItems: true, items: { type: 'integer' } },
    },
  };
  expect(unlimitedIn(open, 'body').map((text) => text.split(' needs ')[0])).toEqual([
    'body',
    'body.list',
    'body.list[]',
    'body.any',
    'body.unique',
  ]);
});

/** Returns the levels, and the members and items, of the largest value that a schema allows. */
function sizeOf({ properties = {}, additionalProperties, items, maxItems = 0, maxProperties = 0, ...rest }: Schema): [number, number] {
  const alternatives = [...(rest.oneOf ?? []), ...(rest.anyOf ?? [])].map(sizeOf);
  const members = Object.values(properties).map(sizeOf);
  const more = typeof additionalProperties === 'object' ? sizeOf(additionalProperties) : [0, 0];
  const item = items ? sizeOf(items) : [0, 0];
  const isContainer = [rest.type].flat().some((type) => type === 'object' || type === 'array');
  const levels = Math.max(0, ...[...members, more, item].map(([inner = 0]) => inner)) + Number(isContainer);
  const entries =
    members.reduce((sum, [, inner]) => sum + 1 + inner, 0) +
    maxItems * (1 + (item[1] as number)) +
    maxProperties * (1 + (more[1] as number));
  return [Math.max(levels, ...alternatives.map(([inner]) => inner)), Math.max(entries, ...alternatives.map(([, inner]) => inner))];
}

it('the limits of all JSON bodies leave room for the largest body that the contract describes', () => {
  const sizes = operations.flatMap((operation) =>
    bodyTypeOf(operation) === 'application/json' ? [sizeOf(bodyOf(operation) as Schema)] : [],
  );
  expect(Math.max(...sizes.map(([levels]) => levels))).toBeGreaterThan(3);
  expect(Math.max(...sizes.map(([levels]) => levels))).toBeLessThanOrEqual(jsonLimits.levelsMax);
  expect(Math.max(...sizes.map(([, entries]) => entries))).toBeGreaterThan(6500);
  expect(Math.max(...sizes.map(([, entries]) => entries))).toBeLessThanOrEqual(jsonLimits.entriesMax);
});

it('no operation has nearly as many query parameters as a query string may have', () => {
  const counts = operations.map((operation) => parametersOf(operation).filter((parameter) => parameter.in === 'query').length);
  expect(Math.max(...counts)).toBeLessThanOrEqual(queryParametersMax - 5);
});

it('only operations without a token have a smaller limit for bodies, and each of them has it', () => {
  const limits = operations
    .filter(bodyTypeOf)
    .map((operation) => [(operation.security ?? []).length > 0, (operation as { 'x-body-bytes-max'?: number })['x-body-bytes-max']]);
  expect(limits.filter(([isSecured, limit]) => (isSecured ? limit !== undefined : limit !== 16_384))).toEqual([]);
});

it('the description of the contract states the limits', () => {
  const text = (definition.info.description as string).replaceAll(/\s+/g, ' ');
  const { levelsMax, entriesMax, nameLengthMax } = jsonLimits;
  expect(text).toContain(
    `at most 1 MiB, ${levelsMax} levels of objects and lists, ${entriesMax} members and items in all of them together, and names of at most ${nameLengthMax} characters`,
  );
  expect(text).toContain(`A query string has at most ${queryParametersMax} parameters`);
});
