import { abbreviated, additive, asArray, breaking, canonical, type Difference, type Direction, type Json } from './findings.ts';

const breaksSenders = 'callers that send it are refused';
const breaksReaders = 'callers get values that they do not expect';

/** Reports that a schema allows fewer values. In a request, this breaks callers that send the other values. */
export function narrowed(direction: Direction, at: string, what: string): Difference {
  return direction === 'request' ? breaking(at, what, breaksSenders) : additive(at, what);
}
/** Reports that a schema allows more values. In a response, this breaks callers that do not expect them. */
export function widened(direction: Direction, at: string, what: string): Difference {
  return direction === 'response' ? breaking(at, what, breaksReaders) : additive(at, what);
}

export function typesOf(schema: Json): string[] {
  if (schema.type !== undefined) return [schema.type].flat() as string[];
  const values = 'const' in schema ? [schema.const] : asArray(schema.enum);
  const typeOf = (value: unknown) =>
    value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  return [...new Set(values.map(typeOf))];
}

const allowsType = (types: string[], type: string) =>
  types.length === 0 || types.includes(type) || (type === 'integer' && types.includes('number'));

export function compareTypes(from: Json, to: Json, direction: Direction, at: string): Difference[] {
  const [old, current] = [typesOf(from), typesOf(to)];
  if (old.length === 0 && current.length === 0) return [];
  if (old.length === 0) return [narrowed(direction, at, `type is now ${current.join(' or ')}`)];
  if (current.length === 0) return [widened(direction, at, `type was ${old.join(' or ')}, is now any`)];
  const gone = old.filter((type) => !allowsType(current, type));
  const added = current.filter((type) => !allowsType(old, type));
  return [
    ...gone.map((type) => narrowed(direction, at, type === 'null' ? 'may not be null any more' : `type ${type} is gone`)),
    ...added.map((type) => widened(direction, at, type === 'null' ? 'may be null now' : `type may be ${type} now`)),
  ];
}

/** Compares enumerations. A response may get new values, because the contract tells clients to accept unknown values. */
export function compareValues(from: Json, to: Json, direction: Direction, at: string): Difference[] {
  const [wasConst, isConst] = ['const' in from, 'const' in to];
  if (wasConst && isConst)
    return canonical(from.const) === canonical(to.const)
      ? []
      : [
          breaking(
            at,
            `const ${abbreviated(from.const)} is now ${abbreviated(to.const)}`,
            direction === 'request' ? breaksSenders : breaksReaders,
          ),
        ];
  const valuesOf = (schema: Json) => ('const' in schema ? [schema.const] : schema.enum === undefined ? undefined : asArray(schema.enum));
  const [old, current] = [valuesOf(from), valuesOf(to)];
  if (!old && !current) return [];
  if (!old) return [narrowed(direction, at, `only ${abbreviated(current)} is allowed now`)];
  if (!current) return [widened(direction, at, `is no longer one of ${abbreviated(old)}`)];
  const without = (values: unknown[], excluded: unknown[]) => {
    const excludedTexts = new Set(excluded.map((value) => canonical(value)));
    return values.filter((value) => !excludedTexts.has(canonical(value)));
  };
  const gone = without(old, current).map((value) => narrowed(direction, at, `value ${abbreviated(value)} is gone`));
  const added = without(current, old).map((value) =>
    wasConst
      ? widened(direction, at, `value ${abbreviated(value)} is added to a const`)
      : additive(at, `value ${abbreviated(value)} is added`),
  );
  return [...gone, ...added];
}

const minimumKeywords = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains'];
const maximumKeywords = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'];
const implicitMinimum = (keyword: string) => (/^min[A-Z]/.test(keyword) ? 0 : Number.NEGATIVE_INFINITY);

/** Returns a limit of a schema. A constant number is its own minimum and maximum. */
const limitOf = (schema: Json, keyword: string): number | undefined =>
  (schema[keyword] ?? (['minimum', 'maximum'].includes(keyword) && typeof schema.const === 'number' ? schema.const : undefined)) as
    | number
    | undefined;

export function compareLimits(from: Json, to: Json, direction: Direction, at: string): Difference[] {
  const differences: Difference[] = [];
  for (const keyword of [...minimumKeywords, ...maximumKeywords]) {
    const none = minimumKeywords.includes(keyword) ? implicitMinimum(keyword) : Number.POSITIVE_INFINITY;
    const [old, current] = [limitOf(from, keyword) ?? none, limitOf(to, keyword) ?? none];
    if (old === current) continue;
    const isNarrower = minimumKeywords.includes(keyword) ? current > old : current < old;
    const what = `${keyword} ${from[keyword] ?? 'none'} is now ${to[keyword] ?? 'none'}`;
    differences.push((isNarrower ? narrowed : widened)(direction, at, what));
  }
  return differences;
}

/** Compares patterns and formats. A changed one counts as breaking, because the tool cannot tell whether it allows more or less. */
export function comparePatternsAndFormats(from: Json, to: Json, direction: Direction, at: string): Difference[] {
  const differences: Difference[] = [];
  for (const keyword of ['pattern', 'format', 'multipleOf', 'contentEncoding', 'contentMediaType']) {
    const [old, current] = [from[keyword], to[keyword]];
    if (old === current) continue;
    if (old === undefined) differences.push(narrowed(direction, at, `${keyword} ${abbreviated(current)} is added`));
    else if (current === undefined) differences.push(widened(direction, at, `${keyword} ${abbreviated(old)} is gone`));
    else
      differences.push(
        breaking(
          at,
          `${keyword} ${abbreviated(old)} is now ${abbreviated(current)}`,
          direction === 'request' ? breaksSenders : breaksReaders,
        ),
      );
  }
  if (Boolean(from.uniqueItems) !== Boolean(to.uniqueItems))
    differences.push((to.uniqueItems ? narrowed : widened)(direction, at, `uniqueItems is now ${Boolean(to.uniqueItems)}`));
  return differences;
}

/** Compares defaults. A changed default of a request breaks callers that leave the value out. */
export function compareDefaults(from: Json, to: Json, direction: Direction, at: string): Difference[] {
  if (canonical(from.default) === canonical(to.default) || (!('default' in from) && !('default' in to))) return [];
  const what = `default ${abbreviated(from.default)} is now ${abbreviated(to.default)}`;
  if (direction === 'response' || !('default' in from)) return [additive(at, what)];
  return [breaking(at, what, 'callers that leave it out get another behaviour')];
}
