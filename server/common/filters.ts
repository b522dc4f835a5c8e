import type { FieldError } from '../../generated/types.gen.ts';
import { invalid } from './errors.ts';

/** Without case and blanks. */
export const plain = (text: string) => text.toLowerCase().replaceAll(/\s/g, '');

/**
 * The names that filters of a query mean, whatever their case and blanks; undefined for those not given.
 *
 * Throws a 400 that names each one that means nothing: an empty list would hide the mistake.
 */
export function parseNameFilters<Names extends Record<string, readonly string[]>>(
  given: { [Field in keyof Names]?: string | undefined },
  names: Names,
): { [Field in keyof Names]?: Names[Field][number] } {
  const errors: FieldError[] = [];
  const meant: { [Field in keyof Names]?: Names[Field][number] } = {};
  for (const field of Object.keys(names) as (keyof Names & string)[]) {
    const text = given[field];
    if (text === undefined) continue;
    const name = names[field]?.find((one) => plain(one) === plain(text));
    if (name === undefined) errors.push({ field, message: `Must be one of ${names[field]?.join(', ')}` });
    else meant[field] = name;
  }
  if (errors.length > 0) throw invalid(...errors);
  return meant;
}
