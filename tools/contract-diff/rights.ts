import { additive, breaking, canonical, type Difference, isObject, type Json } from './findings.ts';

/** Compares the permission that an operation needs. */
export function comparePermissions(from: unknown, to: unknown): Difference[] {
  if (canonical(from ?? null) === canonical(to ?? null)) return [];
  if (!to) return [additive('x-permission', 'no permission is needed any more')];
  return [breaking('x-permission', from ? 'a different permission is needed' : 'a permission is needed now', 'tokens without it get 403')];
}

/** The keywords of operations, parameters and schemas that say which further permissions and fields a caller needs. */
const keywords = ['x-order', 'x-fields', 'x-permissions', 'x-resource', 'x-needs'];

function needsOf(value: unknown): Set<string> {
  if (value === undefined) return new Set();
  const needs = Array.isArray(value) ? value : isObject(value) ? Object.entries(value) : [value];
  return new Set(needs.map((need) => canonical(need)));
}

/** Compares the keywords by which a place needs further permissions and fields. */
export const compareNeeds = (from: Json, to: Json, at: string): Difference[] =>
  keywords.flatMap((keyword) => {
    const [old, current] = [needsOf(from[keyword]), needsOf(to[keyword])];
    if ([...current].some((need) => !old.has(need)))
      return [breaking(at, `${keyword} needs more`, 'tokens with limited permissions get 403, or see fewer fields')];
    return [...old].some((need) => !current.has(need)) ? [additive(at, `${keyword} needs less`)] : [];
  });
