/** Limits of a JSON body, besides its size. The contract states them. */
export const jsonLimits = {
  levelsMax: 32,
  /** Members of all objects and items of all lists together. */
  entriesMax: 10_000,
  nameLengthMax: 200,
};
const { levelsMax, entriesMax, nameLengthMax } = jsonLimits;

const codeOf = (character: string) => character.charCodeAt(0);
const [quote, backslash, comma, colon, blank] = [codeOf('"'), codeOf('\\'), codeOf(','), codeOf(':'), codeOf(' ')];
const [objectStart, objectEnd, listStart, listEnd] = [codeOf('{'), codeOf('}'), codeOf('['), codeOf(']')];
const [letterU, letterB, letterC, letterD, letterF, digit8] = [...'ubcdf8'].map(codeOf) as [number, number, number, number, number, number];

const isStart = (byte: number) => byte === objectStart || byte === listStart;
const isEnd = (byte: number) => byte === objectEnd || byte === listEnd;

/** Returns the second hexadecimal digit, in lower case, of an escaped surrogate: `8` to `b` for a high one, `c` to `f` for a low one. Otherwise 0. */
function surrogateDigit(bytes: Buffer, index: number): number {
  if (bytes[index] !== backslash || bytes[index + 1] !== letterU || ((bytes[index + 2] as number) | 0x20) !== letterD) return 0;
  const digit = (bytes[index + 3] as number) | 0x20;
  return digit >= digit8 && digit <= letterF ? digit : 0;
}

/** Returns the index of the quote that ends a string. Returns -1 for one with half of a surrogate pair: databases would store another character. */
function endOfString(bytes: Buffer, start: number): number {
  let index = start;
  for (let byte = bytes[index]; byte !== quote && index < bytes.length; byte = bytes[index]) {
    if (byte !== backslash) {
      index++;
      continue;
    }
    const digit = surrogateDigit(bytes, index);
    if (digit === 0) index += 2;
    else if (digit <= letterB && surrogateDigit(bytes, index + 6) >= letterC) index += 12;
    else return -1;
  }
  return index;
}

/** Returns whether a string in the bytes has more characters than a name may have. A malformed string is left to the parser. */
function isLongName(bytes: Buffer, start: number, end: number): boolean {
  if (end - start <= nameLengthMax) return false;
  try {
    return JSON.parse(bytes.toString('utf8', start - 1, end + 1)).length > nameLengthMax;
  } catch {
    return false;
  }
}

/**
 * Returns why a JSON text is refused although it may be well-formed, or undefined.
 *
 * Runs before anything parses the text: a million brackets exhaust the stack of recursive code, and an object of a hundred thousand names is slow to
 * build and to validate. Within these limits, the cost of everything that follows is proportional to the size.
 */
export function faultOfJson(bytes: Buffer): string | undefined {
  let [levels, entries, previous] = [0, 0, 0];
  let [stringStart, stringEnd] = [0, 0];
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    if (byte <= blank) continue;
    // An empty object or list has no entry.
    if (byte === comma || (isStart(previous) && !isEnd(byte))) entries++;
    if (byte === quote) {
      stringStart = index + 1;
      stringEnd = endOfString(bytes, stringStart);
      if (stringEnd === -1) return 'Contains a lone surrogate, such as \\ud83d; surrogates must come in pairs';
      index = stringEnd;
    } else if (byte === colon) {
      if (previous === quote && isLongName(bytes, stringStart, stringEnd)) return `Has a name of more than ${nameLengthMax} characters`;
    } else if (isStart(byte)) levels++;
    else if (isEnd(byte)) levels--;
    if (levels > levelsMax) return `Has more than ${levelsMax} levels of objects and lists`;
    if (entries > entriesMax) return `Has more than ${entriesMax} members and items in all objects and lists`;
    previous = byte;
  }
  return undefined;
}
