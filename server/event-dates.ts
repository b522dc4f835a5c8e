import { DateTime, IANAZone } from 'luxon';
import type { FieldError } from '../generated/types.gen.ts';
import { type Instant, toInstant } from './store/instants.ts';

/** Names of the IANA's; not what the machine happens to have, nor a mere distance from UTC. */
export const isTimeZone = (zone: string): boolean => /^[A-Za-z]/.test(zone) && IANAZone.isValidZone(zone);

const isDateOnly = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
const isDatabaseDate = (date: Date) => date.getUTCFullYear() >= 1000 && date.getUTCFullYear() <= 9998;

/** The instant that a date (its beginning in the zone) or an instant of a request means; undefined where it is none that can be kept. */
function instantOf(text: string, zone: string): Date | undefined {
  const date = isDateOnly(text) ? beginningOfDay(text, zone) : new Date(text);
  return isDatabaseDate(date) ? date : undefined;
}

/** Of a day with two midnights, when clocks go back over it, the first. */
function beginningOfDay(text: string, zone: string): Date {
  const begins = DateTime.fromISO(text, { zone }).startOf('day').getPossibleOffsets();
  return new Date(Math.min(...begins.map((begin) => begin.toMillis())));
}

const dayOf = (date: Date, zone: string) => DateTime.fromJSDate(date, { zone }).toISODate() as string;
const notADate = 'Must be a date or an instant that exists, from the year 1000 to 9998';

/** The dates of an event as instants, or what is wrong with them. Days begin and end in the organization's time zone. */
export function eventDatesOf(
  { effectiveDate, endDate = null }: { effectiveDate: string; endDate?: string | null | undefined },
  zone: string,
  now: Date,
): { neededOn: Instant; neededUntil: Instant | null; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const begin = instantOf(effectiveDate, zone);
  if (!begin) errors.push({ field: 'effectiveDate', message: notADate });
  else if (dayOf(begin, zone) < dayOf(now, zone))
    errors.push({ field: 'effectiveDate', message: `Must be today (${dayOf(now, zone)} in ${zone}) or later` });
  const end = endDate === null ? undefined : instantOf(endDate, zone);
  if (endDate !== null && !end) errors.push({ field: 'endDate', message: notADate });
  if (begin && end && end <= begin) errors.push({ field: 'endDate', message: 'Must be after the effective date' });
  return { neededOn: toInstant(begin ?? now), neededUntil: end ? toInstant(end) : null, errors };
}

/** The return date of a leave that has begun, or will; throws nothing, answers what is wrong. */
export function returnDateOf(
  endDate: string | null,
  neededOn: Instant,
  zone: string,
): { neededUntil: Instant | null; errors: FieldError[] } {
  if (endDate === null) return { neededUntil: null, errors: [] };
  const date = instantOf(endDate, zone);
  const neededUntil = date ? toInstant(date) : null;
  if (neededUntil === null) return { neededUntil, errors: [{ field: 'endDate', message: notADate }] };
  return { neededUntil, errors: neededUntil > neededOn ? [] : [{ field: 'endDate', message: 'Must be after the effective date' }] };
}
