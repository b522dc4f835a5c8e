import { randomUUID } from 'node:crypto';

let last = { ms: Number.NaN, digits: '' };

/** Kept for the calls of the same millisecond: they take longer to write than all else of an id. */
function timeDigits(time: Date): string {
  const ms = Math.max(0, time.getTime());
  if (ms !== last.ms) last = { ms, digits: ms.toString(16).padStart(12, '0') };
  return last.digits;
}

/** A UUID of version 7 without its dashes: its first 48 bits are the time, so that ids order as calls came. */
export function newCorrelationId(time: Date): string {
  const random = randomUUID();
  return `${timeDigits(time)}7${random.slice(15, 18)}${random.slice(19, 23)}${random.slice(24)}`;
}

/** No id of this time, or of a later one, is less; all of earlier ones are. */
export const leastCorrelationId = (time: Date): string => `${timeDigits(time)}${'0'.repeat(20)}`;
