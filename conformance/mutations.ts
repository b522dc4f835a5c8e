import type { Contract, Schema } from './contract.ts';

interface Mutation {
  title: string;
  /** The body as JSON text, which a JSON serializer may not be able to produce. */
  text: string;
}

type FieldPath = (string | number)[];
interface Change {
  at: FieldPath;
  title: string;
  /** The new value; undefined deletes the field. */
  newValue: unknown;
}
const textLengthMax = 100_000;
const itemsMax = 200;
/** Placeholder in a value for JSON text that no JavaScript value produces. */
const rawJson = (text: string) => `@raw ${text} raw@`;
const otherTypes = { null: null, 'a number': 12, 'a string': 'text', true: true, 'an array': [], 'an object': {} };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the branch of `oneOf` or `anyOf` that the value matches. */
function branchOf({ validationErrors }: Contract, schema: Schema, value: unknown): Schema {
  const { oneOf, anyOf, ...rest } = schema;
  const branch = (oneOf ?? anyOf)?.find((branch) => validationErrors(branch, value).length === 0);
  return branch ? { ...rest, ...branch } : schema;
}

function* textChanges({ minLength = 0, maxLength, enum: choices, format, pattern, not }: Schema, value: string) {
  yield ['empty', ''];
  yield ['blank', '  '];
  if (minLength > 1) yield ['one character shorter than allowed', 'a'.repeat(minLength - 1)];
  if (maxLength !== undefined && maxLength < textLengthMax) {
    yield ['with the maximum length', 'a'.repeat(maxLength)];
    yield ['one character longer than allowed', 'a'.repeat(maxLength + 1)];
    yield ['with the maximum length in emoji', '😀'.repeat(maxLength)];
  }
  yield ['with a NUL character', `${value}\u0000`];
  yield ['with a control character', `${value}\u001b`];
  yield ['with half a surrogate pair', rawJson(`"x\\ud83dy"`)];
  yield ['with letters of other scripts', 'Ünïcödé 漢字 עברית e\u0301 \u202e\u200b😀'];
  if (choices) yield ['in another case', value.toUpperCase() === value ? value.toLowerCase() : value.toUpperCase()];
  if (choices) yield ['not in the enumeration', `${value}x`];
  if (format || pattern) yield ['in a wrong format', '2026-99-99 not/a;form'];
  if (format) yield ['almost in its format', `${value}0`];
  if (not?.format === 'uuid') yield ['in the form of an id', '3FA85F64-5717-4562-b3fc-2c963f66afa6'];
}

function* numberChanges({ minimum, maximum }: Schema) {
  if (minimum !== undefined) yield* [['at its minimum', minimum] as const, ['below its minimum', minimum - 1] as const];
  if (maximum !== undefined)
    yield* [['at its maximum', maximum] as const, ['above its maximum', rawJson(String(BigInt(maximum) + 1n))] as const];
  yield ['with a fraction', 1.5];
  yield ['very large', 1e308];
  yield ['very negative', -1e308];
  yield ['too large for a number', rawJson('1e400')];
  yield ['with too many digits', rawJson('123456789012345678901234567890')];
  yield ['as a string', '1'];
}

function* listChanges({ minItems = 0, maxItems = itemsMax }: Schema, value: unknown[]) {
  if (minItems > 0) yield ['with too few items', value.slice(0, minItems - 1)];
  if (value.length > 0 && maxItems < itemsMax)
    yield ['with too many items', Array.from({ length: maxItems + 1 }, (_, index) => value[index % value.length])];
  yield ['with null as an item', [...value, null]];
}

function* changesOf(contract: Contract, unionSchema: Schema, value: unknown, at: FieldPath): Generator<Change> {
  const schema = branchOf(contract, unionSchema, value);
  for (const [name, newValue] of Object.entries(otherTypes)) yield { at, title: `is ${name}`, newValue };
  if (typeof value === 'string') for (const [title, newValue] of textChanges(schema, value)) yield { at, title: title as string, newValue };
  if (typeof value === 'number') for (const [title, newValue] of numberChanges(schema)) yield { at, title: title as string, newValue };
  if (typeof value === 'boolean') yield { at, title: 'is 1', newValue: 1 };
  if (Array.isArray(value)) {
    for (const [title, newValue] of listChanges(schema, value)) yield { at, title: title as string, newValue };
    if (value.length > 0 && schema.items) yield* changesOf(contract, schema.items, value[0], [...at, 0]);
  }
  if (isObject(value)) {
    for (const name of schema.required ?? []) yield { at: [...at, name], title: 'is missing', newValue: undefined };
    for (const name of ['conformanceExtra', '__proto__', 'constructor'])
      yield { at: [...at, name], title: 'is an unknown field', newValue: 'x' };
    if (schema.additionalProperties === true)
      yield { at, title: 'is 2,000 levels deep', newValue: rawJson(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`) };
    for (const [name, member] of Object.entries(value)) {
      const { additionalProperties } = schema;
      const inner = schema.properties?.[name] ?? (isObject(additionalProperties) ? (additionalProperties as Schema) : undefined);
      if (inner) yield* changesOf(contract, inner, member, [...at, name]);
    }
  }
}

function replaceAt(value: unknown, [step, ...rest]: FieldPath, newValue: unknown): unknown {
  if (step === undefined) return newValue;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replaceAt(item, rest, newValue) : item));
  const members = Object.entries(isObject(value) ? value : {}).filter(([name]) => name !== step);
  const changed = replaceAt(isObject(value) ? value[step] : undefined, rest, newValue);
  return Object.fromEntries(changed === undefined ? members : [...members, [String(step), changed]]);
}

/** Returns a value as JSON text. `rawJson` placeholders are replaced by their text. */
export function toJson(value: unknown): string {
  return (JSON.stringify(value) ?? '').replace(/"@raw (.*?) raw@"/g, (_, text: string) => JSON.parse(`"${text}"`));
}

/** Returns changed versions of a valid body, with one change each. Some of them are still valid. */
export const mutationsOf = (contract: Contract, schema: Schema, body: unknown): Mutation[] =>
  [...changesOf(contract, schema, body, [])].map(({ at, title, newValue }) => ({
    title: `${at.join('.') || 'the body'} ${title}`,
    text: toJson(replaceAt(body, at, newValue)),
  }));

/** Bodies that are not JSON. */
export const invalidJsonBodies: (Mutation & { expression?: string })[] = [
  { title: 'an empty body', text: '' },
  { title: 'unfinished JSON', text: '{"name": "x"' },
  { title: 'JSON with a trailing comma', text: '{"name": "x",}' },
  { title: 'two values', text: '{} {}' },
  { title: 'a word without quotes', text: 'name' },
  { title: 'single quotes', text: "{'name': 'x'}" },
  { title: 'NaN', text: '{"name": NaN}' },
  { title: 'very deep lists', text: `${'['.repeat(50_000)}${']'.repeat(50_000)}`, expression: "'['.repeat(50000) + ']'.repeat(50000)" },
  {
    title: 'very deep objects',
    text: `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
    expression: `'{"a":'.repeat(20000) + 1 + '}'.repeat(20000)`,
  },
  { title: 'very deep and unfinished', text: '{"name":'.repeat(20_000), expression: `'{"name":'.repeat(20000)` },
];
