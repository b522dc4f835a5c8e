import { createWindowLimit, type UnprovenCallLimits } from '../calls/window-limit.ts';
import type { Log } from '../common/process-log.ts';
import { countedAddress } from './client-address.ts';

const reportMs = 10_000;
/** Calls that the API log leaves out, errors of the server, and requests that could not be read. Each has limits of its own. */
const kinds = ['calls', 'faults', 'unreadable'] as const;

/** Decides which requests of unknown callers get a line of the process log. */
export interface UnknownLines {
  /** Tells whether a request of an address gets a line. Counts it if not. */
  allows: (kind: (typeof kinds)[number], address: string) => boolean;
  /** Writes the last counts. */
  stop: () => void;
}

/**
 * Limits the lines that requests of unknown callers add to the process log, for each address and in all, in each minute. The API log has the same
 * limits.
 *
 * The others are counted: one line every ten seconds at most tells their numbers.
 */
export function createUnknownLines(limits: UnprovenCallLimits, log: Log, clock: () => Date): UnknownLines {
  const windowOf = Object.fromEntries(kinds.map((kind) => [kind, createWindowLimit(limits)]));
  let counts: Partial<Record<(typeof kinds)[number], number>> = {};
  const report = () => {
    if (Object.keys(counts).length > 0) log.info(counts, 'more requests of unknown callers, without a line of their own');
    counts = {};
  };
  const timer = setInterval(report, reportMs);
  timer.unref();

  return {
    allows: (kind, address) => {
      const window = windowOf[kind] as ReturnType<typeof createWindowLimit>;
      window.enter(clock());
      const isAllowed = window.take(countedAddress(address), true);
      if (!isAllowed) counts[kind] = (counts[kind] ?? 0) + 1;
      return isAllowed;
    },
    stop: () => {
      clearInterval(timer);
      report();
    },
  };
}
