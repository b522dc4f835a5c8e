import type { FieldError } from '../../generated/types.gen.ts';
import { invalid } from './errors.ts';

/** Returns the text in lower case and without blanks. */
export const foldCaseAndBlanks = (text: string) => text.toLowerCase().replaceAll(/\s/g, '');

/**
 * Finds the name that each query filter means, without regard to case and blanks. Leaves out filters that were not sent.
 *
 * Throws a 400 that lists each filter with an unknown name, because an empty list would hide the mistake.
 */
export function parseNameFilters<Names extends Record<string, readonly string[]>>(
  sent: { [Field in keyof Names]?: string | undefined },
  names: Names,
): { [Field in keyof Names]?: Names[Field][number] } {
  const errors: FieldError[] = [];
  const parsed: { [Field in keyof Names]?: Names[Field][number] } = {};
  for (const field of Object.keys(names) as (keyof Names & string)[]) {
    const text = sent[field];
    if (text === undefined) continue;
    const name = names[field]?.find((candidate) => foldCaseAndBlanks(candidate) === foldCaseAndBlanks(text));
    if (name === undefined) errors.push({ field, message: `Must be one of ${names[field]?.join(', ')}` });
    else parsed[field] = name;
  }
  if (errors.length > 0) throw invalid(errors);
  return parsed;
}
