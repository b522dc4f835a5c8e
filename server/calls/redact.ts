const redacted = '[redacted]';

/** The ends of member names whose values are secrets: `authorization`, `newPassword`, `api_key_secret`, `x-access-token`, `PrivateKey`, `x-hash`. */
const secretNames =
  '(?:authorization|password|passwd|passphrase|passcode|pwd|otp|secret|token|cookie|credential|(?:private|api|secret|access|signing)[-_. ]?key|x[-_. ]?hash)s?[-_. ]?';
const secretName = new RegExp(`${secretNames}$`, 'i');
/** Secrets that this server creates, anywhere in a text: `pa_` tokens, `pas_` secrets of access keys, `pat_` access tokens, `par_` refresh tokens. */
const ownSecrets = /pa[str]?_[0-9A-Za-z]{36}/g;
/**
 * Matches a JSON text, as `JSON.stringify` writes it, that may contain something to redact.
 *
 * Checks for a secret name only where a name ends, which makes the search fast.
 */
const possibleSecret = new RegExp(`":(?<=${secretNames}":)|pa[str]?_[0-9A-Za-z]{36}`, 'i');

const withoutOwnSecrets = (text: string): string => text.replace(ownSecrets, redacted);

function redactMember(name: string, value: unknown): unknown {
  if (value === null || typeof value === 'boolean') return value;
  // A number under a plural name, such as `tokens: 4`, is a count.
  if (typeof value === 'number' && /s$/i.test(name)) return value;
  return secretName.test(name) ? redacted : redactValue(value);
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return withoutOwnSecrets(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(redactValue);
  // The client chooses the names, so a name can also contain a secret.
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [withoutOwnSecrets(name), redactMember(name, member)]));
}

/** Redacts the secrets of a JSON text, which must be formatted as by `JSON.stringify`. */
export function redactJson(text: string): string {
  return possibleSecret.test(text) ? JSON.stringify(redactValue(JSON.parse(text))) : text;
}

/** Decodes percent encoding. Returns the text unchanged if the encoding is invalid. */
function decodePercents(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Redacts the secrets of a path, a file name or another text. A text with a percent-encoded secret is returned decoded and redacted. */
export function redactText(text: string): string {
  const plain = withoutOwnSecrets(text);
  if (!plain.includes('%')) return plain;
  const decodedText = decodePercents(plain);
  const redactedText = withoutOwnSecrets(decodedText);
  return redactedText === decodedText ? plain : redactedText;
}

/** Redacts the secrets of a query string, given without its question mark. */
export function redactQuery(query: string): string {
  if (query === '') return query;
  return query
    .split('&')
    .map((part) => {
      const end = part.indexOf('=');
      if (end === -1) return redactText(part);
      const name = part.slice(0, end);
      return `${redactText(name)}=${secretName.test(decodePercents(name)) ? redacted : redactText(part.slice(end + 1))}`;
    })
    .join('&');
}
