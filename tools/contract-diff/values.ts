import { additive, breaking, canonical, type Direction, type Found, type Json, listOf, shown } from './findings.ts';

const senders = 'callers that send it are refused';
const readers = 'readers meet what they did not before';

/** Reports that fewer values are allowed. This breaks callers that send the others. */
export function narrowed(direction: Direction, at: string, what: string): Found {
  return direction === 'request' ? breaking(at, what, senders) : additive(at, what);
}
export function widened(direction: Direction, at: string, what: string): Found {
  return direction === 'response' ? breaking(at, what, readers) : additive(at, what);
}

export function typesOf(schema: Json): string[] {
  if (schema.type !== undefined) return [schema.type].flat() as string[];
  const values = 'const' in schema ? [schema.const] : listOf(schema.enum);
  const typeOf = (value: unknown) =>
    value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  return [...new Set(values.map(typeOf))];
}

const has = (types: string[], type: string) =>
  types.length === 0 || types.includes(type) || (type === 'integer' && types.includes('number'));

export function compareTypes(from: Json, to: Json, direction: Direction, at: string): Found[] {
  const [old, now] = [typesOf(from), typesOf(to)];
  if (old.length === 0 && now.length === 0) return [];
  if (old.length === 0) return [narrowed(direction, at, `type is now ${now.join(' or ')}`)];
  if (now.length === 0) return [widened(direction, at, `type was ${old.join(' or ')}, is now any`)];
  const gone = old.filter((type) => !has(now, type));
  const added = now.filter((type) => !has(old, type));
  return [
    ...gone.map((type) => narrowed(direction, at, type === 'null' ? 'may not be null any more' : `type ${type} is gone`)),
    ...added.map((type) => widened(direction, at, type === 'null' ? 'may be null now' : `type may be ${type} now`)),
  ];
}

/** Compares enumerations. A response may get new values, because the contract tells clients to accept unknown values. */
export function compareValues(from: Json, to: Json, direction: Direction, at: string): Found[] {
  const [wasConst, isConst] = ['const' in from, 'const' in to];
  if (wasConst && isConst)
    return canonical(from.const) === canonical(to.const)
      ? []
      : [breaking(at, `const ${shown(from.const)} is now ${shown(to.const)}`, direction === 'request' ? senders : readers)];
  const valuesOf = (schema: Json) => ('const' in schema ? [schema.const] : schema.enum === undefined ? undefined : listOf(schema.enum));
  const [old, now] = [valuesOf(from), valuesOf(to)];
  if (!old && !now) return [];
  if (!old) return [narrowed(direction, at, `only ${shown(now)} is allowed now`)];
  if (!now) return [widened(direction, at, `is no longer one of ${shown(old)}`)];
  const without = (values: unknown[], others: unknown[]) => {
    const known = new Set(others.map((value) => canonical(value)));
    return values.filter((value) => !known.has(canonical(value)));
  };
  const gone = without(old, now).map((value) => narrowed(direction, at, `value ${shown(value)} is gone`));
  const added = without(now, old).map((value) =>
    wasConst ? widened(direction, at, `value ${shown(value)} is added to a const`) : additive(at, `value ${shown(value)} is added`),
  );
  return [...gone, ...added];
}

const lower = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains'];
const upper = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'];
const least = (keyword: string) => (/^min[A-Z]/.test(keyword) ? 0 : Number.NEGATIVE_INFINITY);

/** Returns a limit of a schema. A constant number is its own minimum and maximum. */
const limitOf = (schema: Json, keyword: string): number | undefined =>
  (schema[keyword] ?? (['minimum', 'maximum'].includes(keyword) && typeof schema.const === 'number' ? schema.const : undefined)) as
    | number
    | undefined;

export function compareLimits(from: Json, to: Json, direction: Direction, at: string): Found[] {
  const found: Found[] = [];
  for (const keyword of [...lower, ...upper]) {
    const none = lower.includes(keyword) ? least(keyword) : Number.POSITIVE_INFINITY;
    const [old, now] = [limitOf(from, keyword) ?? none, limitOf(to, keyword) ?? none];
    if (old === now) continue;
    const isNarrower = lower.includes(keyword) ? now > old : now < old;
    const what = `${keyword} ${from[keyword] ?? 'none'} is now ${to[keyword] ?? 'none'}`;
    found.push((isNarrower ? narrowed : widened)(direction, at, what));
  }
  return found;
}

/** Compares patterns and formats. A changed one counts as breaking, because the tool cannot tell whether it allows more or less. */
export function compareForms(from: Json, to: Json, direction: Direction, at: string): Found[] {
  const found: Found[] = [];
  for (const keyword of ['pattern', 'format', 'multipleOf', 'contentEncoding', 'contentMediaType']) {
    const [old, now] = [from[keyword], to[keyword]];
    if (old === now) continue;
    if (old === undefined) found.push(narrowed(direction, at, `${keyword} ${shown(now)} is added`));
    else if (now === undefined) found.push(widened(direction, at, `${keyword} ${shown(old)} is gone`));
    else found.push(breaking(at, `${keyword} ${shown(old)} is now ${shown(now)}`, direction === 'request' ? senders : readers));
  }
  if (Boolean(from.uniqueItems) !== Boolean(to.uniqueItems))
    found.push((to.uniqueItems ? narrowed : widened)(direction, at, `uniqueItems is now ${Boolean(to.uniqueItems)}`));
  return found;
}

export function compareDefaults(from: Json, to: Json, direction: Direction, at: string): Found[] {
  if (canonical(from.default) === canonical(to.default) || (!('default' in from) && !('default' in to))) return [];
  const what = `default ${shown(from.default)} is now ${shown(to.default)}`;
  if (direction === 'response' || !('default' in from)) return [additive(at, what)];
  return [breaking(at, what, 'callers that leave it out get something else')];
}
