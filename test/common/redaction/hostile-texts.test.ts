import { expect, it } from 'vitest';
import { createRedaction } from '../../../server/common/redaction/redaction.ts';
import { hostileUnits } from '../../support/hostile-units.ts';

const { json, text, query } = createRedaction();
const megabyte = 1_048_576;
/** Far more CPU time than linear work takes on a slow machine, and far less than quadratic work takes on a fast one. */
const msMax = 10_000;
const cpuMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

const nested = (depth: number): string => {
  let inner = '{"password":"x"}';
  for (let level = 0; level < depth; level++) inner = JSON.stringify({ a: inner });
  return inner;
};
it.each(hostileUnits)('%j, repeated for a megabyte, takes linear time', (unit) => {
  const content = unit.repeat(Math.ceil(megabyte / unit.length));
  const started = cpuMs();
  text(content);
  query(content);
  json(JSON.stringify({ password: 1, content, [content]: 1 }));
  expect(cpuMs() - started).toBeLessThan(msMax);
});

it('a megabyte of small members, values and names takes linear time', () => {
  const started = cpuMs();
  const members = Array.from({ length: 60_000 }, (_, index) => [`pin${index}x`, `password=${index}`]);
  expect(json(JSON.stringify(Object.fromEntries(members)))).not.toContain('=1');
  json(JSON.stringify(Array(100_000).fill('["pin"')));
  json(JSON.stringify(Array(50_000).fill({ name: 'pin', value: 1 })));
  expect(cpuMs() - started).toBeLessThan(msMax);
});

it('keeps the first 256 KB of a text with possible secrets, of a whole JSON document too', () => {
  const content = `password=hunter2 ${'a'.repeat(megabyte)}`;
  const kept = [text(content), json(JSON.stringify(Array(4).fill(content)))].map(({ length }) => length);
  for (const length of kept) expect([length > 200_000, length < 300_000]).toEqual([true, true]);
});

it('redacts JSON in JSON up to a depth, and does not fail below it', () => {
  expect(text(nested(3))).not.toContain('x\\');
  for (const depth of [4, 8, 12]) expect(text(nested(depth))).toMatch(/a/);
});

it('redacts deeply nested JSON inside a text without exhausting the stack', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}{"password":"hunter2"}${']'.repeat(levels)}`;
  for (const levels of [10, 1000, 100_000])
    for (const redact of [text, query, (inner: string) => json(JSON.stringify({ note: inner }))])
      expect(redact(deep(levels))).not.toContain('hunter2');
});
