import { randomUUID } from 'node:crypto';

const timeDigits = (time: Date) => Math.max(0, time.getTime()).toString(16).padStart(12, '0');

/** A UUID of version 7 without its dashes: its first 48 bits are the time, so that ids order as calls came. */
export function newCorrelationId(time: Date): string {
  const random = randomUUID();
  return `${timeDigits(time)}7${random.slice(15, 18)}${random.slice(19, 23)}${random.slice(24)}`;
}

/** No id of this time, or of a later one, is less; all of earlier ones are. */
export const leastCorrelationId = (time: Date): string => `${timeDigits(time)}${'0'.repeat(20)}`;
