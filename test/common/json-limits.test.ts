import fc from 'fast-check';
import { expect, it } from 'vitest';
import { faultOfJson, jsonLimits } from '../../server/common/json-limits.ts';

const { levelsMax, entriesMax, nameLengthMax } = jsonLimits;
const faultOf = (text: string) => faultOfJson(Buffer.from(text));
const lists = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const zeros = (count: number) => Array(count).fill('0').join(',');
const loneSurrogate = 'Contains a lone surrogate, such as \\ud83d; surrogates must come in pairs';
const tooManyEntries = `Has more than ${entriesMax} members and items in all objects and lists`;

it('accepts the maximum of levels, members and items, and name length, and refuses one more', () => {
  expect([faultOf(lists(levelsMax)), faultOf(lists(levelsMax + 1))]).toEqual([undefined, 'Has more than 32 levels of objects and lists']);
  expect([faultOf(`[${zeros(entriesMax)}]`), faultOf(`[${zeros(entriesMax + 1)}]`)]).toEqual([undefined, tooManyEntries]);
  const name = (length: number) => `{"${'é'.repeat(length)}" : 0}`;
  const longName = `Has a name of more than ${nameLengthMax} characters`;
  expect([faultOf(name(nameLengthMax)), faultOf(name(nameLengthMax + 1))]).toEqual([undefined, longName]);
  expect(faultOf(`{"${'\\u00e9'.repeat(nameLengthMax)}": "${'x'.repeat(5000)}"}`)).toBe(undefined);
});

it('counts an empty list or object as one item of its list, and its missing content not at all', () => {
  const items = (count: number) => `[${Array(count).fill('[ ]').join(' , ')}]`;
  expect([faultOf(items(entriesMax)), faultOf(items(entriesMax + 1))]).toEqual([undefined, tooManyEntries]);
});

it('finds brackets, commas and quotes of strings to be text', () => {
  expect(faultOf(JSON.stringify({ text: `${lists(100)}${zeros(20_000)}"\\"{:` }))).toBe(undefined);
});

it.each([
  ['\\ud83d', loneSurrogate],
  ['\\uDE00', loneSurrogate],
  ['\\ud83d\\n', loneSurrogate],
  ['\\ud83d\\ud83d\\ude00', loneSurrogate],
  ['\\ud83d\\ude00\\ude00', loneSurrogate],
  ['\\ud83d\\ude00\\uD83D\\uDE00', undefined],
  ['\\\\ud83d', undefined],
  ['\\\\\\ud83d', loneSurrogate],
  ['\\ud7ff\\ue000', undefined],
])('checks the surrogates of %s', (text, fault) => {
  expect(faultOf(`{"a":["${text}"]}`)).toBe(fault);
});

it('counts the levels as the parsed value shows them, for random values and blanks', () => {
  const levelsOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(levelsOf)) : 0;
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat({ max: 36 }), fc.constantFrom(undefined, 1, '\t'), (inner, outerLevels, indent) => {
      let value: unknown = inner;
      for (let level = 0; level < outerLevels; level++) value = level % 2 === 0 ? [value] : { 'a"b\\': value };
      expect(faultOf(JSON.stringify(value, null, indent)) === undefined).toBe(levelsOf(value) <= levelsMax);
    }),
    { seed: 5, numRuns: 1000 },
  );
});

it('leaves broken JSON to the parser', () => {
  for (const text of ['', '"', '"\\', '"\\u', ']]]', '{"a', ',,,', '\\', '"\\ud8'])
    expect(faultOf(text) ?? loneSurrogate).toBe(loneSurrogate);
});
