import { DateTime } from 'luxon';
import type { FieldError } from '../../generated/types.gen.ts';
import { type Instant, toInstant } from '../database/instants.ts';

const isDateOnly = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** The instant that a date (its beginning in the zone) or an instant of a request means, or what is wrong with it. */
function instantOf(field: string, text: string, zone: string): Date | FieldError {
  const date = isDateOnly(text) ? beginningOfDay(text, zone) : new Date(text);
  if (Number.isNaN(date.getTime())) return { field, message: 'Must be an ISO 8601 date or an ISO 8601 instant' };
  const isKept = date.getUTCFullYear() >= 1000 && date.getUTCFullYear() <= 9998;
  return isKept ? date : { field, message: 'Must be from the year 1000 to 9998' };
}

/** Of a day with two midnights, when clocks go back over it, the first. */
function beginningOfDay(text: string, zone: string): Date {
  const begins = DateTime.fromISO(text, { zone }).startOf('day').getPossibleOffsets();
  return new Date(Math.min(...begins.map((begin) => begin.toMillis())));
}

const dayOf = (date: Date, zone: string) => DateTime.fromJSDate(date, { zone }).toISODate() as string;

const notAfter: FieldError = { field: 'endDate', message: 'Must be after the effective date' };

/** The dates of an event as instants, or what is wrong with them. Days begin and end in the organization's time zone. */
export function eventDatesOf(
  { effectiveDate, endDate = null }: { effectiveDate: string; endDate?: string | null | undefined },
  zone: string,
  now: Date,
): { neededOn: Instant; neededUntil: Instant | null; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const [begin, end] = [instantOf('effectiveDate', effectiveDate, zone), endDate === null ? null : instantOf('endDate', endDate, zone)];
  if (!(begin instanceof Date)) errors.push(begin);
  else if (dayOf(begin, zone) < dayOf(now, zone))
    errors.push({ field: 'effectiveDate', message: `Must be today (${dayOf(now, zone)} in ${zone}) or later` });
  if (end && !(end instanceof Date)) errors.push(end);
  if (begin instanceof Date && end instanceof Date && end <= begin) errors.push(notAfter);
  return {
    neededOn: toInstant(begin instanceof Date ? begin : now),
    neededUntil: end instanceof Date ? toInstant(end) : null,
    errors,
  };
}

/** The return date of a leave that has begun, or will; throws nothing, answers what is wrong. */
export function returnDateOf(
  endDate: string | null,
  neededOn: Instant,
  zone: string,
): { neededUntil: Instant | null; errors: FieldError[] } {
  if (endDate === null) return { neededUntil: null, errors: [] };
  const date = instantOf('endDate', endDate, zone);
  if (!(date instanceof Date)) return { neededUntil: null, errors: [date] };
  const neededUntil = toInstant(date);
  return { neededUntil, errors: neededUntil > neededOn ? [] : [notAfter] };
}
