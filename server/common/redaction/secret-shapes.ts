import { redacted } from './named-values.ts';

/** Secrets that this server creates: `pa_` tokens, `pas_` secrets of access keys, `pat_` access tokens, `par_` refresh tokens. */
const ownSecrets = /pa[str]?_[0-9A-Za-z]{36}/g;
/** Base64 texts joined by dots. Starts at the beginning of such a text only, so that its cost is linear. */
const dottedText = /(?<![\w.-])[\w-]+(?:\.[\w-]*){2,}/g;
const privateKey = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY[A-Z ]{0,20}-----[\s\S]*?(?:-----END [A-Z ]{0,60}-----|$)/g;
const userInfo = /:\/\/[^\s"'<>/?#@]*@(?:[^\s"'<>/?#@]*@)*/g;
const bearerValue = /\b(bearer|apikey|negotiate)([ \t+]+)(?!realm=)([\w.~+/=-]{6,})/gi;
const basicValue = /\b(basic)([ \t+]+)([A-Za-z0-9+/]{6,}={0,2})/gi;
/** The ends of the message of `JSON.parse` that quotes a part of its input. */
const inputEnds = ['" is not valid JSON', '"... is not valid JSON'];

const redactJwt = (text: string): string =>
  text.replace(dottedText, (found) => {
    const start = found.indexOf('eyJ');
    return start === -1 || found.slice(start).split('.').length < 3 ? found : found.slice(0, start) + redacted;
  });

/**
 * Redacts the input that the message of `JSON.parse` quotes, from the first quote to the last one before the end of the message.
 *
 * Searches from both ends of the text. A regular expression would read the rest of the text again for each quote.
 */
function redactQuotedInput(text: string): string {
  const quote = text.indexOf('"');
  const [last = -1, end = ''] = inputEnds
    .map((ending): [number, string] => [text.lastIndexOf(ending), ending])
    .reduce((left, right) => (right[0] > left[0] ? right : left));
  if (quote === -1 || last <= quote) return text;
  let start = text.endsWith('...', quote) ? quote - 3 : quote;
  while (text[start - 1] === ' ') start--;
  if (text[start - 1] === ',') start--;
  return `${text.slice(0, start)} in ${redacted}, which is not valid JSON${text.slice(last + end.length)}`;
}

const hidesUserAndPassword = (encoded: string) => Buffer.from(encoded, 'base64').includes(':');

/** Redacts everything that is a secret by its form, in any text: own secrets, JSON Web Tokens, private keys, credentials in URLs and headers. */
export function redactShapes(text: string): string {
  let result = text.replace(ownSecrets, redacted);
  if (result.includes('eyJ')) result = redactJwt(result);
  if (result.includes('-----BEGIN')) result = result.replace(privateKey, redacted);
  if (result.includes('://')) result = result.replace(userInfo, `://${redacted}@`);
  if (/bearer|apikey|negotiate/i.test(result)) result = result.replace(bearerValue, `$1$2${redacted}`);
  if (/basic/i.test(result))
    result = result.replace(basicValue, (all, scheme, space, value) =>
      hidesUserAndPassword(value) ? `${scheme}${space}${redacted}` : all,
    );
  return redactQuotedInput(result);
}
