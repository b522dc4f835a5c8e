import { expect, it } from 'vitest';
import { hashSecret, isTokenSecret, newTokenSecret } from '../../server/common/secret-format.ts';

it('a new secret is pa_ and 36 letters and digits, passes its own check, and is never the same twice', () => {
  const secrets = Array.from({ length: 1000 }, newTokenSecret);
  for (const secret of secrets) {
    expect(secret).toMatch(/^pa_[0-9A-Za-z]{36}$/);
    expect(isTokenSecret(secret)).toBe(true);
  }
  expect(new Set(secrets).size).toBe(1000);
});

it('one wrong character anywhere is noticed without asking anybody', () => {
  const secret = newTokenSecret();
  for (let place = 3; place < secret.length; place++) {
    const other = secret[place] === 'A' ? 'B' : 'A';
    expect(isTokenSecret(secret.slice(0, place) + other + secret.slice(place + 1))).toBe(false);
  }
});

it('what can not be a secret is refused: short, long, with blanks, half of one', () => {
  for (const text of [
    '',
    'pa_',
    'pa_token',
    newTokenSecret().slice(0, -1),
    `${newTokenSecret()}0`,
    'x'.repeat(31),
    'x'.repeat(201),
    `${'x'.repeat(40)} x`,
  ])
    expect([text, isTokenSecret(text)]).toEqual([text, false]);
});

it('hashes are SHA-256, which a scanner that finds a leaked secret can compare', () => {
  expect(hashSecret('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
