import { describe, expect, it } from 'vitest';
import { createQuotaBlocks } from '../../server/http/quota-blocks.ts';
import type { CountPoints } from '../../server/http/store/rate-counter.ts';

const windowMs = 60_000;

/** A counter that several processes of a test share, and how often it was asked for how many points. */
function sharedCounter(limit: number) {
  const clock = { now: 1_000_000 };
  const counts = new Map<string, { points: number; endsAt: number }>();
  const asked: number[] = [];
  const count: CountPoints = async (who, points) => {
    asked.push(points);
    let of = counts.get(who);
    if (!of || of.endsAt <= clock.now) of = { points: 0, endsAt: clock.now + windowMs };
    of.points += points;
    counts.set(who, of);
    return { counted: of.points, endsInMs: of.endsAt - clock.now };
  };
  return { clock, asked, count, newProcess: () => createQuotaBlocks(count, limit, windowMs, () => clock.now).take };
}
type Take = ReturnType<typeof createQuotaBlocks>['take'];

async function allowedOf(take: Take, times: number, who = 'one'): Promise<number> {
  let allowed = 0;
  for (let time = 0; time < times; time++) if ((await take(who)).isAllowed) allowed += 1;
  return allowed;
}

it.each([1, 2, 99, 100, 199, 200, 250, 1000, 6000, 12_345])(
  'a process alone is allowed the limit of %i and not one more',
  async (limit) => {
    const { newProcess } = sharedCounter(limit);
    expect(await allowedOf(newProcess(), limit + 50)).toBe(limit);
  },
);

it.each([1, 50, 199])('two processes in turn are allowed exactly a limit of %i', async (limit) => {
  const { newProcess } = sharedCounter(limit);
  const [one, two] = [newProcess(), newProcess()];
  let allowed = 0;
  for (let time = 0; time < limit + 10; time++) allowed += (await allowedOf(one, 1)) + (await allowedOf(two, 1));
  expect(allowed).toBe(limit);
});

it('what one process leaves of its lease is all that the others lose', async () => {
  const { newProcess } = sharedCounter(1000);
  expect(await allowedOf(newProcess(), 1)).toBe(1);
  expect(await allowedOf(newProcess(), 2000)).toBe(990);
});

it('the last lease is what is left, though it is less than was asked for', async () => {
  const { newProcess, asked } = sharedCounter(250);
  expect(await allowedOf(newProcess(), 1)).toBe(1);
  // Chunks of two: the other has 248, then nothing.
  expect(await allowedOf(newProcess(), 400)).toBe(248);
  const odd = sharedCounter(305);
  expect(await allowedOf(odd.newProcess(), 400)).toBe(305);
  expect([asked.at(-1), odd.asked.at(-1)]).toEqual([2, 3]);
});

it('asks the shared counter once for a hundredth of the limit, and no more in a window that is used up', async () => {
  const { newProcess, asked } = sharedCounter(6000);
  const take = newProcess();
  await allowedOf(take, 6000);
  expect(asked).toEqual(Array(100).fill(60));
  await allowedOf(take, 1000);
  expect(asked).toHaveLength(100);
});

it('calls at the same moment share what is asked for', async () => {
  const { newProcess, asked } = sharedCounter(50);
  const take = newProcess();
  const taken = await Promise.all(Array.from({ length: 80 }, () => take('one')));
  expect(taken.filter(({ isAllowed }) => isAllowed)).toHaveLength(50);
  expect(asked).toEqual([1, 79]);
  const large = sharedCounter(6000);
  const takeLarge = large.newProcess();
  await Promise.all(Array.from({ length: 60 }, () => takeLarge('one')));
  expect(large.asked).toEqual([60]);
});

it('says how many are left and when the count starts again, and then starts it again', async () => {
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

it('a lease that was not used up ends with its window', async () => {
  const { newProcess, clock, asked } = sharedCounter(1000);
  const take = newProcess();
  await allowedOf(take, 3);
  clock.now += windowMs;
  expect(await allowedOf(take, 1100)).toBe(1000);
  expect(asked).toHaveLength(101);
});

it('a look says what this process knows and takes nothing', async () => {
  const { count, clock, asked } = sharedCounter(3);
  const { look, take } = createQuotaBlocks(count, 3, windowMs, () => clock.now);
  expect(look('one')).toEqual({ left: 3, endsInMs: windowMs });
  await take('one');
  clock.now += 1000;
  expect([look('one'), look('one')]).toEqual(Array(2).fill({ left: 2, endsInMs: 59_000 }));
  clock.now += 59_000;
  expect(look('one')).toEqual({ left: 3, endsInMs: windowMs });
  expect(asked).toEqual([1]);
});

describe('when the shared counter fails', () => {
  it('all who wait are told so, and the next call asks again', async () => {
    const { count, clock } = sharedCounter(10);
    let isAway = true;
    const away = new Error('away');
    const { take } = createQuotaBlocks(
      async (who, points) => (isAway ? Promise.reject(away) : count(who, points)),
      10,
      windowMs,
      () => clock.now,
    );
    const outcomes = await Promise.allSettled([take('one'), take('one'), take('two')]);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual([away, away, away]);
    isAway = false;
    expect(await allowedOf(take, 20)).toBe(10);
  });
});
