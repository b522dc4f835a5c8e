/** An iteration of the event loop that takes longer, or has started so much work, starts no more. */
const iterationMsMax = 10;
const startsMax = 32;

/** Asks for the start of work for a source, such as an address. Returns undefined if it may start now, or a promise of its turn. */
export type TakeTurn = (source: string) => Promise<void> | undefined;

/**
 * Creates the function that keeps the iterations of the event loop short when much work arrives at once.
 *
 * Node accepts one new connection in each iteration. If an iteration handled everything that has arrived, a flood on open connections would keep new ones out.
 * Work that must wait starts in later iterations, one piece for each source in turn, so that a source with much work does not delay the others. As much starts
 * in an iteration as would have fit into the one before.
 */
export function createTurns(): TakeTurn {
  const waiting = new Map<string, (() => void)[]>();
  let iterationStart = 0;
  let isInIteration = false;
  let started = 0;

  function beginIteration(): void {
    if (isInIteration) return;
    isInIteration = true;
    iterationStart = performance.now();
    started = 0;
    setImmediate(endIteration);
  }
  const milliseconds = () => performance.now() - iterationStart;

  function endIteration(): void {
    isInIteration = false;
    if (waiting.size === 0) return;
    const fitting = Math.floor((started * iterationMsMax) / milliseconds());
    beginIteration();
    for (const starts = Math.max(1, Math.min(fitting, startsMax)); started < starts && waiting.size > 0; started++) startNext();
  }

  /** Starts the first work of the source that has waited the longest, and puts the source at the end. */
  function startNext(): void {
    for (const [source, work] of waiting) {
      waiting.delete(source);
      work.shift()?.();
      if (work.length > 0) waiting.set(source, work);
      return;
    }
  }

  return (source) => {
    beginIteration();
    if (waiting.size === 0 && started < startsMax && milliseconds() <= iterationMsMax) {
      started += 1;
      return undefined;
    }
    return new Promise((resolve) => {
      const work = waiting.get(source);
      if (work) work.push(resolve);
      else waiting.set(source, [resolve]);
    });
  };
}
