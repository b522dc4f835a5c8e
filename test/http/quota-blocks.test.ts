import { describe, expect, it } from 'vitest';
import { createQuotaBlocks } from '../../server/http/quota-blocks.ts';
import type { AddPoints } from '../../server/http/store/rate-counter.ts';

const windowMs = 60_000;

/** Creates a counter for several simulated processes. `reservations` lists the number of points of each reservation. */
function sharedCounter(limit: number) {
  const clock = { now: 1_000_000 };
  const counts = new Map<string, { points: number; endsAt: number }>();
  const reservations: number[] = [];
  const count: AddPoints = async (caller, points) => {
    reservations.push(points);
    let window = counts.get(caller);
    if (!window || window.endsAt <= clock.now) window = { points: 0, endsAt: clock.now + windowMs };
    window.points += points;
    counts.set(caller, window);
    return { counted: window.points, endsInMs: window.endsAt - clock.now };
  };
  return { clock, reservations, count, newProcess: () => createQuotaBlocks(count, limit, windowMs, () => clock.now).take };
}
type Take = ReturnType<typeof createQuotaBlocks>['take'];

async function allowedOf(take: Take, times: number, caller = 'one'): Promise<number> {
  let allowed = 0;
  for (let time = 0; time < times; time++) if ((await take(caller)).isAllowed) allowed += 1;
  return allowed;
}

it.each([1, 2, 99, 100, 199, 200, 250, 1000, 6000, 12_345])('one process allows exactly the limit of %i', async (limit) => {
  const { newProcess } = sharedCounter(limit);
  expect(await allowedOf(newProcess(), limit + 50)).toBe(limit);
});

it.each([1, 50, 199])('two processes in turn allow exactly the limit of %i', async (limit) => {
  const { newProcess } = sharedCounter(limit);
  const [first, second] = [newProcess(), newProcess()];
  let allowed = 0;
  for (let time = 0; time < limit + 10; time++) allowed += (await allowedOf(first, 1)) + (await allowedOf(second, 1));
  expect(allowed).toBe(limit);
});

it('other processes lose only the unused rest of a quota block', async () => {
  const { newProcess } = sharedCounter(1000);
  expect(await allowedOf(newProcess(), 1)).toBe(1);
  expect(await allowedOf(newProcess(), 2000)).toBe(990);
});

it('the last quota block has the remaining points, even if more were requested', async () => {
  const { newProcess, reservations } = sharedCounter(250);
  expect(await allowedOf(newProcess(), 1)).toBe(1);
  // Blocks have two points: the second process gets the other 248.
  expect(await allowedOf(newProcess(), 400)).toBe(248);
  const odd = sharedCounter(305);
  expect(await allowedOf(odd.newProcess(), 400)).toBe(305);
  expect([reservations.at(-1), odd.reservations.at(-1)]).toEqual([2, 3]);
});

it('reserves a hundredth of the limit at a time, and nothing in a window that is used up', async () => {
  const { newProcess, reservations } = sharedCounter(6000);
  const take = newProcess();
  await allowedOf(take, 6000);
  expect(reservations).toEqual(Array(100).fill(60));
  await allowedOf(take, 1000);
  expect(reservations).toHaveLength(100);
});

it('simultaneous calls share one reservation', async () => {
  const { newProcess, reservations } = sharedCounter(50);
  const take = newProcess();
  const taken = await Promise.all(Array.from({ length: 80 }, () => take('one')));
  expect(taken.filter(({ isAllowed }) => isAllowed)).toHaveLength(50);
  expect(reservations).toEqual([1, 79]);
  const large = sharedCounter(6000);
  const takeLarge = large.newProcess();
  await Promise.all(Array.from({ length: 60 }, () => takeLarge('one')));
  expect(large.reservations).toEqual([60]);
});

it('returns the remaining points and the time until the next window, and then starts that window', async () => {
  const { newProcess, clock } = sharedCounter(2);
  const take = newProcess();
  expect(await take('one')).toEqual({ isAllowed: true, left: 1, endsInMs: windowMs });
  clock.now += 10_000;
  expect(await take('one')).toEqual({ isAllowed: true, left: 0, endsInMs: 50_000 });
  expect(await take('one')).toEqual({ isAllowed: false, left: 0, endsInMs: 50_000 });
  expect(await take('two')).toMatchObject({ isAllowed: true, left: 1 });
  clock.now += 49_999;
  expect(await take('one')).toEqual({ isAllowed: false, left: 0, endsInMs: 1 });
  clock.now += 1;
  expect(await take('one')).toEqual({ isAllowed: true, left: 1, endsInMs: windowMs });
});

it('an unused quota block expires with its window', async () => {
  const { newProcess, clock, reservations } = sharedCounter(1000);
  const take = newProcess();
  await allowedOf(take, 3);
  clock.now += windowMs;
  expect(await allowedOf(take, 1100)).toBe(1000);
  expect(reservations).toHaveLength(101);
});

it('`look` returns the remaining points that this process knows, and reserves nothing', async () => {
  const { count, clock, reservations } = sharedCounter(3);
  const { look, take } = createQuotaBlocks(count, 3, windowMs, () => clock.now);
  expect(look('one')).toEqual({ left: 3, endsInMs: windowMs });
  await take('one');
  clock.now += 1000;
  expect([look('one'), look('one')]).toEqual(Array(2).fill({ left: 2, endsInMs: 59_000 }));
  clock.now += 59_000;
  expect(look('one')).toEqual({ left: 3, endsInMs: windowMs });
  expect(reservations).toEqual([1]);
});

describe('when the shared counter fails', () => {
  it('throws its error to all waiting callers, and asks again for the next call', async () => {
    const { count, clock } = sharedCounter(10);
    let isFailing = true;
    const failure = new Error('failure of this test');
    const { take } = createQuotaBlocks(
      async (caller, points) => (isFailing ? Promise.reject(failure) : count(caller, points)),
      10,
      windowMs,
      () => clock.now,
    );
    const outcomes = await Promise.allSettled([take('one'), take('one'), take('two')]);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual([failure, failure, failure]);
    isFailing = false;
    expect(await allowedOf(take, 20)).toBe(10);
  });
});
