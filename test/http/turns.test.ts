import { setImmediate as nextIteration } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTurns } from '../../server/http/turns.ts';

/** Takes turns for sources, one in each iteration, and returns the sources in the order in which they started. */
async function startOrder(sources: string[]): Promise<string[]> {
  const takeTurn = createTurns({ startsMax: 1 });
  const started: string[] = [];
  const work = (source: string) => void started.push(source);
  await Promise.all(
    sources.map((source) => {
      const turn = takeTurn(source);
      if (turn) return turn.then(() => work(source));
      return work(source);
    }),
  );
  return started;
}

it('work starts at once, but not more pieces than fit into an iteration', async () => {
  const takeTurn = createTurns({ startsMax: 32 });
  const turns = Array.from({ length: 40 }, () => takeTurn('a'));
  expect(turns.filter((turn) => turn === undefined)).toHaveLength(32);
  await Promise.all(turns);
  expect(takeTurn('a')).toBeUndefined();
});

it('all work starts, and sources take turns', async () => {
  expect(await startOrder(['a', 'a', 'a', 'a', 'b', 'b', 'c'])).toEqual(['a', 'a', 'b', 'c', 'a', 'b', 'a']);
});

it('there is an iteration of the event loop between pieces of work that do not fit into one', async () => {
  const takeTurn = createTurns({ startsMax: 2 });
  let iterations = 0;
  let isDone = false;
  const counting = (async () => {
    for (; !isDone; iterations++) await nextIteration();
  })();
  await Promise.all(Array.from({ length: 20 }, () => takeTurn('a')));
  isDone = true;
  await counting;
  expect(iterations).toBeGreaterThanOrEqual(10);
});

/** Works for some milliseconds, and returns how long the next work must then wait. */
async function pauseAfter(workMs: number, limits: { pauseFactor: number; pauseMsMax?: number }): Promise<number> {
  const takeTurn = createTurns({ startsMax: 1, ...limits });
  expect(takeTurn('a')).toBeUndefined();
  for (const until = performance.now() + workMs; performance.now() < until; );
  const ended = performance.now();
  await takeTurn('a');
  return performance.now() - ended;
}

it('a pause in proportion to the work follows each iteration with work', async () => {
  expect(await pauseAfter(20, { pauseFactor: 3 })).toBeGreaterThan(55);
});

it('a pause has a maximum, so that one long iteration does not keep later work waiting', async () => {
  expect(await pauseAfter(100, { pauseFactor: 100, pauseMsMax: 50 })).toBeLessThan(5_000);
});
