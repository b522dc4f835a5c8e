import { redacted } from './named-values.ts';

/** Secrets that this server creates: `pa_` tokens, `pas_` secrets of access keys, `pat_` access tokens, `par_` refresh tokens. */
const ownSecrets = /pa[str]?_[0-9A-Za-z]{36}/g;
/** Base64 texts joined by dots. Starts at the beginning of such a text only, so that its cost is linear. */
const dottedText = /(?<![\w.-])[\w-]+(?:\.[\w-]*){2,}/g;
const privateKey = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY[A-Z ]{0,20}-----[\s\S]*?(?:-----END [A-Z ]{0,60}-----|$)/g;
const userInfo = /:\/\/[^\s"'<>/?#@]*@(?:[^\s"'<>/?#@]*@)*/g;
const bearerValue = /\b(bearer|apikey|negotiate)([ \t+]+)(?!realm=)([\w.~+/=-]{6,})/gi;
const basicValue = /\b(basic)([ \t+]+)([A-Za-z0-9+/]{6,}={0,2})/gi;
/** The part of the input that the message of `JSON.parse` quotes. */
const quotedInput = /,? *(?:\.{3})?"[\s\S]*"(?:\.{3})? is not valid JSON/g;

const redactJwt = (text: string): string =>
  text.replace(dottedText, (found) => {
    const start = found.indexOf('eyJ');
    return start === -1 || found.slice(start).split('.').length < 3 ? found : found.slice(0, start) + redacted;
  });

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
  if (result.includes('is not valid JSON')) result = result.replace(quotedInput, ` in ${redacted}, which is not valid JSON`);
  return result;
}
