import { randomUUID } from 'node:crypto';

let last = { ms: Number.NaN, digits: '' };

/** Returns the time as 12 hexadecimal digits. Caches the last result for calls in the same millisecond, because it is the slowest part of an id. */
function timeDigits(time: Date): string {
  const ms = Math.max(0, time.getTime());
  if (ms !== last.ms) last = { ms, digits: ms.toString(16).padStart(12, '0') };
  return last.digits;
}

/** Creates a version 7 UUID without dashes. Its first 48 bits are the time, so that ids sort by the time of their calls. */
export function newCorrelationId(time: Date): string {
  const random = randomUUID();
  return `${timeDigits(time)}7${random.slice(15, 18)}${random.slice(19, 23)}${random.slice(24)}`;
}

/** Returns the smallest possible id of this time: ids of earlier calls are smaller, all others are equal or greater. */
export const leastCorrelationId = (time: Date): string => `${timeDigits(time)}${'0'.repeat(20)}`;
