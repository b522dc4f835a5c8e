import { IANAZone } from 'luxon';

/**
 * Tells whether a text names a time zone of the IANA database, such as `Europe/Berlin`.
 *
 * A plain offset from UTC (`+02:00`) is not a name: it does not follow daylight saving time, so days and schedules would drift by an hour.
 */
export const isTimeZone = (zone: string): boolean => /^[A-Za-z]/.test(zone) && IANAZone.isValidZone(zone);
