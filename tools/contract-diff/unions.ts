import { asObject, canonical, type Difference, type Direction, isObject, type Json } from './findings.ts';
import { narrowed, typesOf, widened } from './values.ts';

type Branches = { from: unknown[] | undefined; to: unknown[] | undefined };

const annotations = ['description', 'title', 'example', 'examples', 'default', 'discriminator', 'deprecated'];
const branchesOf = (schema: Json) => (schema.oneOf ?? schema.anyOf) as unknown[] | undefined;
/** Returns whether a schema has only branches and annotations. */
const isPure = (schema: Json) =>
  branchesOf(schema) !== undefined &&
  Object.keys(schema).every((key) => key === 'oneOf' || key === 'anyOf' || annotations.includes(key)) &&
  !(schema.oneOf && schema.anyOf);

/** Splits a schema without branches into one branch for each of its types. */
function asBranches(schema: Json): unknown[] {
  const types = typesOf(schema);
  return types.length > 1 && !('enum' in schema) ? types.map((type) => ({ ...schema, type })) : [schema];
}

/**
 * Returns the branches of both schemas.
 *
 * If one schema has only branches, the other one is split by type, because the type `[string, "null"]` means the same as a union of both types.
 */
export function unionsOf(from: Json, to: Json): { arePure: boolean; branches: Branches } {
  const [old, current] = [branchesOf(from), branchesOf(to)];
  const arePure = (isPure(from) && (isPure(to) || !current)) || (isPure(to) && !old);
  return { arePure, branches: arePure ? { from: old ?? asBranches(from), to: current ?? asBranches(to) } : { from: old, to: current } };
}

/** Returns whether two branches can be versions of the same branch: they do not differ in type or in a const. */
function areVersions(from: unknown, to: unknown): boolean {
  if (!isObject(from) || !isObject(to)) return false;
  const [fromTypes, toTypes] = [typesOf(from), typesOf(to)];
  if (fromTypes.length > 0 && toTypes.length > 0 && !fromTypes.some((type) => toTypes.includes(type))) return false;
  if ('const' in from && 'const' in to) return canonical(from.const) === canonical(to.const);
  const toProperties = asObject(to.properties);
  return Object.entries(asObject(from.properties)).every(([name, fromProperty]) => {
    const [old, current] = [asObject(fromProperty), asObject(toProperties[name])];
    return !('const' in old && 'const' in current) || canonical(old.const) === canonical(current.const);
  });
}

/** Compares the branches of two unions. Pairs each changed branch with the remaining branch that differs least. */
export function compareUnions(
  { from, to }: Branches,
  compare: (from: unknown, to: unknown) => Difference[],
  direction: Direction,
  at: string,
): Difference[] {
  if (!from) return [narrowed(direction, at, 'must match one of several alternatives now')];
  if (!to) return [widened(direction, at, 'need not match one of several alternatives any more')];
  const unmatched = [...to];
  const remove = (index: number) => unmatched.splice(index, 1)[0];
  const changed = from.filter((branch) => {
    const index = unmatched.findIndex((other) => canonical(other) === canonical(branch));
    if (index >= 0) remove(index);
    return index < 0;
  });
  const differences: Difference[] = [];
  for (const branch of changed) {
    const candidates = unmatched.flatMap((other, index) =>
      areVersions(branch, other) ? [{ index, changes: compare(branch, other) }] : [],
    );
    const weight = (changes: Difference[]) => changes.filter(({ verdict }) => verdict === 'breaking').length * 1000 + changes.length;
    const best = candidates.sort((a, b) => weight(a.changes) - weight(b.changes))[0];
    if (best) {
      remove(best.index);
      differences.push(...best.changes);
    } else differences.push(narrowed(direction, at, `alternative ${nameOf(branch)} is gone`));
  }
  return [...differences, ...unmatched.map((branch) => widened(direction, at, `alternative ${nameOf(branch)} is new`))];
}

function nameOf(branch: unknown): string {
  if (!isObject(branch)) return String(branch);
  if (typeof branch.title === 'string') return branch.title;
  if ('const' in branch) return JSON.stringify(branch.const);
  const names = Object.keys(asObject(branch.properties));
  const type = typesOf(branch).join(' or ');
  return names.length > 0 ? `${type || 'object'} of ${names.slice(0, 3).join(', ')}` : type || 'any';
}
