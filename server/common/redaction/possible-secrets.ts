import { codeKinds, isSecretName, keyKinds } from './secret-names.ts';

const gap = '[^a-z]{0,3}';
/** Each name of a secret contains one of these. A name that contains one may still be harmless. */
const stems = [
  ...[
    'pass',
    'pw',
    'pswd',
    'kennwort',
    'pin',
    'otp',
    'cvv',
    'cvc',
    'csc',
    'ssn',
    'secret',
    'jwt',
    'hmac',
    'token',
    'auth',
    'cred',
    'cookie',
    'csrf',
    'xsrf',
  ],
  // Without the common words that begin so: assignment, design, signal.
  ...[
    'sig(?!nments?|ned|ns?[^a-z]|ning|nal|nific)',
    'bearer',
    `social${gap}security`,
    `(?<=credit${gap})card`,
    `(?<=card${gap})number`,
    `sess(?:ion)?${gap}id`,
  ],
  ...[`(?<=x${gap})hash`, `(?<=security${gap})answer`, `(?<=(?:${keyKinds})${gap})key`, `(?<=(?:${codeKinds})${gap})code`],
];
/** Texts that are secrets, or contain one, whatever their name is. */
const shapes = [
  ...['pa_[0-9a-z]{36}', 'pas_[0-9a-z]{36}', 'pat_[0-9a-z]{36}', 'par_[0-9a-z]{36}', 'eyJ[\\w-]{6}', 'begin [a-z ]{0,40}private'],
  ...[':\\/\\/[^\\s"/?#@]*@', 'bearer[ +]', 'basic[ +][0-9a-z+/]{6}', '(?<=is not valid )json'],
];

/** The stems and shapes that begin with the same three characters. */
interface Beginning {
  stem: RegExp | undefined;
  shape: RegExp | undefined;
}
const startOf = (source: string) =>
  source
    .replace(/^\(\?<=.*\)(?=[a-z]+$)/, '')
    .replaceAll('\\', '')
    .slice(0, 3);
/** A stem of two characters begins with every trigram that continues it. */
const thirdCharacters = Array.from({ length: 32 }, (_, index) => String.fromCharCode(96 + index));
const startsOf = (source: string) => {
  const start = startOf(source);
  return start.length === 3 ? [start] : thirdCharacters.map((third) => start + third);
};
const matcherOf = (sources: string[]) => (sources.length === 0 ? undefined : new RegExp(sources.join('|'), 'iy'));
/** Five bits of each of three characters: the same number for capitals and small letters. */
const trigramOf = (text: string) => [...text].reduce((hash, character) => ((hash << 5) | (character.charCodeAt(0) & 31)) & 0x7fff, 0);
const beginnings: Beginning[] = [];
/** The position in `beginnings`, from 1, for each trigram; 0 for none. */
const beginningAt = new Uint8Array(0x8000);
for (const start of new Set([...stems, ...shapes].flatMap(startsOf))) {
  const withStart = (sources: string[]) => sources.filter((source) => startsOf(source).includes(start));
  beginningAt[trigramOf(start)] = beginnings.push({ stem: matcherOf(withStart(stems)), shape: matcherOf(withStart(shapes)) });
}

const matchesAt = (pattern: RegExp, text: string, index: number): boolean => {
  pattern.lastIndex = index;
  return pattern.test(text);
};
const nameRest = /[\w$.[\]-]*/y;
const nameBefore = /(?<=([\w$.[\] -]{0,60}))/y;
/** Matches after a name: its closing quote, or a delimiter, perhaps after some more words. */
const afterName = /["'`\\>;]|[^"'\n:=\\]{0,60}(?:[:=]|\\*["']\s*[:=])/y;

/** Tells whether the stem from `start` is part of the name of a secret that ends at `end`. `hasValues`: a member may hold its value. */
function isNamed(text: string, start: number, end: number, hasValues: () => boolean): boolean {
  nameBefore.lastIndex = start;
  const before = nameBefore.exec(text)?.[1] ?? '';
  if (!isSecretName(before + text.slice(start, end))) return false;
  return matchesAt(afterName, text, end) || hasValues();
}

/** Returns the index, from `index`, of the third character of a beginning; -1 if there is none. */
function nextBeginning(text: string, index: number): number {
  let hash = 0;
  const { length } = text;
  for (let at = index; at < length; at++) {
    hash = ((hash << 5) | (text.charCodeAt(at) & 31)) & 0x7fff;
    if (beginningAt[hash] !== 0) return at;
  }
  return -1;
}

const placesMax = 5_000;

/** Characters in another form: percent-encoded, escaped, or letters of full width. */
const hasEncodedCharacters = (text: string): boolean =>
  (text.includes('%') && /%[0-9a-f]{2}/i.test(text)) || text.includes('\\u') || /[\uff21-\uff5a]/.test(text);

/**
 * Tells whether a text may contain a secret. If it returns false, nothing in the text has to be redacted.
 *
 * Nearly every body contains no secret, so this search has to be fast. One regular expression for so many alternatives would take ten times as long.
 */
export function mayContainSecret(text: string): boolean {
  if (hasEncodedCharacters(text)) return true;
  let values: boolean | undefined;
  const hasValues = () => (values ??= text.includes('alue"'));
  let places = 0;
  for (let at = nextBeginning(text, 0); at !== -1; ) {
    // A text with so many names is not an ordinary one. Looking at each of them would take longer than redacting it.
    if (++places > placesMax) return true;
    const start = at - 2;
    const code = ((text.charCodeAt(start) & 31) << 10) | ((text.charCodeAt(start + 1) & 31) << 5) | (text.charCodeAt(at) & 31);
    const { stem, shape } = beginnings[(beginningAt[code] as number) - 1] as Beginning;
    if (shape && matchesAt(shape, text, start)) return true;
    // The next beginning may overlap this one.
    let next = start + 1;
    if (stem && matchesAt(stem, text, start)) {
      const afterStem = stem.lastIndex;
      next = matchesAt(nameRest, text, afterStem) ? nameRest.lastIndex : afterStem;
      if (isNamed(text, start, next, hasValues)) return true;
    }
    at = nextBeginning(text, next);
  }
  return false;
}
