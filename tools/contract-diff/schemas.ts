import {
  additive,
  asArray,
  asObject,
  breaking,
  canonical,
  type Difference,
  type Direction,
  isObject,
  type Json,
  join,
} from './findings.ts';
import { compareNeeds } from './rights.ts';
import { compareUnions, unionsOf } from './unions.ts';
import { compareDefaults, compareLimits, comparePatternsAndFormats, compareTypes, compareValues, narrowed, widened } from './values.ts';

/** The pairs of schemas on the way to the current one. They stop the recursion for a schema that contains itself. */
export type ComparedPairs = readonly (readonly [unknown, unknown])[];

/** Limits the recursion, because `ComparedPairs` does not recognize a merged `allOf`, which is a new object each time. */
const depthMax = 24;

/** Keywords whose effect this tool does not judge. A change of one counts as breaking. */
const unsupportedKeywords = [
  ...['not', 'if', 'then', 'else', 'patternProperties', 'prefixItems', 'contains', 'dependentRequired', 'dependentSchemas'],
  ...['unevaluatedProperties', 'unevaluatedItems', 'readOnly', 'writeOnly', 'discriminator'],
];

/** Returns a schema as one object: replaces `true` and `false` by objects, and merges the parts of `allOf`. */
function flatten(schema: unknown, ancestors: unknown[] = []): Json {
  if (schema === false) return { not: {} };
  if (!isObject(schema)) return {};
  if (!Array.isArray(schema.allOf) || ancestors.includes(schema)) return schema;
  const { allOf, ...own } = schema;
  const merged: Json = {};
  for (const part of [...allOf.map((part) => flatten(part, [...ancestors, schema])), own])
    for (const [key, value] of Object.entries(part)) {
      if (key === 'properties') {
        const mergedProperties = asObject(merged.properties);
        const both = Object.entries(asObject(value)).map(([name, property]) => [
          name,
          name in mergedProperties && mergedProperties[name] !== property ? { allOf: [mergedProperties[name], property] } : property,
        ]);
        merged.properties = { ...mergedProperties, ...Object.fromEntries(both) };
      } else if (key === 'required') merged.required = [...new Set([...asArray(merged.required), ...asArray(value)])];
      else if (key === 'additionalProperties' && merged[key] === false) continue;
      else if ((key === 'oneOf' || key === 'anyOf') && key in merged) merged.not = { unions: [merged[key], value] };
      else merged[key] = value;
    }
  return merged;
}

/** Returns the location of a property, item or name inside a location. */
const locationOf = (at: string, name: string) => {
  const [, before = '', last = ''] = /^(.* )?(\S*)$/.exec(at) ?? [];
  return /^(body|[a-z]+\/\S+|\d{3}|default|query|path|header|cookie)$/.test(last) || last === ''
    ? join(at, name)
    : `${before}${last}${name.startsWith('[') ? '' : '.'}${name}`;
};

function compareProperties(from: Json, to: Json, direction: Direction, at: string, pairs: ComparedPairs): Difference[] {
  const [old, current] = [asObject(from.properties), asObject(to.properties)];
  const [wasRequired, isRequired] = [new Set(asArray(from.required)), new Set(asArray(to.required))];
  const names = new Set([...Object.keys(old), ...Object.keys(current), ...wasRequired, ...isRequired] as string[]);
  const differences: Difference[] = [];
  const isRequest = direction === 'request';
  for (const name of names) {
    const location = locationOf(at, name);
    const needed = isRequired.has(name);
    if (name in old && !(name in current))
      differences.push(
        breaking(location, 'property is gone', isRequest ? 'callers that send it are refused' : 'callers that read it find nothing'),
      );
    else if (!(name in old) && name in current) {
      if (isRequest && needed) differences.push(breaking(location, 'required property is new', 'callers that do not send it are refused'));
      else differences.push(additive(location, needed ? 'required property is new' : 'property is new'));
    } else {
      if (needed && !wasRequired.has(name)) differences.push(narrowed(direction, location, 'is required now'));
      if (!needed && wasRequired.has(name)) differences.push(widened(direction, location, 'is optional now'));
      if (name in old) differences.push(...compareSchemas(old[name], current[name], direction, location, pairs));
    }
  }
  return differences;
}

/** Compares the schemas of additional properties. */
function compareAdditionalProperties(from: Json, to: Json, direction: Direction, at: string, pairs: ComparedPairs): Difference[] {
  const [old, current] = [from.additionalProperties ?? true, to.additionalProperties ?? true];
  if (canonical(old) === canonical(current)) return [];
  if (old === false) return [additive(at, 'other properties are allowed now')];
  if (current !== false) return compareSchemas(old, current, direction, locationOf(at, '{*}'), pairs);
  const what = 'other properties are not allowed any more';
  if (direction === 'response' && isObject(old)) return [breaking(at, what, 'callers that read them find nothing')];
  return [narrowed(direction, at, what)];
}

const compareUnsupported = (from: Json, to: Json, at: string, keywords: string[]): Difference[] =>
  keywords
    .filter((keyword) => canonical(from[keyword] ?? null) !== canonical(to[keyword] ?? null))
    .map((keyword) => breaking(at, `${keyword} has changed`, 'this tool does not judge the keyword, so the change counts as breaking'));

/** Compares two schemas. In a request, a narrower schema breaks callers. In a response, a wider schema breaks them. */
export function compareSchemas(
  oldSchema: unknown,
  newSchema: unknown,
  direction: Direction,
  at: string,
  pairs: ComparedPairs = [],
): Difference[] {
  const isCompared = pairs.some(([from, to]) => from === oldSchema && to === newSchema);
  if (isCompared || pairs.length > depthMax) return [];
  const innerPairs: ComparedPairs = [...pairs, [oldSchema, newSchema]];
  const [from, to] = [flatten(oldSchema), flatten(newSchema)];
  const unions = unionsOf(from, to);
  const compare = (a: unknown, b: unknown) => compareSchemas(a, b, direction, at, innerPairs);
  if (unions.arePure)
    return [
      ...compareDefaults(from, to, direction, at),
      ...compareUnions(unions.branches, compare, direction, at),
      ...compareUnsupported(from, to, at, ['discriminator']),
    ];

  const differences = [
    ...compareTypes(from, to, direction, at),
    ...compareValues(from, to, direction, at),
    ...compareLimits(from, to, direction, at),
    ...comparePatternsAndFormats(from, to, direction, at),
    ...compareDefaults(from, to, direction, at),
    ...compareProperties(from, to, direction, at, innerPairs),
    ...compareAdditionalProperties(from, to, direction, at, innerPairs),
    ...compareNeeds(from, to, at),
  ];
  for (const [keyword, name] of [
    ['items', '[]'],
    ['propertyNames', '{name}'],
  ] as const)
    if (keyword in from || keyword in to)
      differences.push(...compareSchemas(from[keyword], to[keyword], direction, locationOf(at, name), innerPairs));
  if (unions.branches.from || unions.branches.to) differences.push(...compareUnions(unions.branches, compare, direction, at));
  return [...differences, ...compareUnsupported(from, to, at, unsupportedKeywords)];
}
