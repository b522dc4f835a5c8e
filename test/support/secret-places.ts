import fc from 'fast-check';

/** Marks the secrets of these tests: no log may contain it. */
export const mark = 'MARK';

const secretWords = [
  ...[
    'password',
    'password hash',
    'password confirmation',
    'new password',
    'secret',
    'secret value',
    'client secret',
    'token',
    'token value',
  ],
  ...['access token', 'refresh token', 'api key', 'api key secret', 'private key', 'signing key', 'access key', 'encryption key', 'pass'],
  ...[
    'passphrase',
    'passcode',
    'passwd',
    'pwd',
    'pin',
    'pin code',
    'jwt',
    'auth',
    'authorization',
    'ssn',
    'otp',
    'credential',
    'cvv',
    'cookie',
  ],
  ...['pw', 'passwort', 'kennwort', 'pswd', 'sig', 'signature'],
  ...['session id', 'security code', 'x hash', 'social security number', 'card number', 'csrf token', 'auth key'],
].map((words) => words.split(' '));

const capitalize = (word: string) => word[0]?.toUpperCase() + word.slice(1);
const spellings: ((words: string[]) => string)[] = [
  (words) => words.join('_'),
  (words) => words.join('-'),
  (words) => words.join('.'),
  (words) => words.map((word, index) => (index === 0 ? word : capitalize(word))).join(''),
  (words) => words.map(capitalize).join(''),
  (words) => words.map(capitalize).join('-'),
  (words) => words.join('_').toUpperCase(),
  (words) => `user[${words.join('_')}]`,
];

/** A name of a secret in any spelling, perhaps with a word before it, a word after it and a number. */
export const secretName = fc
  .tuple(
    fc.constantFrom(...secretWords),
    fc.constantFrom(...spellings),
    fc.constantFrom([], ['my'], ['user'], ['db', 'main']),
    fc.constantFrom([], ['value'], ['text'], ['old']),
    fc.constantFrom('', '1', '2', '42'),
  )
  .map(([words, spell, before, after, digits]) => spell([...before, ...words, ...after]) + digits);

/** A text that nobody may read again. */
export const secretText = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019.,-+/!$~'), minLength: 0, maxLength: 20 })
  .map((text) => `${mark}x${text}${mark}`);

type Place = (name: string, secret: string) => unknown;
const json = JSON.stringify;
const encode = (text: string) => [...text].map((character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');

/** Texts that give a secret to a name. */
export const texts: Record<string, (name: string, secret: string) => string> = {
  query: (name, secret) => `https://example.com/x?a=1&${name}=${encodeURIComponent(secret)}&b=2`,
  semicolons: (name, secret) => `?a=1;${name}=${encodeURIComponent(secret)}`,
  'encoded name': (name, secret) => `a=1&${encode(name)}=${encodeURIComponent(secret)}`,
  'encoded query': (name, secret) => `next=${encodeURIComponent(`/x?${name}=${encodeURIComponent(secret)}`)}`,
  'wrongly encoded': (name, secret) => `a=%zz&next=${encodeURIComponent(`${name}=${encodeURIComponent(secret)}`)}`,
  header: (name, secret) => `Host: example.com\r\n${name}: Bearer ${secret}\r\nAccept: */*`,
  setting: (name, secret) => `export ${name}="${secret}"`,
  'setting without quotes': (name, secret) => `${name} = ${secret} # comment`,
  'single quotes': (name, secret) => `{'${name}': '${secret}', 'a': 1}`,
  'JSON in a text': (name, secret) => `received ${json({ a: 1, [name]: secret })}, ignored`,
  'escaped JSON': (name, secret) => `received ${json(json({ a: 1, [name]: secret }))}`,
  'broken JSON': (name, secret) => json({ a: 1, [name]: [secret] }).slice(0, -1),
  'nested JSON': (name, secret) => json({ a: json({ b: json([{ [name]: secret }]) }) }),
  XML: (name, secret) => `<a><${name.replace(/[[\]]/g, '.')} kind="x">${secret}</${name}></a>`,
};

/** Values of JSON that give a secret to a name. */
export const values: Record<string, Place> = {
  member: (name, secret) => ({ a: 1, deep: [{ [name]: secret }] }),
  list: (name, secret) => ({ [name]: [secret, { a: secret }] }),
  object: (name, secret) => ({ [name]: { a: { b: secret } } }),
  'name and value': (name, secret) => [{ name, value: secret }],
  'key and value': (name, secret) => ({ key: name, value: [secret] }),
  'field and values': (name, secret) => ({ field: name, oldValue: secret, newValue: { a: secret } }),
  'list of headers': (name, secret) => ({ headers: ['accept', '*/*', name, secret] }),
  'list of pairs': (name, secret) => ({
    headers: [
      ['accept', '*/*'],
      [name, secret],
    ],
  }),
  ...Object.fromEntries(Object.entries(texts).map(([place, textOf]) => [place, (name, secret) => ({ text: textOf(name, secret) })])),
};

/** Texts that hold a secret without a name. */
export const shapes: Record<string, (secret: string) => string> = {
  'user and password': (secret) => `connect to mysql://ann:${encodeURIComponent(secret)}@db.example.com/x`,
  'Basic authentication': (secret) => `sent Basic ${Buffer.from(`ann:${secret}`).toString('base64')}`,
  'private key': (secret) => `-----BEGIN RSA PRIVATE KEY-----\n${secret}\n${secret}\n-----END RSA PRIVATE KEY-----`,
  'private key, cut': (secret) => `a\n-----BEGIN PRIVATE KEY-----\n${secret}`,
};
