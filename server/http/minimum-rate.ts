import type { Readable } from 'node:stream';

interface Rate {
  /** Returns the bytes that have arrived so far. */
  bytes: () => number;
  /** Returns the milliseconds so far in which the other side had to wait for the server. They do not count. */
  waitedMs?: () => number;
  periodMs: number;
  bytesPerSecondMin: number;
}

/**
 * Calls `expire` as soon as fewer bytes arrive in one period than the minimum rate needs. Returns a function that ends the watch.
 *
 * Counts each period alone, because otherwise a fast beginning would allow a long stream of nothing.
 */
export function watchMinimumRate({ bytes, waitedMs = () => 0, periodMs, bytesPerSecondMin }: Rate, expire: () => void): () => void {
  let before = { bytes: bytes(), waitedMs: waitedMs() };
  const timer = setInterval(() => {
    const now = { bytes: bytes(), waitedMs: waitedMs() };
    const ms = periodMs - (now.waitedMs - before.waitedMs);
    if (now.bytes - before.bytes < (ms / 1000) * bytesPerSecondMin) expire();
    before = now;
  }, periodMs);
  return () => clearInterval(timer);
}

/** Returns a function that tells the milliseconds in which a stream was paused, because its reader was slower than the other side. */
export function pausedMsOf(stream: Readable): () => number {
  let total = 0;
  let since: number | undefined;
  const current = () => (since === undefined ? 0 : performance.now() - since);
  stream.on('pause', () => {
    since ??= performance.now();
  });
  stream.on('resume', () => {
    total += current();
    since = undefined;
  });
  return () => total + current();
}
