import type { LogRow } from './store/api-log.ts';
import { createWindowLimit, type UnprovenCallLimits } from './window-limit.ts';

/** Calls of one source with one status, in one window. */
export interface Summary {
  /** The row of the first call. */
  row: LogRow;
  count: number;
  /** The count in the stored row; 0 if the row is not stored yet. */
  storedCount: number;
  isStoring: boolean;
}

/** A call without a proven caller: an unknown caller, a refused credential, or a caller over its rate limit. */
export interface UnprovenCall {
  time: Date;
  /** The credential that was used or, for an unknown caller, the counted address. */
  source: string;
  isUnknown: boolean;
  status: number;
  makeRow: () => LogRow;
}

/** Summaries of unknown callers. Calls beyond it share one summary for each status class, whatever their address is. */
const summariesMax = 100;
const otherAddresses = 'other addresses';

/**
 * Decides which unproven calls are stored one by one, and counts the others.
 *
 * Its memory is bounded: of unknown callers, it knows at most `allMax` addresses and `summariesMax` summaries. Each window forgets the one before,
 * except counts that are not stored yet.
 */
export function createCallSummaries(limits: UnprovenCallLimits) {
  const stored = createWindowLimit(limits);
  let unknownSummaries = 0;
  const summaries = new Map<string, Summary>();
  let ended: Summary[] = [];

  const isStored = ({ count, storedCount }: Summary) => count === storedCount;

  function enterWindow(time: Date): void {
    if (!stored.enter(time)) return;
    unknownSummaries = 0;
    for (const [key, summary] of summaries) {
      // A summary without a row continues, so that a full disk does not add summaries in each window.
      if (summary.storedCount === 0) {
        if (summary.row.actor_id === null) unknownSummaries += 1;
        continue;
      }
      summaries.delete(key);
      if (!isStored(summary)) ended.push(summary);
    }
  }

  /** Tells whether a call is stored as a row of its own. A call over a rate limit never is. */
  function mayBeStored({ time, source, isUnknown, status }: UnprovenCall): boolean {
    enterWindow(time);
    return status !== 429 && stored.take(source, isUnknown);
  }

  /** Counts a call that has no row of its own. Returns its summary if it is the first call of one. */
  function count({ time, source, isUnknown, status, makeRow }: UnprovenCall): Summary | undefined {
    enterWindow(time);
    let key = `${source} ${status}`;
    const isShared = isUnknown && unknownSummaries >= summariesMax && !summaries.has(key);
    if (isShared) key = `${otherAddresses} ${Math.floor(status / 100)}`;
    const found = summaries.get(key);
    if (found) {
      found.count += 1;
      return undefined;
    }
    const row = isShared ? { ...makeRow(), client_address: otherAddresses } : makeRow();
    const summary = { row, count: 1, storedCount: 0, isStoring: false };
    summaries.set(key, summary);
    if (isUnknown) unknownSummaries += 1;
    return summary;
  }

  /** Returns the summaries whose counts are not stored yet, and forgets ended ones that are. */
  function unstored(): Summary[] {
    ended = ended.filter((summary) => !isStored(summary));
    return [...ended, ...summaries.values()].filter((summary) => !isStored(summary) && !summary.isStoring);
  }

  return { mayBeStored, count, unstored };
}
