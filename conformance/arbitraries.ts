import fc from 'fast-check';
import type { Schema } from './contract.ts';

/** Ids from the examples of the contract, as one list and grouped by field name. With them, generated requests refer to existing items. */
export interface Ids {
  all: string[];
  byName: Map<string, string[]>;
}
export const noIds: Ids = { all: [], byName: new Map() };

const lengthMax = 300;
const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_'];
const between = (min: string, max: string) => fc.date({ min: new Date(min), max: new Date(max), noInvalidDate: true });
/** Mostly dates in the far future, because most operations refuse dates in the past. */
const days = fc.oneof(
  { weight: 4, arbitrary: between('2040-01-01', '2090-12-31') },
  { weight: 1, arbitrary: between('1990-01-01', '2020-12-31') },
);

function formatted(format: string | undefined, ids: Ids): fc.Arbitrary<string> | undefined {
  if (format === 'uuid') return ids.all.length > 0 ? fc.oneof(fc.uuid(), fc.constantFrom(...ids.all)) : fc.uuid();
  if (format === 'date') return days.map((date) => date.toISOString().slice(0, 10));
  if (format === 'date-time') return days.map((date) => date.toISOString());
  return undefined;
}

const textsByPattern = new Map<string, fc.Arbitrary<string> | undefined>();

/** Returns texts that match the pattern; undefined if fast-check does not support it. Reading a pattern is slow, so it is read once. */
function matching(pattern: string, maxLength: number): fc.Arbitrary<string> | undefined {
  const key = `${maxLength} ${pattern}`;
  if (textsByPattern.has(key)) return textsByPattern.get(key);
  let texts: fc.Arbitrary<string> | undefined;
  try {
    texts = fc.stringMatching(new RegExp(pattern, 'u'), { maxLength });
  } catch {
    texts = undefined;
  }
  textsByPattern.set(key, texts);
  return texts;
}

function strings({ format, pattern, minLength = 0, maxLength = lengthMax }: Schema, ids: Ids): fc.Arbitrary<string> {
  const lengths = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, lengthMax)) };
  const plain = fc.string({ unit: fc.constantFrom(...letters), ...lengths });
  const anyUnicode = fc.string({ unit: 'grapheme', ...lengths });
  const expression = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  const fits = (text: string) => {
    const length = [...text].length;
    return length >= minLength && length <= maxLength && text.isWellFormed() && (expression?.test(text) ?? true);
  };
  const ofFormat = formatted(format, ids);
  if (ofFormat) return ofFormat;
  const ofPattern = pattern === undefined ? undefined : matching(pattern, lengths.maxLength);
  return (ofPattern ? fc.oneof(ofPattern, ofPattern, plain) : fc.oneof(plain, anyUnicode)).filter(fits);
}

/** Returns values of a field: mostly ids that the examples have in this field. */
function fieldValues(name: string, schema: Schema, ids: Ids): fc.Arbitrary<unknown> {
  const knownIds = ids.byName.get(name) ?? [];
  const generated = arbitraryOf(schema, ids);
  return knownIds.length > 0
    ? fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...knownIds) }, { weight: 1, arbitrary: generated })
    : generated;
}

function objects(schema: Schema, ids: Ids): fc.Arbitrary<object> {
  const { properties = {}, required = [], additionalProperties, propertyNames, minProperties = 0, maxProperties = 5 } = schema;
  const declaredFields = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, fieldValues(name, member, ids)])),
    {
      requiredKeys: required,
      noNullPrototype: true,
    },
  );
  if (additionalProperties === false || additionalProperties === undefined) return declaredFields;
  const names = (
    propertyNames ? strings(propertyNames, ids) : fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 20 })
  ).filter((name) => name !== '__proto__');
  const values =
    additionalProperties === true ? fc.jsonValue({ maxDepth: 3 }).filter(isWellFormed) : arbitraryOf(additionalProperties, ids);
  const additionalFields = fc.dictionary(names, values, {
    minKeys: minProperties,
    maxKeys: Math.min(5, maxProperties),
    noNullPrototype: true,
  });
  return fc.tuple(additionalFields, declaredFields).map(([additional, declared]) => ({ ...additional, ...declared }));
}

/** Returns whether a value has no half of a surrogate pair. JSON writes such a half as an escape. */
const isWellFormed = (value: unknown) => !/\\ud[89a-f]/i.test(JSON.stringify(value));

function ofType(type: string | undefined, schema: Schema, ids: Ids): fc.Arbitrary<unknown> {
  if (type === 'string') return strings(schema, ids);
  if (type === 'null') return fc.constant(null);
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer')
    return fc.integer({ min: Math.max(schema.minimum ?? -1000, -(2 ** 31)), max: Math.min(schema.maximum ?? 1000, 2 ** 31 - 1) });
  if (type === 'number') return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
  if (type === 'array') {
    const minLength = schema.minItems ?? 0;
    return fc.array(arbitraryOf(schema.items ?? {}, ids), { minLength, maxLength: Math.max(minLength, Math.min(schema.maxItems ?? 3, 3)) });
  }
  if (type === 'object') return objects(schema, ids);
  return fc.jsonValue({ maxDepth: 2 }).filter(isWellFormed);
}

/** Returns a generator (in fast-check: an arbitrary) of values for a schema. */
export function arbitraryOf(schema: Schema, ids: Ids): fc.Arbitrary<unknown> {
  const { oneOf, anyOf, ...rest } = schema;
  const branches = oneOf ?? anyOf;
  if (branches) return fc.oneof(...branches.map((branch) => arbitraryOf({ ...rest, ...branch }, ids)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  return fc.oneof(...[schema.type].flat().map((type) => ofType(type, schema, ids)));
}
