import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { fold, foldedStart, sortKeyOf } from '../../server/database/fold-name.ts';
import { givenTenant } from '../support/given.ts';
import { givenPeople } from '../support/given-directories.ts';
import { givenIdentity } from '../support/given-people.ts';
import { superlinearPairs } from '../support/linear-time.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

it.each([
  ['Chen', 'chen'],
  ['  Sarah   Ann ', 'sarah ann'],
  ['A\u00a0\u2003B\tC\nD\u0000E\u007fF\u0085G', 'a b c d e f g'],
  ['Ölsen', 'olsen'],
  ['O\u0308lsen', 'olsen'],
  ['ÅSE', 'ase'],
  ['Łukasz', 'łukasz'],
  ['Straße', 'straße'],
  ['İstanbul', 'istanbul'],
  ['ﬁﬂ Ⅻ ①', 'fifl xii 1'],
  ['Ａｂｃ', 'abc'],
  ['한국', '한국'.normalize('NFKD')],
  ['李明', '李明'],
  ['😀 Ö', '😀 o'],
  ["O'Brien-Ó", "o'brien-o"],
  ['%_\\"', '%_\\"'],
  ['', ''],
  [' \t ', ''],
  [null, ''],
])('folds %j to %j, and folding the result changes nothing', (text, folded) => {
  expect(fold(text)).toBe(folded);
  expect(fold(folded)).toBe(folded);
});

it('folds a text in linear time, also one of a single letter with very many marks', () => {
  expect(superlinearPairs(['a', ' ', '\u0315\u0316', '\u0344', '\ufdfa', '\t'], fold)).toEqual([]);
  expect(fold(`${'Ä\u0315\u0316'.repeat(2_000)} ${'각'.repeat(2_000)}`)).toBe(
    `${'a'.repeat(2_000)} ${'각'.normalize('NFKD').repeat(2_000)}`,
  );
});

it('folds every character to a text without control characters and double blanks, and folding the result changes nothing', () => {
  const wrong = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const folded = fold(`x ${String.fromCodePoint(code)} y`);
    if (fold(folded) !== folded || /\p{Cc}| {2}|^ | $/u.test(folded)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

it('stores the first 100 characters for an index, without cutting inside a character and without a blank at the end', () => {
  expect(foldedStart('x'.repeat(256))).toBe('x'.repeat(100));
  expect(foldedStart('😀'.repeat(128))).toBe('😀'.repeat(100));
  expect(foldedStart(`${'x'.repeat(99)} y`)).toBe('x'.repeat(99));
  expect(foldedStart('ﷺ'.repeat(256))).toBe([...fold('ﷺ'.repeat(6))].slice(0, 100).join('').trimEnd());
  const [longest, id] = ['\u{10fffd}'.repeat(128), randomUUID()];
  expect([...sortKeyOf(longest, longest, id)].length).toBeLessThanOrEqual(400);
});

it('a name sorts before longer names that begin with it, and two people with the same name have different keys', () => {
  const [firstId, secondId] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
  const names = ['', '!', '-', '0', 'a', 'a b', "a'b", 'a-b', 'ab', 'b', 'é', '李', '😀'];
  const keys = names.map((name) => sortKeyOf(name, 'Zoe', firstId));
  expect(keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))).toEqual(
    ['', '!', '-', '0', 'a', 'a b', "a'b", 'a-b', 'ab', 'b', 'é', '李', '😀'].map((name) => sortKeyOf(name, 'Zoe', firstId)),
  );
  expect(sortKeyOf('A', 'B', firstId) < sortKeyOf('a', 'b', secondId)).toBe(true);
  expect(sortKeyOf('A', 'B', firstId)).toBe(sortKeyOf('á', ' b', firstId.toUpperCase()));
  expect(sortKeyOf(null, null, firstId) < sortKeyOf(null, 'A', firstId)).toBe(true);
});

it('the database orders people by the bytes of their sort keys, for names of any characters', async () => {
  const tenant = await givenTenant(server);
  const random = seededRandom(20_260_220);
  const characters = [...' \t!\'"-.0aAbBéÉßæœøłžđ€\u00a0\u0300\u2028\uffff\ue000李😀\u{10ffff}\\%_~', 'ab', 'aa', '  '];
  const name = () => Array.from({ length: random(5) }, () => characters[random(characters.length)]).join('');
  const template = await givenIdentity(server, tenant);
  const rows = Array.from({ length: 2000 }, () => ({ ...template, id: randomUUID(), first_name: name(), last_name: name() }));
  await givenPeople(server, rows);
  const keys = [template, ...rows].map((row) => sortKeyOf(row.last_name, row.first_name, row.id));
  const people = await server.db('identities').where({ environment_id: tenant.environmentId }).orderBy('sort_key').select('sort_key');
  expect(people.map(({ sort_key }) => sort_key)).toEqual(keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
});
