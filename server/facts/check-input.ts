import { invalid } from '../common/errors.ts';
import { notAnIdMessage } from '../common/ids.ts';
import { isId } from '../database/key-or-id.ts';
import { searchMatchesMax } from '../database/search-phrases.ts';

const attributesBytesMax = 65_536;
const attributesLevelsMax = 20;

/**
 * Returns why attributes are invalid, if they are.
 *
 * Goes through the values level by level, because recursion would exhaust the stack on a body of a million brackets.
 */
function attributesErrorOf(attributes: object): string | undefined {
  let level: object[] = [attributes];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > attributesLevelsMax) return `Must have at most ${attributesLevelsMax} levels`;
    const values: unknown[] = level.flatMap((parent) => Object.values(parent));
    if (values.some((value) => typeof value === 'number' && !Number.isFinite(value))) return 'Must not hold a number beyond 1.7e308';
    level = values.filter((value) => typeof value === 'object' && value !== null);
  }
  const bytes = Buffer.byteLength(JSON.stringify(attributes));
  return bytes > attributesBytesMax ? `Must have at most ${attributesBytesMax} bytes of JSON` : undefined;
}

/** Throws a 400 for attributes with too many levels or bytes, or with a number that JSON cannot represent. */
export function checkAttributes(attributes: object | undefined): void {
  const message = attributes && attributesErrorOf(attributes);
  if (message) throw invalid({ field: 'attributes', message });
}

/** The forms of keys, as the contract defines them. */
const keyForms = {
  userId: { kind: 'user', resource: 'users', pattern: /^(?!\.{1,2}$)[A-Za-z0-9|@+\-._]+$/, words: 'letters, digits and | @ + - . _' },
  tenantId: { kind: 'tenant', resource: 'tenants', pattern: /^[A-Za-z0-9\-_]+$/, words: 'letters, digits, - and _' },
};

/**
 * Throws a 400 if the key of a new user or tenant looks like an id.
 *
 * For requests that may also name an existing row, whose key may look like an id. In other requests, the contract refuses such keys.
 */
export function checkNewKey(field: string, key: string): void {
  if (isId(key)) throw invalid({ field, message: notAnIdMessage });
}

/**
 * Checks the keys of a request that replaces a user or tenant, or creates it.
 *
 * `pathKey` is the key or id in the path, `bodyKey` the key in the body, `existingKey` the key of the row that was found.
 */
export function checkKeyInPath(
  parameter: 'userId' | 'tenantId',
  pathKey: string,
  bodyKey: string | undefined,
  existingKey: string | undefined,
): void {
  const expectedKey = existingKey ?? pathKey;
  const { kind, resource, pattern, words } = keyForms[parameter];
  // For an id in the path, the message reveals the key.
  const reveals = expectedKey === pathKey ? [] : [{ resource, fields: [] }];
  if (bodyKey !== undefined && bodyKey !== expectedKey)
    throw invalid({ field: 'key', message: `Must be ${expectedKey}, or left out`, reveals });
  if (existingKey !== undefined) return;
  if (!pattern.test(pathKey))
    throw invalid({ field: parameter, message: `Must contain only ${words}, because it becomes the key of a new ${kind}` });
  checkNewKey(parameter, pathKey);
}

/** Throws a 400 if a search found more than it returns. */
export function orTooManyMatches<Found>(found: Found | undefined): Found {
  if (found !== undefined) return found;
  throw invalid({ field: 'search', message: `Has more than ${searchMatchesMax} matches; search for a longer text` });
}
