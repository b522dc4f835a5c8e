import { expect, it } from 'vitest';
import { createWindowLimit } from '../../server/calls/window-limit.ts';

const minuteMs = 60_000;

it('begins anew each minute, and never for an earlier time', () => {
  const { enter, take } = createWindowLimit({ perAddressMax: 2, allMax: 3 });
  const at = (minute: number) => enter(new Date(minute * minuteMs + 1));
  expect([at(5), at(5)]).toEqual([true, false]);
  expect([take('a', true), take('a', true), take('a', true)]).toEqual([true, true, false]);
  expect([at(4), at(5), at(0)]).toEqual([false, false, false]);
  expect([take('a', true), take('b', true), take('c', true)]).toEqual([false, true, false]);
  expect([take('token', false), take('token', false), take('token', false)]).toEqual([true, true, false]);
  expect(at(6)).toBe(true);
  expect(take('a', true)).toBe(true);
});
