import { expect, it } from 'vitest';
import { phrasesOf, searchedPhrase } from '../../server/database/search-phrases.ts';
import { seededRandom } from '../support/seeded-random.ts';

it.each([
  ['ann.lee@example.com', 'ann lee example com'],
  ['Łukasz  Ünal-Óg', 'łukasz unal og'],
  ['a_b a-b', 'a b a b'],
  ['李小龙 123', '李小龙 123'],
  ['%_!\\ \0', ''],
  ['\ud800x\u0301', 'x'],
  ['x'.repeat(300), 'x'.repeat(200)],
  [`${'x'.repeat(199)} y`, 'x'.repeat(199)],
  ['𐐨'.repeat(300), '𐐨'.repeat(200)],
])('searches for %s by its letters and digits', (search, phrase) => {
  expect(searchedPhrase(search)).toBe(phrase);
});

it('a row has its texts from each of the first 16 words on, without those that begin another one', () => {
  expect(phrasesOf(['jdoe', 'j.doe@example.com', 'Jane Doe', 'Doe Jane'])).toEqual([
    ...['com', 'doe example com', 'doe jane', 'example com', 'j doe example com', 'jane doe', 'jdoe'],
  ]);
  expect(phrasesOf(['', '%', ' '])).toEqual([]);
  expect(phrasesOf(['a', 'A', 'á b'])).toEqual(['a b', 'b']);
  const words = Array.from({ length: 100 }, (_, index) => `w${String.fromCharCode(97 + (index % 26))}${index}`);
  const phrases = phrasesOf([words.join(' ')]);
  expect(phrases).toHaveLength(16);
  expect(Math.max(...phrases.map(({ length }) => length))).toBeLessThanOrEqual(200);
});

it('leaving out phrases changes no search', () => {
  const random = seededRandom(8);
  const parts = ['a', 'ab', 'abc', 'b', 'é', '1', '10', '李', '-', '.', ' '];
  const text = (count: number) => Array.from({ length: 1 + random(count) }, () => parts[random(parts.length)]).join('');
  for (let count = 0; count < 2_000; count++) {
    const [first, last, search] = [text(8), text(8), searchedPhrase(text(4))];
    const words = (value: string) => searchedPhrase(value).split(' ');
    const all = [first, last].flatMap((value) => words(value).map((_word, index) => words(value).slice(index).join(' ')));
    const isFound = (phrases: string[]) => phrases.some((phrase) => phrase.startsWith(search));
    expect(isFound(phrasesOf([first, last])), `${search} in ${first}, ${last}`).toBe(isFound(all));
  }
});
