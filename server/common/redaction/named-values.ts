import { isSecretName } from './secret-names.ts';

export const redacted = '[redacted]';

/** A name and the delimiter after it: `password=`, `"token": `, `Authorization: `, `\"pin\":`. */
const nameAndDelimiter = /(?<![\w$.[\]-])([\w$.[\]-]+)\\*["'`]?\s{0,5}(=>?|:)(?![/]{2})\s{0,5}/g;
const wordsBefore = /(?<=((?:[\w$.-]{1,40} ){0,2}))/y;
const plainValue = /(?:-?\d[\d.eE+-]*|true|false|null)(?=\s*[,}\]])/y;
const openingQuote = /\\*["'`]/y;
const schemes = '(?:(?:bearer|basic|digest|negotiate|token|apikey|hmac)(?:[ \\t+]|%20)+)?';
const valueAfterEquals = new RegExp(`${schemes}[^&;\\s"'<>\\\\]*`, 'iy');
const restOfLine = /[^\r\n]*/y;
const structure = /\s*[[{]/y;

const matchAt = (pattern: RegExp, text: string, index: number): string | undefined => {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0];
};

/** Returns where a quoted value ends that begins after its opening quote at `index`. An unclosed value ends with the text. */
function endOfQuoted(text: string, index: number, quote: string): number {
  for (let end = text.indexOf(quote, index); end !== -1; end = text.indexOf(quote, end + 1)) if (text[end - 1] !== '\\') return end;
  return text.length;
}

/** Returns the part of a text that holds the value of a secret name: its start and its end. */
function valueAt(text: string, index: number, delimiter: string): [start: number, end: number] {
  const quote = matchAt(openingQuote, text, index);
  if (quote !== undefined) return [index + quote.length, endOfQuoted(text, index + quote.length, quote)];
  // A list or an object has no end that can be found without parsing it, and its text was not valid JSON.
  if (matchAt(structure, text, index) !== undefined && text.slice(index, index + redacted.length) !== redacted) return [index, text.length];
  const plain = matchAt(plainValue, text, index);
  if (plain !== undefined) return [index, /^\D/.test(plain) && plain[0] !== '-' ? index : index + plain.length];
  return [index, index + (matchAt(delimiter === ':' ? restOfLine : valueAfterEquals, text, index) ?? '').length];
}

/** The last word of a name of several words, such as "api key" or "password hash". */
const lastOfSeveralWords = /^(?:keys?|codes?|number|hash|value|answer|card|confirmation)$/i;

function isSecretNameAt(text: string, index: number, name: string): boolean {
  if (isSecretName(name)) return true;
  if (!lastOfSeveralWords.test(name)) return false;
  wordsBefore.lastIndex = index;
  return isSecretName(`${wordsBefore.exec(text)?.[1] ?? ''}${name}`);
}

/** Redacts the values that a text gives to the names of secrets: in forms, queries, headers, settings and parts of JSON. */
export function redactNamedValues(text: string): string {
  let result = '';
  let kept = 0;
  nameAndDelimiter.lastIndex = 0;
  for (let match = nameAndDelimiter.exec(text); match !== null; match = nameAndDelimiter.exec(text)) {
    const [all, name = '', delimiter = ''] = match;
    if (!isSecretNameAt(text, match.index, name)) continue;
    const [start, end] = valueAt(text, match.index + all.length, delimiter);
    if (end > start) {
      result += text.slice(kept, start) + redacted;
      kept = end;
    }
    nameAndDelimiter.lastIndex = Math.max(end, nameAndDelimiter.lastIndex);
  }
  return kept === 0 ? text : result + text.slice(kept);
}

const element = /<([\w:.-]{1,100})(?:\s[^<>]{0,500})?>([^<]+)/g;

/** Redacts the content of XML elements with the names of secrets. */
export const redactElements = (text: string): string =>
  text.replace(element, (all, name: string, content: string) =>
    isSecretName(name) ? all.slice(0, all.length - content.length) + redacted : all,
  );
