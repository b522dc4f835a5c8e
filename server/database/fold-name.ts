import { normalizeInParts } from './normal-form.ts';

const foldedMax = 100;

/** Folds a text for search and order: lower case, no accents, and one blank for each run of white space and control characters. */
export const fold = (text: string | null): string =>
  normalizeInParts(text ?? '', 'NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** The first 100 characters of the folded text, which is the part that an index stores. */
export const foldedStart = (text: string | null): string => [...fold(text)].slice(0, foldedMax).join('').trimEnd();

/**
 * The sort key of a person: last name, first name, and the id, which makes it unique.
 *
 * Two blanks separate the names. A folded name never contains two blanks, and a blank sorts before every other character of a name, so
 * `Chen` sorts before `Chen Li`. The separator must not sort before a blank: MySQL adds blanks to the shorter text before it compares, and would give another order.
 */
export const sortKeyOf = (lastName: string | null, firstName: string | null, id: string): string =>
  `${foldedStart(lastName)}  ${foldedStart(firstName)}  ${id.toLowerCase()}`;
