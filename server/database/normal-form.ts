const charactersMax = 500;
const part = new RegExp(`[^]{1,${charactersMax}}`, 'gu');

/**
 * Returns a text in a normal form of Unicode, made part by part.
 *
 * A normal form sorts the marks of each letter, and takes quadratic time for a letter with very many. Only at the end of a part of 500 characters may
 * marks be in another order or apart from their letter.
 */
export const normalizeInParts = (text: string, form: 'NFKC' | 'NFKD'): string =>
  text.length <= charactersMax ? text.normalize(form) : text.replace(part, (found) => found.normalize(form));
