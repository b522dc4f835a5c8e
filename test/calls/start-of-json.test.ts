import { expect, it } from 'vitest';
import { startOfJson } from '../../server/calls/start-of-json.ts';

const values = [
  { data: [{ id: 1, name: 'Zoë "the" \\ 😀\u0000\n', tags: [], more: {} }, [true, null, -1.5e10], 'x'], total_count: 2 },
  ['a', { b: ['c', { 'd":[{': '}],"' }] }, [[[]]]],
  'a text',
  {},
];

/** Tells whether a value is a beginning of another: each list and object has its first members, and only the last of these may be cut. */
function isBeginning(part: unknown, whole: unknown): boolean {
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part.replace(/[\ud800-\udbff]$/, ''));
  if (typeof part !== 'object' || part === null) return part === whole;
  if (typeof whole !== 'object' || whole === null || Array.isArray(part) !== Array.isArray(whole)) return false;
  const members = Object.entries(whole);
  return Object.entries(part).every(([name, value], index, { length }) => {
    const [wholeName, wholeValue] = members[index] ?? [];
    const isSame = JSON.stringify(value) === JSON.stringify(wholeValue);
    return name === wholeName && (isSame || (index === length - 1 && isBeginning(value, wholeValue)));
  });
}

it.each(values.map((value) => [JSON.stringify(value), value]))('%s: is JSON and a beginning at each length', (_text, value) => {
  for (const json of [JSON.stringify(value), JSON.stringify(value, null, 2)])
    for (let max = 1; max <= json.length + 1; max++) {
      const start = startOfJson(json, max);
      expect([max, isBeginning(JSON.parse(start), value)]).toEqual([max, true]);
      expect(start.length).toBeLessThanOrEqual(max + 10);
    }
});

it('keeps nearly as many characters as it may', () => {
  const users = Array.from({ length: 100 }, (_, index) => ({ key: `u${index}`, attributes: { text: 'x'.repeat(60) }, roles: ['admin'] }));
  const json = JSON.stringify({ data: users });
  for (const max of [1_000, 1_001, 1_050, 5_000]) {
    expect(startOfJson(json, max).length).toBeGreaterThan(max - 40);
    expect(startOfJson(JSON.stringify('x'.repeat(10_000)), max)).toBe(JSON.stringify('x'.repeat(max - 2)));
  }
});
