const redacted = '[redacted]';

/** Names of members that hold secrets, by their end: `authorization`, `newPassword`, `api_key_secret`, `x-access-token`, `PrivateKey`, `x-hash`. */
const names =
  '(?:authorization|password|passwd|passphrase|passcode|pwd|otp|secret|token|cookie|credential|(?:private|api|secret|access|signing)[-_. ]?key|x[-_. ]?hash)s?[-_. ]?';
const isSecretName = new RegExp(`${names}$`, 'i');
/** `pa_` tokens, `pas_` secrets of access keys, `pat_` access tokens and `par_` refresh tokens, anywhere in a text. */
const ours = /pa[str]?_[0-9A-Za-z]{36}/g;
/** Whether a JSON text as `JSON.stringify` writes it can hold anything to redact: the end of a name is looked for only where a name ends. */
const hasSecret = new RegExp(`":(?<=${names}":)|pa[str]?_[0-9A-Za-z]{36}`, 'i');

const withoutOurs = (text: string): string => text.replace(ours, redacted);

function redactMember(name: string, value: unknown): unknown {
  if (value === null || typeof value === 'boolean') return value;
  // Four tokens are a count.
  if (typeof value === 'number' && /s$/i.test(name)) return value;
  return isSecretName.test(name) ? redacted : redactValue(value);
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return withoutOurs(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(redactValue);
  // Names are anybody's, too: a secret may stand where one belongs.
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [withoutOurs(name), redactMember(name, member)]));
}

/** A JSON text, as `JSON.stringify` writes it, without secrets. */
export function redactJson(text: string): string {
  return hasSecret.test(text) ? JSON.stringify(redactValue(JSON.parse(text))) : text;
}

/** What text means when `%70` is read as `p`; the text itself where that can't be done. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A path, a file's name or the like. What hides a secret behind percent signs is shown without these. */
export function redactText(text: string): string {
  const plain = withoutOurs(text);
  if (!plain.includes('%')) return plain;
  const meant = decoded(plain);
  const shown = withoutOurs(meant);
  return shown === meant ? plain : shown;
}

/** A query as it was sent, without its question mark. */
export function redactQuery(query: string): string {
  if (query === '') return query;
  return query
    .split('&')
    .map((part) => {
      const end = part.indexOf('=');
      if (end === -1) return redactText(part);
      const name = part.slice(0, end);
      return `${redactText(name)}=${isSecretName.test(decoded(name)) ? redacted : redactText(part.slice(end + 1))}`;
    })
    .join('&');
}
