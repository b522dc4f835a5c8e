import { hostileText, hostileValue, pick, type Random } from './hostile-values.ts';

const repeatedLengths = [2, 21, 51, 101, 1001];

type Members = Record<string, unknown>;
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns an object with own members, also those named `__proto__`. */
const toObject = (entries: [string, unknown][]): Members => Object.fromEntries(entries);

function mutateObject(random: Random, value: Members, knownIds: string[]): unknown {
  const entries = Object.entries(value);
  const chosen = random(entries.length + 1);
  if (chosen === entries.length) return toObject([...entries, [hostileText(random).slice(0, 1000), hostileValue(random)]]);
  if (random(8) === 0) return toObject(entries.filter((_, index) => index !== chosen));
  return toObject(entries.map(([name, member], index) => [name, index === chosen ? mutateJson(random, member, knownIds) : member]));
}

function mutateList(random: Random, value: unknown[], knownIds: string[]): unknown {
  if (random(4) === 0) return Array.from({ length: pick(random, repeatedLengths) }, (_, index) => value[index % value.length]);
  const chosen = random(value.length);
  return value.map((item, index) => (index === chosen ? mutateJson(random, item, knownIds) : item));
}

/** Returns a copy of a JSON value with one place changed: replaced, removed, repeated or extended. */
export function mutateJson(random: Random, value: unknown, knownIds: string[]): unknown {
  const isReplaced = random(6) === 0;
  if (!isReplaced && isObject(value)) return mutateObject(random, value, knownIds);
  if (!isReplaced && Array.isArray(value) && value.length > 0) return mutateList(random, value, knownIds);
  return typeof value === 'string' && knownIds.length > 0 && random(2) === 0 ? pick(random, knownIds) : hostileValue(random);
}

/** Returns a JSON text with some of its bytes changed, so that it is often no JSON. */
export function breakText(random: Random, text: string): Buffer {
  const bytes = Buffer.from(text);
  switch (random(4)) {
    case 0:
      return bytes.subarray(0, random(bytes.length + 1));
    case 1:
      return Buffer.concat([bytes, bytes.subarray(0, random(20))]);
    case 2:
      return Buffer.from(
        pick(random, ['[', '{"a":', '[{"a":', '"\\ud83d', '0', '-', '{"a":1,"a":2}', '\ufeff{}']).repeat(1 + random(3000)),
      );
    default:
      for (let changed = 0; changed <= random(4); changed++) if (bytes.length > 0) bytes[random(bytes.length)] = random(256);
      return bytes;
  }
}
