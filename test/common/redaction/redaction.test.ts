import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRedaction } from '../../../server/common/redaction/redaction.ts';

const { json: redactJson, query: redactQuery, text: redactText } = createRedaction();
const secret = 'pa_ExampleOnlyExampleOnlyExampleO2R7iRV';
const redactValue = (value: unknown) => JSON.parse(redactJson(JSON.stringify(value)));

it('redacts members with the name of a secret, in upper or lower case', () => {
  const names = [
    ...['authorization', 'password', 'newPassword', 'PASSWORD', 'secret', 'api_key_secret', 'apiKey', 'access_token', 'refresh_token'],
    ...['x-hash', 'X-Access-Token', 'client_secret', 'private_key', 'privateKey', 'Set-Cookie', 'credentials', 'tokens', 'passwords'],
  ];
  for (const name of names)
    for (const value of ['abc', '', ['abc'], { deep: 'abc' }])
      expect([name, redactValue({ [name]: value })]).toEqual([name, { [name]: '[redacted]' }]);
});

it('does not redact names that only resemble those of secrets, and values that are no secrets', () => {
  const value = {
    ...{
      secretStart: 'pa_Example',
      tokenId: '1',
      secret: null,
      isSecret: true,
      tokens: 4,
      key: 'k',
      hash: 'h',
      name: 'secret',
      api_key_id: '1',
    },
    secretary: 'Ann',
  };
  expect(redactValue(value)).toEqual(value);
});

it('keeps a small count under a secret name in the plural, and redacts a number that may be a code itself', () => {
  for (const name of ['passwords', 'secrets', 'tokens', 'recoveryCodes', 'apiKeys'])
    for (const [count, stored] of [
      [0, 0],
      [999, 999],
      [1000, '[redacted]'],
      [123456, '[redacted]'],
      [-1, '[redacted]'],
      [0.5, '[redacted]'],
    ])
      expect([name, redactValue({ [name]: count })]).toEqual([name, { [name]: stored }]);
  const others = { design: 1, assignments: 'a', signal: 'b', signed: 'c', pwn: 'd', codes: 123456 };
  expect(redactValue(others)).toEqual(others);
});

it('returns a text without secrets unchanged', () => {
  const text = '{ "left": "as it is" }';
  expect(redactJson(text)).toBe(text);
});

it('redacts secrets of this server in values, in names and inside texts', () => {
  for (const prefix of ['pa_', 'pas_', 'pat_', 'par_']) {
    const ownSecret = prefix + secret.slice(3);
    expect(redactValue([{ a: `Bearer ${ownSecret}, again ${ownSecret}`, [ownSecret]: 1 }])).toEqual([
      { a: 'Bearer [redacted], again [redacted]', '[redacted]': 1 },
    ]);
    expect(redactText(`/api/${ownSecret}/x`)).toBe('/api/[redacted]/x');
  }
});

it('redacts percent-encoded secrets', () => {
  const encodedSecret = secret.replace('pa_', '%70a%5F');
  expect(redactText(`/api/${encodedSecret}`)).toBe('/api/[redacted]');
  expect(redactQuery(`q=${encodedSecret}&access%5Ftoken=abc&name=100%25&bad=%zz`)).toBe(
    'q=[redacted]&access%5Ftoken=[redacted]&name=100%25&bad=%zz',
  );
});

const name = fc.oneof(fc.string(), fc.constantFrom('password', 'X-Hash', 'Access_Token', 'list', '__proto__', secret));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.string().map((text) => ({ leaf: text, marked: `${text}MARK` })),
    fc.constantFrom(secret, `x${secret}y`, null, 1, true),
    fc.array(tie('any')),
    fc.array(fc.tuple(name, tie('any'))).map((entries) => Object.fromEntries(entries)),
  ),
})).any;

/** Tells whether a value contains an unredacted secret. Checks every member separately, which is slow but simple. */
function leaks(content: unknown, isSecret = false): boolean {
  if (typeof content === 'string') return content.includes(secret) || (isSecret && content !== '[redacted]');
  if (typeof content === 'number') return isSecret;
  if (typeof content !== 'object' || content === null) return false;
  if (isSecret) return true;
  if (Array.isArray(content)) return content.some((item) => leaks(item));
  return Object.entries(content).some(
    ([key, member]) => key.includes(secret) || leaks(member, /^(password|x-hash|access_token)$/i.test(key)),
  );
}

it('leaks no secret from any value, and leaves values without secrets unchanged', () => {
  fc.assert(
    fc.property(value, (original) => {
      const redacted = redactValue(original);
      expect(leaks(redacted)).toBe(false);
      if (!leaks(original)) expect(JSON.stringify(redacted)).toBe(JSON.stringify(original));
    }),
    { numRuns: 500 },
  );
});

it('redacts a megabyte of small values, of which it keeps more than a log stores', () => {
  const large = { token: 'x', zeros: Array(400_000).fill(0), objects: Array(50_000).fill({ a: 1 }) };
  const redacted = redactJson(JSON.stringify(large));
  expect(redacted.length).toBeGreaterThan(70_000);
  expect(JSON.stringify({ ...large, token: '[redacted]' }).startsWith(redacted.slice(0, 70_000))).toBe(true);
});

it('replaces known secrets of any form, in any encoding', () => {
  const known = 'a/free&form="token"\\with-32-characters%41';
  const { json, query, text } = createRedaction({ texts: [known] });
  expect(json(JSON.stringify({ a: [`x ${known} y`], [known]: true }))).toBe('{"a":["x [redacted] y"],"[redacted]":true}');
  expect(text(`/api/${encodeURIComponent(known)}/x`)).toBe('/api/[redacted]/x');
  expect(query(`q=${known}&a=${encodeURIComponent(known)}`)).toBe('q=[redacted]&a=[redacted]');
});

it('redacts members that are hidden by their name, except the names of the custom fields in the settings', () => {
  const { json } = createRedaction().alsoHiding({ names: ['customField3'] });
  const value = { identity: { customField1: 'B-1', customField3: 'x' }, customFields: { customField3: 'Door PIN' } };
  expect(JSON.parse(json(JSON.stringify(value)))).toEqual({ ...value, identity: { customField1: 'B-1', customField3: '[redacted]' } });
});

it('leaves texts unchanged that only resemble secrets', () => {
  const harmless = [
    ...[
      'API Token - HRIS Integration',
      'Invalid or expired authentication token',
      'The token Nightly: 08:15',
      'https://example.com/a?b=c&tokenId=5',
    ],
    ...['Basic Accounting', 'see https://example.com/@ann', 'author: Ann', 'compass: north', '1.2.3', 'a.b.c', 'Passenger=5', 'pin board'],
  ];
  for (const text of harmless) {
    expect(redactText(text)).toBe(text);
    expect(redactJson(JSON.stringify({ text, list: [text, text] }))).toBe(JSON.stringify({ text, list: [text, text] }));
  }
});
