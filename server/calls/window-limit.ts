/** Limits of what calls without a proven caller may cause one by one, for each minute and process. */
export interface UnprovenCallLimits {
  perAddressMax: number;
  /** For all addresses together. */
  allMax: number;
}

const windowMs = 60_000;

/** Creates a limit that begins anew each minute. Its memory is bounded by the limits. */
export function createWindowLimit({ perAddressMax, allMax }: UnprovenCallLimits) {
  let window = Number.NEGATIVE_INFINITY;
  let takenInAll = 0;
  const takenBySource = new Map<string, number>();

  /**
   * Enters the window of a time. Returns whether it is a new one.
   *
   * An earlier time counts in the current window: a call that arrived before others may end after them, and must not end their window.
   */
  function enter(time: Date): boolean {
    const current = Math.floor(time.getTime() / windowMs);
    if (current <= window) return false;
    window = current;
    takenInAll = 0;
    takenBySource.clear();
    return true;
  }

  /** Takes one of the limit, and returns whether there was one left. The limit of all sources is for unknown callers only. */
  function take(source: string, isUnknown: boolean): boolean {
    const taken = takenBySource.get(source) ?? 0;
    if (taken >= perAddressMax || (isUnknown && takenInAll >= allMax)) return false;
    takenBySource.set(source, taken + 1);
    if (isUnknown) takenInAll += 1;
    return true;
  }

  return { enter, take };
}
