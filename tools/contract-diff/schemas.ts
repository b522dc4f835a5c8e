import { additive, breaking, canonical, type Direction, type Found, isObject, type Json, join, listOf, objectOf } from './findings.ts';
import { compareUnions, unionsOf } from './unions.ts';
import { compareDefaults, compareForms, compareLimits, compareTypes, compareValues, narrowed, widened } from './values.ts';

/** The pairs of schemas that are being compared. It stops the recursion of a schema that contains itself. */
export type Open = readonly (readonly [unknown, unknown])[];

/** Limits the recursion, because `Open` does not recognize a merged `allOf`, which is a new object each time. */
const depthMax = 24;

const unjudged = [
  ...['not', 'if', 'then', 'else', 'patternProperties', 'prefixItems', 'contains', 'dependentRequired', 'dependentSchemas'],
  ...['unevaluatedProperties', 'unevaluatedItems', 'readOnly', 'writeOnly', 'discriminator'],
];

/** Returns a schema as one object. It writes `true` and `false` out, and merges `allOf` if its parts do not contradict each other. */
function flat(schema: unknown, open: unknown[] = []): Json {
  if (schema === false) return { not: {} };
  if (!isObject(schema)) return {};
  if (!Array.isArray(schema.allOf) || open.includes(schema)) return schema;
  const { allOf, ...own } = schema;
  const merged: Json = {};
  for (const part of [...allOf.map((part) => flat(part, [...open, schema])), own])
    for (const [key, value] of Object.entries(part)) {
      if (key === 'properties') {
        const known = objectOf(merged.properties);
        const both = Object.entries(objectOf(value)).map(([name, one]) => [
          name,
          name in known && known[name] !== one ? { allOf: [known[name], one] } : one,
        ]);
        merged.properties = { ...known, ...Object.fromEntries(both) };
      } else if (key === 'required') merged.required = [...new Set([...listOf(merged.required), ...listOf(value)])];
      else if (key === 'additionalProperties' && merged[key] === false) continue;
      else if ((key === 'oneOf' || key === 'anyOf') && key in merged) merged.not = { unions: [merged[key], value] };
      else merged[key] = value;
    }
  return merged;
}

const within = (at: string, name: string) => {
  const [, before = '', last = ''] = /^(.* )?(\S*)$/.exec(at) ?? [];
  return /^(body|[a-z]+\/\S+|\d{3}|default|query|path|header|cookie)$/.test(last) || last === ''
    ? join(at, name)
    : `${before}${last}${name.startsWith('[') ? '' : '.'}${name}`;
};

function compareProperties(from: Json, to: Json, direction: Direction, at: string, open: Open): Found[] {
  const [old, now] = [objectOf(from.properties), objectOf(to.properties)];
  const [wasRequired, isRequired] = [new Set(listOf(from.required)), new Set(listOf(to.required))];
  const names = new Set([...Object.keys(old), ...Object.keys(now), ...wasRequired, ...isRequired] as string[]);
  const found: Found[] = [];
  const isRequest = direction === 'request';
  for (const name of names) {
    const place = within(at, name);
    const needed = isRequired.has(name);
    if (name in old && !(name in now))
      found.push(breaking(place, 'property is gone', isRequest ? 'callers that send it are refused' : 'readers that use it find nothing'));
    else if (!(name in old) && name in now) {
      if (isRequest && needed) found.push(breaking(place, 'required property is new', 'callers that do not send it are refused'));
      else found.push(additive(place, needed ? 'required property is new' : 'property is new'));
    } else {
      if (needed && !wasRequired.has(name)) found.push(narrowed(direction, place, 'is required now'));
      if (!needed && wasRequired.has(name)) found.push(widened(direction, place, 'is optional now'));
      if (name in old) found.push(...compareSchemas(old[name], now[name], direction, place, open));
    }
  }
  return found;
}

/** Compares the schemas of additional properties. */
function compareRest(from: Json, to: Json, direction: Direction, at: string, open: Open): Found[] {
  const [old, now] = [from.additionalProperties ?? true, to.additionalProperties ?? true];
  if (canonical(old) === canonical(now)) return [];
  if (old === false) return [additive(at, 'other members are allowed now')];
  if (now !== false) return compareSchemas(old, now, direction, within(at, '{*}'), open);
  const what = 'other members are not allowed any more';
  if (direction === 'response' && isObject(old)) return [breaking(at, what, 'readers that use them find nothing')];
  return [narrowed(direction, at, what)];
}

const compareUnjudged = (from: Json, to: Json, at: string, keywords: string[]): Found[] =>
  keywords
    .filter((keyword) => canonical(from[keyword] ?? null) !== canonical(to[keyword] ?? null))
    .map((keyword) => breaking(at, `${keyword} has changed`, 'what that means can not be told here; it may break anybody'));

/** Compares two schemas. In a request, a narrower schema breaks callers. In a response, a wider schema breaks them. */
export function compareSchemas(oldSchema: unknown, newSchema: unknown, direction: Direction, at: string, open: Open = []): Found[] {
  const isKnown = open.some(([from, to]) => from === oldSchema && to === newSchema);
  if (isKnown || open.length > depthMax) return [];
  const inner: Open = [...open, [oldSchema, newSchema]];
  const [from, to] = [flat(oldSchema), flat(newSchema)];
  const unions = unionsOf(from, to);
  const compare = (a: unknown, b: unknown) => compareSchemas(a, b, direction, at, inner);
  if (unions.arePure)
    return [
      ...compareDefaults(from, to, direction, at),
      ...compareUnions(unions.branches, compare, direction, at),
      ...compareUnjudged(from, to, at, ['discriminator']),
    ];

  const found = [
    ...compareTypes(from, to, direction, at),
    ...compareValues(from, to, direction, at),
    ...compareLimits(from, to, direction, at),
    ...compareForms(from, to, direction, at),
    ...compareDefaults(from, to, direction, at),
    ...compareProperties(from, to, direction, at, inner),
    ...compareRest(from, to, direction, at, inner),
  ];
  for (const [keyword, name] of [
    ['items', '[]'],
    ['propertyNames', '{name}'],
  ] as const)
    if (keyword in from || keyword in to) found.push(...compareSchemas(from[keyword], to[keyword], direction, within(at, name), inner));
  if (unions.branches.from || unions.branches.to) found.push(...compareUnions(unions.branches, compare, direction, at));
  return [...found, ...compareUnjudged(from, to, at, unjudged)];
}
