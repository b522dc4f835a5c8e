import { setImmediate as nextIteration } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTurns } from '../../server/http/turns.ts';

/** Keeps the event loop busy for longer than an iteration may take. */
function beBusy(): void {
  for (const end = performance.now() + 15; performance.now() < end; );
}
/** Takes turns for sources, each of which then does long work, and returns the sources in the order in which they started. */
async function startOrder(sources: string[]): Promise<string[]> {
  const takeTurn = createTurns();
  const started: string[] = [];
  const work = (source: string) => {
    started.push(source);
    beBusy();
  };
  await Promise.all(
    sources.map((source) => {
      const turn = takeTurn(source);
      if (turn) return turn.then(() => work(source));
      return work(source);
    }),
  );
  return started;
}

it('work starts at once while an iteration is short, but not more than 32 pieces', async () => {
  const takeTurn = createTurns();
  const turns = Array.from({ length: 40 }, () => takeTurn('a'));
  expect(turns.filter((turn) => turn === undefined)).toHaveLength(32);
  await Promise.all(turns);
});

it('all work starts, also when each piece takes long, and sources take turns', async () => {
  expect(await startOrder(['a', 'a', 'a', 'a', 'b', 'b', 'c'])).toEqual(['a', 'a', 'b', 'c', 'a', 'b', 'a']);
});

it('long pieces of work leave an iteration of the event loop between them', async () => {
  const takeTurn = createTurns();
  let iterations = 0;
  let isDone = false;
  const counting = (async () => {
    for (; !isDone; iterations++) await nextIteration();
  })();
  await Promise.all(
    Array.from({ length: 20 }, () => {
      const turn = takeTurn('a');
      return turn ? turn.then(beBusy) : beBusy();
    }),
  );
  isDone = true;
  await counting;
  expect(iterations).toBeGreaterThan(15);
});
