import { DateTime } from 'luxon';
import type { InvalidField } from '../common/errors.ts';
import { type Instant, toInstant } from '../database/instants.ts';

const isDateOnly = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Parses an ISO 8601 instant, or a date as the start of that day in the time zone. Returns an error if the text is neither. */
function parseInstant(field: string, text: string, zone: string): Date | InvalidField {
  const date = isDateOnly(text) ? startOfDay(text, zone) : new Date(text);
  if (Number.isNaN(date.getTime())) return { field, message: 'Must be an ISO 8601 date or an ISO 8601 instant' };
  const isStorable = date.getUTCFullYear() >= 1000 && date.getUTCFullYear() <= 9998;
  return isStorable ? date : { field, message: 'Must be from the year 1000 to 9998' };
}

/** A day has two midnights if clocks go back across midnight; the day starts at the first. */
function startOfDay(text: string, zone: string): Date {
  const midnights = DateTime.fromISO(text, { zone }).startOf('day').getPossibleOffsets();
  return new Date(midnights.map((midnight) => midnight.toMillis()).reduce((one, other) => Math.min(one, other)));
}

const dayOf = (date: Date, zone: string) => DateTime.fromJSDate(date, { zone }).toISODate() as string;

const endNotAfterStart: InvalidField = { field: 'endDate', message: 'Must be after the effective date' };

/**
 * Parses the dates of an event and returns all errors in them. The dates are valid only if `errors` is empty.
 *
 * A date is the start of that day in `zone`, the organization's time zone. The effective date must be today or later.
 */
export function eventDatesOf(
  { effectiveDate, endDate = null }: { effectiveDate: string; endDate?: string | null | undefined },
  zone: string,
  now: Date,
): { neededOn: Instant; neededUntil: Instant | null; errors: InvalidField[] } {
  const errors: InvalidField[] = [];
  const [start, end] = [
    parseInstant('effectiveDate', effectiveDate, zone),
    endDate === null ? null : parseInstant('endDate', endDate, zone),
  ];
  if (!(start instanceof Date)) errors.push(start);
  else if (dayOf(start, zone) < dayOf(now, zone))
    errors.push({
      field: 'effectiveDate',
      message: `Must be today (${dayOf(now, zone)} in ${zone}) or later`,
      reveals: [{ resource: 'settings', fields: [] }],
      otherwise: 'Must be today or later',
    });
  if (end && !(end instanceof Date)) errors.push(end);
  if (start instanceof Date && end instanceof Date && end <= start) errors.push(endNotAfterStart);
  return {
    neededOn: toInstant(start instanceof Date ? start : now),
    neededUntil: end instanceof Date ? toInstant(end) : null,
    errors,
  };
}

/**
 * Parses the return date of a leave that starts at `neededOn`, or null to clear it.
 *
 * The date may be in the past. Returns an error unless it is after the start of the leave; that error reveals the start.
 */
export function returnDateOf(
  endDate: string | null,
  neededOn: Instant,
  zone: string,
): { neededUntil: Instant | null; errors: InvalidField[] } {
  if (endDate === null) return { neededUntil: null, errors: [] };
  const date = parseInstant('endDate', endDate, zone);
  if (!(date instanceof Date)) return { neededUntil: null, errors: [date] };
  const neededUntil = toInstant(date);
  return {
    neededUntil,
    errors: neededUntil > neededOn ? [] : [{ ...endNotAfterStart, reveals: [{ resource: 'personnel-events', fields: ['neededOn'] }] }],
  };
}
