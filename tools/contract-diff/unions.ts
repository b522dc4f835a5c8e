import { canonical, type Direction, type Found, isObject, type Json, objectOf } from './findings.ts';
import { narrowed, typesOf, widened } from './values.ts';

type Branches = { from: unknown[] | undefined; to: unknown[] | undefined };

const annotations = ['description', 'title', 'example', 'examples', 'default', 'discriminator', 'deprecated'];
const branchesOf = (schema: Json) => (schema.oneOf ?? schema.anyOf) as unknown[] | undefined;
const isPure = (schema: Json) =>
  branchesOf(schema) !== undefined &&
  Object.keys(schema).every((key) => key === 'oneOf' || key === 'anyOf' || annotations.includes(key)) &&
  !(schema.oneOf && schema.anyOf);

/** Splits a schema without branches into one branch for each of its types. */
function asBranches(schema: Json): unknown[] {
  const types = typesOf(schema);
  return types.length > 1 && !('enum' in schema) ? types.map((type) => ({ ...schema, type })) : [schema];
}

/** If one side has only branches, splits the other side too: `[string, "null"]` means the same as one of string and null. */
export function unionsOf(from: Json, to: Json): { arePure: boolean; branches: Branches } {
  const [old, now] = [branchesOf(from), branchesOf(to)];
  const arePure = (isPure(from) && (isPure(to) || !now)) || (isPure(to) && !old);
  return { arePure, branches: arePure ? { from: old ?? asBranches(from), to: now ?? asBranches(to) } : { from: old, to: now } };
}

/** Returns whether two branches can be versions of the same branch: they do not differ in type or in a const. */
function areAlike(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return false;
  const [types, others] = [typesOf(one), typesOf(other)];
  if (types.length > 0 && others.length > 0 && !types.some((type) => others.includes(type))) return false;
  if ('const' in one && 'const' in other) return canonical(one.const) === canonical(other.const);
  const properties = objectOf(other.properties);
  return Object.entries(objectOf(one.properties)).every(([name, property]) => {
    const [a, b] = [objectOf(property), objectOf(properties[name])];
    return !('const' in a && 'const' in b) || canonical(a.const) === canonical(b.const);
  });
}

export function compareUnions(
  { from, to }: Branches,
  compare: (from: unknown, to: unknown) => Found[],
  direction: Direction,
  at: string,
): Found[] {
  if (!from) return [narrowed(direction, at, 'must be one of several forms now')];
  if (!to) return [widened(direction, at, 'need not be one of several forms any more')];
  const left = [...to];
  const take = (index: number) => left.splice(index, 1)[0];
  const changed = from.filter((branch) => {
    const index = left.findIndex((other) => canonical(other) === canonical(branch));
    if (index >= 0) take(index);
    return index < 0;
  });
  const found: Found[] = [];
  for (const branch of changed) {
    const candidates = left.flatMap((other, index) => (areAlike(branch, other) ? [{ index, changes: compare(branch, other) }] : []));
    const weight = (changes: Found[]) => changes.filter(({ verdict }) => verdict === 'breaking').length * 1000 + changes.length;
    const best = candidates.sort((a, b) => weight(a.changes) - weight(b.changes))[0];
    if (best) {
      take(best.index);
      found.push(...best.changes);
    } else found.push(narrowed(direction, at, `form ${nameOf(branch)} is gone`));
  }
  return [...found, ...left.map((branch) => widened(direction, at, `form ${nameOf(branch)} is new`))];
}

function nameOf(branch: unknown): string {
  if (!isObject(branch)) return String(branch);
  if (typeof branch.title === 'string') return branch.title;
  if ('const' in branch) return JSON.stringify(branch.const);
  const names = Object.keys(objectOf(branch.properties));
  const type = typesOf(branch).join(' or ');
  return names.length > 0 ? `${type || 'object'} of ${names.slice(0, 3).join(', ')}` : type || 'any';
}
