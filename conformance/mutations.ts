import type { Contract, Schema } from './contract.ts';

interface Mutation {
  title: string;
  /** The body as JSON text, which a JSON serializer may not be able to produce. */
  text: string;
}

type Steps = (string | number)[];
interface Change {
  at: Steps;
  title: string;
  /** The new value; undefined deletes the field. */
  put: unknown;
}
const longestText = 100_000;
const mostItems = 200;
/** Placeholder in a value for JSON text that no JavaScript value produces. */
const raw = (text: string) => `@raw ${text} raw@`;
const otherTypes = { null: null, 'a number': 12, 'a text': 'text', true: true, 'a list': [], 'an object': {} };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the branch of `oneOf` or `anyOf` that the value matches. */
function branchOf({ complaints }: Contract, schema: Schema, value: unknown): Schema {
  const { oneOf, anyOf, ...rest } = schema;
  const branch = (oneOf ?? anyOf)?.find((one) => complaints(one, value).length === 0);
  return branch ? { ...rest, ...branch } : schema;
}

function* textChanges({ minLength = 0, maxLength, enum: choices, format, pattern }: Schema, value: string) {
  yield ['empty', ''];
  yield ['blank', '  '];
  if (minLength > 1) yield ['one character too short', 'a'.repeat(minLength - 1)];
  if (maxLength !== undefined && maxLength < longestText) {
    yield ['as long as may be', 'a'.repeat(maxLength)];
    yield ['one character too long', 'a'.repeat(maxLength + 1)];
    yield ['as many emoji as may be characters', '😀'.repeat(maxLength)];
  }
  yield ['with a NUL character', `${value}\u0000`];
  yield ['with a control character', `${value}\u001b`];
  yield ['with half a surrogate pair', raw(`"x\\ud83dy"`)];
  yield ['with letters of other scripts', 'Ünïcödé 漢字 עברית e\u0301 \u202e\u200b😀'];
  if (choices) yield ['of another case', value.toUpperCase() === value ? value.toLowerCase() : value.toUpperCase()];
  if (choices) yield ['no choice', `${value}x`];
  if (format || pattern) yield ['of a wrong form', '2026-99-99 not/a;form'];
  if (format) yield ['nearly of its format', `${value}0`];
}

function* numberChanges({ minimum, maximum }: Schema) {
  if (minimum !== undefined) yield* [['at its least', minimum] as const, ['one too little', minimum - 1] as const];
  if (maximum !== undefined) yield* [['at its most', maximum] as const, ['one too much', raw(String(BigInt(maximum) + 1n))] as const];
  yield ['with a fraction', 1.5];
  yield ['huge', 1e308];
  yield ['hugely negative', -1e308];
  yield ['beyond all numbers', raw('1e400')];
  yield ['with too many digits', raw('123456789012345678901234567890')];
  yield ['as a text', '1'];
}

function* listChanges({ minItems = 0, maxItems = mostItems }: Schema, value: unknown[]) {
  if (minItems > 0) yield ['with too few items', value.slice(0, minItems - 1)];
  if (value.length > 0 && maxItems < mostItems)
    yield ['with too many items', Array.from({ length: maxItems + 1 }, (_, index) => value[index % value.length])];
  yield ['with null as an item', [...value, null]];
}

function* changesOf(contract: Contract, whole: Schema, value: unknown, at: Steps): Generator<Change> {
  const schema = branchOf(contract, whole, value);
  for (const [name, put] of Object.entries(otherTypes)) yield { at, title: `is ${name}`, put };
  if (typeof value === 'string') for (const [title, put] of textChanges(schema, value)) yield { at, title: title as string, put };
  if (typeof value === 'number') for (const [title, put] of numberChanges(schema)) yield { at, title: title as string, put };
  if (typeof value === 'boolean') yield { at, title: 'is 1', put: 1 };
  if (Array.isArray(value)) {
    for (const [title, put] of listChanges(schema, value)) yield { at, title: title as string, put };
    if (value.length > 0 && schema.items) yield* changesOf(contract, schema.items, value[0], [...at, 0]);
  }
  if (isObject(value)) {
    for (const name of schema.required ?? []) yield { at: [...at, name], title: 'is missing', put: undefined };
    for (const name of ['conformanceExtra', '__proto__', 'constructor']) yield { at: [...at, name], title: 'is one too many', put: 'x' };
    if (schema.additionalProperties === true)
      yield { at, title: 'is 2,000 levels deep', put: raw(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`) };
    for (const [name, member] of Object.entries(value)) {
      const { additionalProperties } = schema;
      const inner = schema.properties?.[name] ?? (isObject(additionalProperties) ? (additionalProperties as Schema) : undefined);
      if (inner) yield* changesOf(contract, inner, member, [...at, name]);
    }
  }
}

function put(value: unknown, [step, ...rest]: Steps, what: unknown): unknown {
  if (step === undefined) return what;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? put(item, rest, what) : item));
  const members = Object.entries(isObject(value) ? value : {}).filter(([name]) => name !== step);
  const changed = put(isObject(value) ? value[step] : undefined, rest, what);
  return Object.fromEntries(changed === undefined ? members : [...members, [String(step), changed]]);
}

export function written(value: unknown): string {
  return (JSON.stringify(value) ?? '').replace(/"@raw (.*?) raw@"/g, (_, text: string) => JSON.parse(`"${text}"`));
}

/** Returns changed versions of a valid body, with one change each. Some of them are still valid. */
export const mutationsOf = (contract: Contract, schema: Schema, body: unknown): Mutation[] =>
  [...changesOf(contract, schema, body, [])].map(({ at, title, put: what }) => ({
    title: `${at.join('.') || 'the body'} ${title}`,
    text: written(put(body, at, what)),
  }));

/** Bodies that are not JSON. */
export const brokenBodies: (Mutation & { expression?: string })[] = [
  { title: 'an empty body', text: '' },
  { title: 'JSON without its end', text: '{"name": "x"' },
  { title: 'JSON with a trailing comma', text: '{"name": "x",}' },
  { title: 'two values', text: '{} {}' },
  { title: 'a bare word', text: 'name' },
  { title: 'single quotes', text: "{'name': 'x'}" },
  { title: 'not a number', text: '{"name": NaN}' },
  { title: 'very deep lists', text: `${'['.repeat(50_000)}${']'.repeat(50_000)}`, expression: "'['.repeat(50000) + ']'.repeat(50000)" },
  {
    title: 'very deep objects',
    text: `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
    expression: `'{"a":'.repeat(20000) + 1 + '}'.repeat(20000)`,
  },
  { title: 'deep without an end', text: '{"name":'.repeat(20_000), expression: `'{"name":'.repeat(20000)` },
];
