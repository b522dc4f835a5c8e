import type { CountPoints } from './store/rate-counter.ts';

/** How many are left as far as this process knows, and when the count starts again. */
export interface Left {
  left: number;
  endsInMs: number;
}
export interface Taken extends Left {
  isAllowed: boolean;
}

/** What this process has of somebody's window. */
interface Lease {
  left: number;
  /** What the shared counter had left when it was last asked. */
  leftForAll: number;
  endsAt: number;
  waiting: number;
  asking: Promise<void> | undefined;
}

/**
 * Takes points from a counter that processes share, some at once, because a write for each request is too dear: a hundredth of the limit, or as
 * many as wait. In all, never more than the limit is allowed in a window. What a process leaves unused of a lease is lost until the window ends;
 * below a limit of 200 nothing is.
 */
export function createQuotaBlocks(count: CountPoints, limit: number, windowMs: number, clock: () => number = Date.now) {
  const chunk = Math.max(1, Math.floor(limit / 100));
  const leases = new Map<string, Lease>();
  let sweepAt = clock() + windowMs;

  /** Whoever has not come for a window is forgotten. */
  function sweep(now: number): void {
    if (now < sweepAt) return;
    sweepAt = now + windowMs;
    for (const [who, lease] of leases) if (lease.endsAt <= now && lease.waiting === 0) leases.delete(who);
  }

  function leaseOf(who: string): Lease {
    let lease = leases.get(who);
    if (lease === undefined) {
      sweep(clock());
      lease = { left: 0, leftForAll: 0, endsAt: 0, waiting: 0, asking: undefined };
      leases.set(who, lease);
    }
    return lease;
  }

  async function renew(who: string, lease: Lease): Promise<void> {
    const points = Math.max(chunk, lease.waiting);
    try {
      const { counted, endsInMs } = await count(who, points);
      // The last points of a window are fewer than were asked for.
      lease.left = Math.min(points, Math.max(limit - (counted - points), 0));
      lease.leftForAll = Math.max(limit - counted, 0);
      lease.endsAt = clock() + endsInMs;
    } finally {
      lease.asking = undefined;
    }
  }

  /** Takes nothing and asks nobody. */
  function look(who: string): Left {
    const lease = leases.get(who);
    const endsInMs = (lease?.endsAt ?? 0) - clock();
    return lease && endsInMs > 0 ? { left: lease.leftForAll + lease.left, endsInMs } : { left: limit, endsInMs: windowMs };
  }

  async function take(who: string): Promise<Taken> {
    const lease = leaseOf(who);
    for (;;) {
      const endsInMs = lease.endsAt - clock();
      const isOpen = endsInMs > 0;
      if (isOpen && lease.left > 0) {
        lease.left -= 1;
        return { isAllowed: true, left: lease.leftForAll + lease.left, endsInMs };
      }
      if (isOpen && lease.leftForAll === 0) return { isAllowed: false, left: 0, endsInMs };
      lease.waiting += 1;
      try {
        lease.asking ??= renew(who, lease);
        await lease.asking;
      } finally {
        lease.waiting -= 1;
      }
    }
  }

  return { look, take };
}
