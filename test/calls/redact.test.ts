import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redactJson, redactQuery, redactText } from '../../server/calls/redact.ts';

const secret = 'pa_ExampleOnlyExampleOnlyExampleO2R7iRV';
const redactValue = (value: unknown) => JSON.parse(redactJson(JSON.stringify(value)));

it('members whose names hold secrets are redacted, whatever their case', () => {
  const names = [
    ...['authorization', 'password', 'newPassword', 'PASSWORD', 'secret', 'api_key_secret', 'apiKey', 'access_token', 'refresh_token'],
    ...['x-hash', 'X-Access-Token', 'client_secret', 'private_key', 'privateKey', 'Set-Cookie', 'credentials', 'tokens', 'passwords'],
  ];
  for (const name of names)
    for (const value of ['abc', '', ['abc'], { deep: 'abc' }])
      expect([name, redactValue({ [name]: value })]).toEqual([name, { [name]: '[redacted]' }]);
});

it('what only sounds like a secret, or is none, stays', () => {
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

it('a text that needs nothing is the same text', () => {
  const text = '{ "left": "as it is" }';
  expect(redactJson(text)).toBe(text);
});

it('our secrets are redacted in values, in names and within texts', () => {
  for (const begin of ['pa_', 'pas_', 'pat_', 'par_']) {
    const ours = begin + secret.slice(3);
    expect(redactValue([{ a: `Bearer ${ours}, again ${ours}`, [ours]: 1 }])).toEqual([
      { a: 'Bearer [redacted], again [redacted]', '[redacted]': 1 },
    ]);
    expect(redactText(`/api/${ours}/x`)).toBe('/api/[redacted]/x');
  }
});

it('percent signs hide nothing', () => {
  const hidden = secret.replace('pa_', '%70a%5F');
  expect(redactText(`/api/${hidden}`)).toBe('/api/[redacted]');
  expect(redactQuery(`q=${hidden}&access%5Ftoken=abc&name=100%25&bad=%zz`)).toBe(
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

/** The slow way: every member looked at by itself. */
function leaks(of: unknown, isSecret = false): boolean {
  if (typeof of === 'string') return of.includes(secret) || (isSecret && of !== '[redacted]');
  if (typeof of === 'number') return isSecret;
  if (typeof of !== 'object' || of === null) return false;
  if (isSecret) return true;
  if (Array.isArray(of)) return of.some((one) => leaks(one));
  return Object.entries(of).some(([key, one]) => key.includes(secret) || leaks(one, /^(password|x-hash|access_token)$/i.test(key)));
}

it('no value of any shape leaks, and the text stays JSON of the same shape', () => {
  fc.assert(
    fc.property(value, (any) => {
      const redacted = redactValue(any);
      expect(leaks(redacted)).toBe(false);
      if (!leaks(any)) expect(JSON.stringify(redacted)).toBe(JSON.stringify(any));
    }),
    { numRuns: 500 },
  );
});

it('a megabyte of small values is read through once, whatever it is made of', () => {
  const many = { token: 'x', zeros: Array(400_000).fill(0), objects: Array(50_000).fill({ a: 1 }) };
  expect(redactJson(JSON.stringify(many))).toBe(JSON.stringify({ ...many, token: '[redacted]' }));
});
