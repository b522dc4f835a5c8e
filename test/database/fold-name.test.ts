import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { fold, foldedStart, sortKeyOf } from '../../server/database/fold-name.ts';
import { givenPeople } from '../support/directories.ts';
import { givenTenant } from '../support/given.ts';
import { givenIdentity } from '../support/given-people.ts';
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
])('folds %j to %j, and that to itself', (text, folded) => {
  expect(fold(text)).toBe(folded);
  expect(fold(folded)).toBe(folded);
});

it('folds every character to something that it folds to itself, without a control character or two blanks', () => {
  const wrong = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const folded = fold(`x ${String.fromCodePoint(code)} y`);
    if (fold(folded) !== folded || /\p{Cc}| {2}|^ | $/u.test(folded)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

it('keeps the first 100 characters for an index, none of them halved and no blank at the end', () => {
  expect(foldedStart('x'.repeat(256))).toBe('x'.repeat(100));
  expect(foldedStart('😀'.repeat(128))).toBe('😀'.repeat(100));
  expect(foldedStart(`${'x'.repeat(99)} y`)).toBe('x'.repeat(99));
  expect(foldedStart('ﷺ'.repeat(256))).toBe([...fold('ﷺ'.repeat(6))].slice(0, 100).join('').trimEnd());
  const [longest, id] = ['\u{10fffd}'.repeat(128), randomUUID()];
  expect([...sortKeyOf(longest, longest, id)].length).toBeLessThanOrEqual(400);
});

it('a name stands before all that begin with it, and two people of one name are never alike', () => {
  const [one, other] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
  const names = ['', '!', '-', '0', 'a', 'a b', "a'b", 'a-b', 'ab', 'b', 'é', '李', '😀'];
  const keys = names.map((name) => sortKeyOf(name, 'Zoe', one));
  expect(keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))).toEqual(
    ['', '!', '-', '0', 'a', 'a b', "a'b", 'a-b', 'ab', 'b', 'é', '李', '😀'].map((name) => sortKeyOf(name, 'Zoe', one)),
  );
  expect(sortKeyOf('A', 'B', one) < sortKeyOf('a', 'b', other)).toBe(true);
  expect(sortKeyOf('A', 'B', one)).toBe(sortKeyOf('á', ' b', one.toUpperCase()));
  expect(sortKeyOf(null, null, one) < sortKeyOf(null, 'A', one)).toBe(true);
});

/** Numbers below `below` that are the same in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

it('the database orders people by these keys as their bytes do, whatever characters names are of', async () => {
  const tenant = await givenTenant(server);
  const random = seeded(20_260_220);
  const characters = [...' \t!\'"-.0aAbBéÉßæœøłžđ€\u00a0\u0300\u2028\uffff\ue000李😀\u{10ffff}\\%_~', 'ab', 'aa', '  '];
  const name = () => Array.from({ length: random(5) }, () => characters[random(characters.length)]).join('');
  const one = await givenIdentity(server, tenant);
  const rows = Array.from({ length: 2000 }, () => ({ ...one, id: randomUUID(), first_name: name(), last_name: name() }));
  await givenPeople(server, rows);
  const keys = [one, ...rows].map((row) => sortKeyOf(row.last_name, row.first_name, row.id));
  const found = await server.db('identities').where({ environment_id: tenant.environmentId }).orderBy('sort_key').select('sort_key');
  expect(found.map(({ sort_key }) => sort_key)).toEqual(keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
});
