/** Asks for the start of work for a source, such as an address. Returns undefined if it may start now, or a promise of its turn. */
export type TakeTurn = (source: string) => Promise<void> | undefined;

interface TurnLimits {
  startsMax: number;
  /** After an iteration with work, no work starts for this many times the duration of that iteration. */
  pauseFactor?: number;
  /** The longest pause: an iteration can also be long because of other work, or because of a slow disk. */
  pauseMsMax?: number;
}

/**
 * Creates a function that keeps the iterations of the event loop short when much work arrives at once: at most `startsMax` pieces start in each iteration.
 *
 * Node accepts a few new connections in each iteration. If an iteration handled everything that has arrived, a flood on open connections would keep new ones out.
 * Work that must wait starts in later iterations, one piece for each source in turn, so that a source with much work does not delay the others.
 */
export function createTurns({ startsMax, pauseFactor = 0, pauseMsMax = Number.POSITIVE_INFINITY }: TurnLimits): TakeTurn {
  const waiting = new Map<string, (() => void)[]>();
  let isInIteration = false;
  let [started, startedAt] = [0, 0];

  function beginIteration(): void {
    if (isInIteration) return;
    isInIteration = true;
    started = 0;
    startedAt = performance.now();
    setImmediate(pauseFactor > 0 ? pause : endIteration);
  }

  function pause(): void {
    setTimeout(endIteration, Math.min((performance.now() - startedAt) * pauseFactor, pauseMsMax));
  }

  function endIteration(): void {
    isInIteration = false;
    if (waiting.size === 0) return;
    beginIteration();
    for (; started < startsMax && waiting.size > 0; started++) startNext();
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
    if (waiting.size === 0 && started < startsMax) {
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
