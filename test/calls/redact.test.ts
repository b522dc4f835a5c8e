import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redactJson, redactQuery, redactText } from '../../server/calls/redact.ts';

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

it('redacts a megabyte of small values in reasonable time', () => {
  const large = { token: 'x', zeros: Array(400_000).fill(0), objects: Array(50_000).fill({ a: 1 }) };
  expect(redactJson(JSON.stringify(large))).toBe(JSON.stringify({ ...large, token: '[redacted]' }));
});
