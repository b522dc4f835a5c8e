import type { AddPoints } from './store/rate-counter.ts';

/** The requests left in the current window, as far as this process knows, and the time to the window's end. */
export interface Quota {
  left: number;
  endsInMs: number;
}
export interface TakenQuota extends Quota {
  isAllowed: boolean;
}

/** The part of one id's window that this process has reserved. */
interface QuotaBlock {
  left: number;
  /** The requests left in the window for all processes, at the last look at the shared counter. */
  leftForAll: number;
  endsAt: number;
  waiting: number;
  reserving: Promise<void> | undefined;
}

/**
 * Reserves requests from a counter that all processes share, in blocks, because one database write for each request is too expensive.
 *
 * A block is 1 % of the limit, or the number of waiting requests if that is larger. All processes together never allow more than the limit in
 * a window. Unused requests of a block are lost at the end of the window. If the limit is below 200, a block is one request and nothing is lost.
 */
export function createQuotaBlocks(addPoints: AddPoints, limit: number, windowMs: number, clock: () => number = Date.now) {
  const blockSize = Math.max(1, Math.floor(limit / 100));
  const blocks = new Map<string, QuotaBlock>();
  let sweepAt = clock() + windowMs;

  /** Deletes the blocks of ended windows, so that memory follows the active ids only. */
  function sweep(now: number): void {
    if (now < sweepAt) return;
    sweepAt = now + windowMs;
    for (const [id, block] of blocks) if (block.endsAt <= now && block.waiting === 0) blocks.delete(id);
  }

  function blockOf(id: string): QuotaBlock {
    let block = blocks.get(id);
    if (block === undefined) {
      sweep(clock());
      block = { left: 0, leftForAll: 0, endsAt: 0, waiting: 0, reserving: undefined };
      blocks.set(id, block);
    }
    return block;
  }

  async function reserve(id: string, block: QuotaBlock): Promise<void> {
    const points = Math.max(blockSize, block.waiting);
    try {
      const { counted, endsInMs } = await addPoints(id, points);
      // The last block of a window may be smaller than requested.
      block.left = Math.min(points, Math.max(limit - (counted - points), 0));
      block.leftForAll = Math.max(limit - counted, 0);
      block.endsAt = clock() + endsInMs;
    } finally {
      block.reserving = undefined;
    }
  }

  /** Returns the quota without taking from it and without a look at the shared counter. */
  function look(id: string): Quota {
    const block = blocks.get(id);
    const endsInMs = (block?.endsAt ?? 0) - clock();
    return block && endsInMs > 0 ? { left: block.leftForAll + block.left, endsInMs } : { left: limit, endsInMs: windowMs };
  }

  async function take(id: string): Promise<TakenQuota> {
    const block = blockOf(id);
    for (;;) {
      const endsInMs = block.endsAt - clock();
      const isOpen = endsInMs > 0;
      if (isOpen && block.left > 0) {
        block.left -= 1;
        return { isAllowed: true, left: block.leftForAll + block.left, endsInMs };
      }
      if (isOpen && block.leftForAll === 0) return { isAllowed: false, left: 0, endsInMs };
      block.waiting += 1;
      try {
        block.reserving ??= reserve(id, block);
        await block.reserving;
      } finally {
        block.waiting -= 1;
      }
    }
  }

  return { look, take };
}
