/** Words that make a name that of a secret, unless a word such as `length` or `policy` ends it. */
const strictWord =
  /^(?:pass|passwords?|passwort|kennwort|passwd|pw|pswd|passphrases?|passcodes?|passkeys?|pwds?|pins?|pincodes?|[th]?otps?|cvv|cvc|csc|ssns?|secrets?|jwts?|hmac)$/;
/** Parts of a word that was written without boundaries: `dbpassword`, `clientsecret`, `pinvalue`. */
const strictPart =
  /passw(?:or)?[dt]|kennwort|pswd|passphrase|passcode|secret(?!ar|ion)|pwd$|otp$|jwt$|(?<!^|com|by|over|under|tres|sur|im)pass$|^(?:pin|otp|ssn|cvv|jwt|pass)(?:code|value|hash|number|key|data)s?$/;
/** `codes` and `keys` of these kinds are secrets. */
export const codeKinds = 'security|verification|recovery|backup|access|login|reset|activation|confirmation|unlock|mfa|sms|one-time';
export const keyKinds =
  'api|private|access|signing|encryption|decryption|shared|master|session|ssh|rsa|pgp|gpg|aes|webhook|deploy|recovery|storage';
const strictPhrase = new RegExp(
  `(?:^|-)(?:(?:${codeKinds})-codes?|x-hash|session-id|social-security|security-answers?|card-number|credit-card)(?:-|$)`,
);
const harmlessAfterStrict =
  /^(?:length|count|policy|enabled|required|status|state|date|at|days|hours|minutes|seconds|ms|ttl|lifetime|expiry|expires|expiration)$/;

/** Words of names that are also used for what is public about a secret, such as its id or name: `tokenId`. */
const looseWord = /^(?:tokens?|o?auth|authori[sz]ation|authentication|creds?|credentials?|cookies?|csrf|xsrf|signatures?|sigs?|bearer)$/;
const loosePart =
  /credential|authori[sz]ation|(?:private|api|access|signing)keys?(?!ids?$|names?$)|token(?=s?$|value|hash|data)|(?<!^)auth$|^auth(?:key|code|value|data|header)$|cookies?$|sess(?:ion)?id$/;
const loosePhrase = new RegExp(`(?:^|-)(?:${keyKinds})-keys?(?:-|$)`);
const harmlessAfterLoose =
  /^(?:ids?|names?|type|kind|total|level|method|mode|provider|scheme|scopes?|url|uri|endpoint|limit|max|min|size|version|algorithm|alg|start|description|title|label|owner|prefix)$/;

/** `secretStart` of the contract: the first characters of a token, which are public. */
const publicName = 'secret-start';

const wordBoundary = /(?<=[A-Z])(?=[A-Z](?!s(?![a-z]))[a-z])|(?<=[a-z])(?=[A-Z])|[^A-Za-z]+/;

/** Returns the words of a name in any spelling, in small letters and without digits: `X-APIKey_2` has the words x, api and key. */
export const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKC')
    .split(wordBoundary)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());

function isSecret(name: string): boolean {
  const words = wordsOf(name);
  const joined = words.join('-');
  // The last one finds a word whose capitals are no boundaries: `ToKeN`.
  const tested = [...words, words.join('')];
  const last = words.at(-1) ?? '';
  if (joined === publicName) return false;
  if (words.some((word) => strictWord.test(word)) || tested.some((word) => strictPart.test(word)) || strictPhrase.test(joined))
    return !harmlessAfterStrict.test(last);
  if (words.some((word) => looseWord.test(word)) || tested.some((word) => loosePart.test(word)) || loosePhrase.test(joined))
    return !harmlessAfterStrict.test(last) && !harmlessAfterLoose.test(last);
  return false;
}

const nameLengthMax = 200;
const cachedNamesMax = 2_000;
/** Most names are those of the contract, so nearly every look-up finds its answer here. */
const cache = new Map<string, boolean>();

/** Tells whether a name, in any spelling, is that of a secret: `userPassword2`, `x-access-token`, `token_value`; but not `tokenId`. */
export function isSecretName(name: string): boolean {
  // The beginning and the end decide about a very long name, so that its cost is bounded.
  if (name.length > nameLengthMax) return isSecret(name.slice(0, nameLengthMax)) || isSecret(name.slice(-nameLengthMax));
  let found = cache.get(name);
  if (found === undefined) {
    found = isSecret(name);
    if (cache.size === cachedNamesMax) cache.clear();
    cache.set(name, found);
  }
  return found;
}

/** A larger number may be a secret itself, such as a PIN or a code of six digits. */
const countMax = 999;

/** Tells whether a number under a secret name is a count, as in `tokens: 4`. */
export const isCount = (name: string, value: number): boolean =>
  Number.isInteger(value) &&
  value >= 0 &&
  value <= countMax &&
  /^(?:tokens|keys|credentials|cookies|secrets|passwords|codes)$/.test(wordsOf(name).at(-1) ?? '');
