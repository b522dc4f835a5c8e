const foldedMax = 100;

/** A name as it is searched and ordered: lower case, without accents, and single blanks for whatever is not seen. */
export const fold = (text: string | null): string =>
  (text ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** As an index keeps it. */
export const foldedStart = (text: string | null): string => [...fold(text)].slice(0, foldedMax).join('').trimEnd();

/**
 * The order of people: last name, first name, and an id so that no two are alike.
 *
 * Two blanks, which a folded name never holds, come before whatever else a name may go on with; so `Chen` stands before `Chen Li`. MySQL
 * compares as if the shorter text went on with blanks, which is why nothing below a blank may part the names.
 */
export const sortKeyOf = (lastName: string | null, firstName: string | null, id: string): string =>
  `${foldedStart(lastName)}  ${foldedStart(firstName)}  ${id.toLowerCase()}`;
