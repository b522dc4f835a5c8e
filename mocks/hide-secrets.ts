const hidden = '***';

/** Words that make a name secret, in any spelling: `userPassword1`, `api-key`, `X_HASH`. */
const secretWords =
  /pass(?!(?:age|enger|ive|port|ing)s?(?![a-z]))|pwd|secret|token|credential|authori[sz]ation|^auth(?!or)|auth$|cookie|jwt|signature|bearer|csrf|xsrf|^x?hash$|(?:api|access|private|secret|encryption|signing)key$|^(?:pin|otp|ssn|cvv|cvc)\d*$|pincode$/;
const harmlessNames = new Set(['accesskeys', 'accesskeyid', 'maxtokenlifetimedays', 'tokens', 'tokenid']);

export function isSecretName(name: string): boolean {
  const letters = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return !harmlessNames.has(letters) && secretWords.test(letters);
}

/** Texts with the form of a secret: those of Gatehouse, JSON Web Tokens, values after `Bearer` and `Basic`, and passwords in URLs. */
const secretForms: [pattern: RegExp, replacement: string][] = [
  [/\b(p(?:a|as|at|ar)_)[0-9A-Za-z]{6,}/g, `$1${hidden}`],
  [/\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g, hidden],
  [/\b(Bearer|Basic)(\s+|%20|\+)[^\s"',;&]+/gi, `$1$2${hidden}`],
  [/(\/\/[^/\s:@"]{0,200}:)[^/\s@"]{1,200}@/g, `$1${hidden}@`],
];
const hideForms = (text: string) => secretForms.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);

/** A member of JSON whose value is a text or a number, and a field of a form. The text may be cut off in a value. */
const jsonMember = /(\\*"([\w$.[\]-]{1,100})\\*"\s{0,10}:\s{0,10})("(?:[^"\\]|\\.)*(?:"|\\?$)|\\+"[^"]*(?:"|$)|-?\d[\d.eE+-]*)/g;
const formField = /((?:^|[&?;\s])([\w$.[\]%-]{1,100})=)([^&;\s"]+)/g;

/** Hides secrets in a text of any form, also in JSON that is cut off or is part of the text. */
export function hideInText(text: string): string {
  const hideNamed = (all: string, start: string, name: string) => (isSecretName(decodeName(name)) ? `${start}${hiddenLike(all)}` : all);
  return hideForms(text.replace(jsonMember, hideNamed).replace(formField, hideNamed));
}
const hiddenLike = (all: string) => (/:\s*\\*"/.test(all) ? JSON.stringify(hidden) : hidden);
function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const pairNames = ['name', 'key', 'field'];

/** Hides a value that has a secret name, at any depth, and the `value` of a pair such as `{"name": "password", "value": "…"}`. */
function hideMember(name: string, value: unknown): unknown {
  if (isSecretName(name) && value !== null && typeof value !== 'boolean') return hidden;
  if (typeof value === 'string') return hideInText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const pair = value as Record<string, unknown>;
  const isSecretPair = pairNames.some((pairName) => typeof pair[pairName] === 'string' && isSecretName(pair[pairName]));
  return isSecretPair && 'value' in pair ? { ...pair, value: hidden } : value;
}

/** Hides secrets in a body. Returns it unchanged if it has none, with its spaces and line ends. */
export function hideInBody(body: string): string {
  try {
    const parsed = JSON.parse(body);
    const text = JSON.stringify(parsed);
    const result = JSON.stringify(JSON.parse(body, hideMember));
    return result === text ? body : result;
  } catch {
    // It is no JSON, or too deep to be read in this way.
    return hideInText(body);
  }
}

export const hideInValues = <Value extends string | string[]>(values: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const hide = (text: string) => (isSecretName(name) ? hidden : hideInText(text));
      return [name, (Array.isArray(value) ? value.map(hide) : hide(value)) as Value];
    }),
  );
