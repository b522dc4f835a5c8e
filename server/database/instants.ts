/** An instant as both databases keep and order it: UTC, `2026-02-20 08:15:00.000`. */
export type Instant = string;

let last = { time: Number.NaN, instant: '' };

/** The instant of the moment is asked for several times in each call, so the last one is kept. */
export function toInstant(date: Date): Instant {
  const time = date.getTime();
  if (time !== last.time) last = { time, instant: date.toISOString().replace('T', ' ').replace('Z', '') };
  return last.instant;
}
export const fromInstant = (instant: Instant): Date => new Date(`${instant.replace(' ', 'T')}Z`);

/** As answers show it: ISO 8601 with `Z`. */
export const isoOf = (instant: Instant): string => `${instant.replace(' ', 'T')}Z`;
export const isoOrNull = (instant: Instant | null): string | null => instant && isoOf(instant);
