/** Returns an integer from 0 to below `below`. */
export type Random = (below: number) => number;

export const pick = <Item>(random: Random, items: readonly Item[]): Item => items[random(items.length)] as Item;

const characters = [
  '\u0000',
  '\r\n',
  '\u001b[2J',
  '\u2028',
  '\ufeff',
  '%',
  '%00',
  '%ff',
  '\\',
  '"',
  "'",
  '<',
  '{',
  '[',
  '..',
  '/',
  '😀',
  'e\u0301',
  '\u202e',
];
const words = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  'true',
  'undefined',
  'NaN',
  '1e400',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  "' OR 1=1 --",
  '; DROP TABLE tokens',
  '{{7*7}}',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '2026-02-30',
  '9999-12-31T23:59:59.999Z',
  '0000-01-01',
  '+275760-09-13T00:00:00Z',
  '2026-11-28T10:00:00+02:00',
  '* * * * * *',
  'a@b',
];
const lengths = [1, 50, 255, 256, 1001, 4097];

/** Returns a text that programs often handle wrongly. */
export function hostileText(random: Random): string {
  switch (random(4)) {
    case 0:
      return pick(random, words);
    case 1:
      return pick(random, ['a', ' ', '\\', '"', '%', '0', '😀', 'aA']).repeat(pick(random, lengths));
    case 2:
      return Array.from({ length: 1 + random(6) }, () => pick(random, characters)).join(pick(random, ['', 'x', '=', '&']));
    default:
      return pick(random, words) + pick(random, characters) + pick(random, words);
  }
}

const numbers = [0, -0, -1, 1, 0.5, 49, 50, 51, 2 ** 31, 2 ** 53, -(2 ** 53), 1e21, 1e308, Number.MIN_VALUE];

/** Returns a JSON value nested `depth` levels deep. */
function nested(random: Random, depth: number): unknown {
  const isList = random(2) === 0;
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = isList ? [value] : { a: value };
  return value;
}

/** Returns a number of members or levels: mostly small, seldom large enough to be expensive. */
const hostileCount = (random: Random) => (random(20) === 0 ? pick(random, [3000, 20_000]) : pick(random, [1, 3, 30, 51, 101]));

/** Returns a JSON value of any type, sometimes very deep or with very many members. */
export function hostileValue(random: Random): unknown {
  switch (random(12)) {
    case 0:
      return null;
    case 1:
      return random(2) === 0;
    case 2:
    case 3:
      return pick(random, numbers);
    case 4:
      return [];
    case 5:
      return {};
    case 6:
      return nested(random, Math.min(3000, hostileCount(random)));
    case 7:
      return Array.from({ length: hostileCount(random) }, () => pick(random, [{}, [], null, 'x', 1]));
    case 8:
      return Object.fromEntries(Array.from({ length: hostileCount(random) }, (_, index) => [`m${index}`, index]));
    case 9:
      return { [pick(random, words)]: hostileText(random) };
    default:
      return hostileText(random);
  }
}
