/** An instant as both databases store and order it: UTC, `2026-02-20 08:15:00.000`. */
export type Instant = string;

let last = { time: Number.NaN, instant: '' };

/** Converts a date to its stored form. Caches the last result, because one call asks for the same time repeatedly. */
export function toInstant(date: Date): Instant {
  const time = date.getTime();
  if (time !== last.time) last = { time, instant: date.toISOString().replace('T', ' ').replace('Z', '') };
  return last.instant;
}
/** Tells whether one end is later than another one. Null means never. */
export const isLater = (end: Instant | null, otherEnd: Instant | null): boolean => otherEnd !== null && (end === null || end > otherEnd);
export const fromInstant = (instant: Instant): Date => new Date(`${instant.replace(' ', 'T')}Z`);

/** The form in responses: ISO 8601 with `Z`. */
export const isoOf = (instant: Instant): string => `${instant.replace(' ', 'T')}Z`;
export const isoOrNull = (instant: Instant | null): string | null => instant && isoOf(instant);
