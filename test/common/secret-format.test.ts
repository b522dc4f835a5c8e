import { expect, it } from 'vitest';
import { hashSecret, isTokenSecret, newTokenSecret } from '../../server/common/secret-format.ts';

it('a new secret is pa_ and 36 letters and digits, has a valid checksum and is unique', () => {
  const secrets = Array.from({ length: 1000 }, newTokenSecret);
  for (const secret of secrets) {
    expect(secret).toMatch(/^pa_[0-9A-Za-z]{36}$/);
    expect(isTokenSecret(secret)).toBe(true);
  }
  expect(new Set(secrets).size).toBe(1000);
});

it('the checksum detects one wrong character at any position', () => {
  const secret = newTokenSecret();
  for (let index = 3; index < secret.length; index++) {
    const wrongCharacter = secret[index] === 'A' ? 'B' : 'A';
    expect(isTokenSecret(secret.slice(0, index) + wrongCharacter + secret.slice(index + 1))).toBe(false);
  }
});

it('refuses texts that cannot be secrets: too short, too long, with a blank, incomplete', () => {
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

it('hashes are SHA-256, so that a secret scanner can compare them', () => {
  expect(hashSecret('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
