import { Settings } from 'luxon';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isTimeZone } from '../../server/organizations/time-zones.ts';
import { eventDatesOf, returnDateOf } from '../../server/people/event-dates.ts';

const notADate = expect.stringMatching(/^Must be (an ISO 8601 date or an ISO 8601 instant|from the year 1000 to 9998)$/);
const noon = new Date('2030-06-15T12:00:00Z');
const dates = (effectiveDate: string, zone = 'UTC', now = noon) => eventDatesOf({ effectiveDate }, zone, now);
const startOf = (day: string, zone: string) => {
  const { neededOn, errors } = dates(day, zone);
  return errors.length === 0 ? neededOn : errors;
};

describe('eventDatesOf', () => {
  it('converts a date to the start of the day in the zone; does not change an instant', () => {
    expect(dates('2035-03-15')).toEqual({ neededOn: '2035-03-15 00:00:00.000', neededUntil: null, errors: [] });
    expect(startOf('2035-03-15', 'America/Chicago')).toBe('2035-03-15 05:00:00.000');
    expect(startOf('2035-03-15', 'Pacific/Kiritimati')).toBe('2035-03-14 10:00:00.000');
    expect(startOf('2035-03-15', 'Asia/Kathmandu')).toBe('2035-03-14 18:15:00.000');
    for (const zone of ['UTC', 'America/Chicago', 'Pacific/Kiritimati']) {
      expect(startOf('2035-03-15T08:30:00Z', zone)).toBe('2035-03-15 08:30:00.000');
      expect(startOf('2035-03-15T08:30:00.123456+05:45', zone)).toBe('2035-03-15 02:45:00.123');
    }
  });

  it('starts a day without midnight at its first moment', () => {
    expect(startOf('2035-04-27', 'Africa/Cairo')).toBe('2035-04-26 22:00:00.000');
    expect(startOf('2035-04-28', 'Africa/Cairo')).toBe('2035-04-27 21:00:00.000');
    expect(startOf('2035-03-25', 'Asia/Beirut')).toBe('2035-03-24 22:00:00.000');
    expect(startOf('2035-09-02', 'America/Santiago')).toBe('2035-09-02 04:00:00.000');
  });

  it.each(['2030-01-15T12:00:00Z', '2030-07-15T12:00:00Z'])(
    'starts a day with two midnights at the first one, with the clock at %s',
    (season) => {
      const before = Settings.now;
      onTestFinished(() => {
        Settings.now = before;
      });
      Settings.now = () => Date.parse(season);
      expect(startOf('2035-11-04', 'America/Havana')).toBe('2035-11-04 04:00:00.000');
      expect(startOf('2035-10-28', 'Atlantic/Azores')).toBe('2035-10-28 00:00:00.000');
    },
  );

  it('determines today in the zone, even if UTC is on another day', () => {
    const late = new Date('2030-06-15T12:00:00Z');
    expect(dates('2030-06-16', 'Pacific/Kiritimati', late).errors).toEqual([]);
    expect(dates('2030-06-15', 'Pacific/Kiritimati', late).errors).toMatchObject([
      { field: 'effectiveDate', message: 'Must be today (2030-06-16 in Pacific/Kiritimati) or later' },
    ]);
    const early = new Date('2030-06-15T03:00:00Z');
    expect(dates('2030-06-14', 'America/Los_Angeles', early).errors).toEqual([]);
    expect(dates('2030-06-13', 'America/Los_Angeles', early).errors).toMatchObject([
      { field: 'effectiveDate', message: 'Must be today (2030-06-14 in America/Los_Angeles) or later' },
    ]);
  });

  it('accepts every instant of today, also a past one, and refuses the moment before', () => {
    expect(dates('2030-06-15T07:00:00Z', 'America/Los_Angeles').errors).toEqual([]);
    expect(dates('2030-06-15T06:59:59.999Z', 'America/Los_Angeles').errors).toHaveLength(1);
    expect(dates('2030-06-15T23:59:59Z', 'UTC', new Date('2030-06-15T23:59:59.999Z')).errors).toEqual([]);
    expect(dates('2030-06-15T23:59:59.999Z', 'UTC', new Date('2030-06-16T00:00:00Z')).errors).toHaveLength(1);
  });

  it('refuses yesterday and accepts today around a midnight that does not exist', () => {
    const isRefused = (day: string, now: string) => dates(day, 'Africa/Cairo', new Date(now)).errors.length > 0;
    expect(isRefused('2035-04-26', '2035-04-26T21:59:59.999Z')).toBe(false);
    expect(isRefused('2035-04-26', '2035-04-26T22:00:00Z')).toBe(true);
    expect(isRefused('2035-04-27', '2035-04-26T22:00:00Z')).toBe(false);
    expect(isRefused('2035-04-27', '2035-04-27T20:59:59Z')).toBe(false);
    expect(isRefused('2035-04-27', '2035-04-27T21:00:00Z')).toBe(true);
  });

  it('refuses malformed dates and dates that a database cannot store', () => {
    for (const text of [
      '2035-02-30',
      '2035-13-01',
      '2035-12-31T23:59:60Z',
      '0001-01-01',
      '0999-12-31',
      '9999-01-01',
      '9999-12-31',
      'today',
      '',
    ])
      expect([text, dates(text).errors]).toEqual([text, [{ field: 'effectiveDate', message: notADate }]]);
    for (const zone of ['America/Los_Angeles', 'Pacific/Kiritimati', 'UTC']) expect(dates('9998-12-30', zone).errors).toEqual([]);
    expect(startOf('2036-02-29', 'UTC')).toBe('2036-02-29 00:00:00.000');
  });

  it('refuses an end that is not after the start, to the millisecond, and reports both errors at once', () => {
    const ends = (effectiveDate: string, endDate: string | null) => {
      const { neededUntil, errors } = eventDatesOf({ effectiveDate, endDate }, 'America/Chicago', noon);
      return errors.length > 0 ? errors : neededUntil;
    };
    const tooEarly = { field: 'endDate', message: 'Must be after the effective date' };
    expect(ends('2035-03-15', null)).toBeNull();
    expect(ends('2035-03-15', '2035-03-16')).toBe('2035-03-16 05:00:00.000');
    expect(ends('2035-03-15', '2035-03-15T05:00:00.001Z')).toBe('2035-03-15 05:00:00.001');
    expect(ends('2035-03-15', '2035-03-15T05:00:00Z')).toEqual([tooEarly]);
    expect(ends('2035-03-15', '2035-03-15')).toEqual([tooEarly]);
    expect(ends('2030-06-14', '2030-06-13')).toEqual([expect.objectContaining({ field: 'effectiveDate' }), tooEarly]);
    expect(ends('2035-02-30', '2035-02-31')).toEqual([
      { field: 'effectiveDate', message: notADate },
      { field: 'endDate', message: notADate },
    ]);
  });
});

describe('returnDateOf', () => {
  const begin = '2035-03-15 05:00:00.000';

  it('accepts null and dates after the start of the leave, in the zone', () => {
    expect(returnDateOf(null, begin, 'UTC')).toEqual({ neededUntil: null, errors: [] });
    expect(returnDateOf('2035-03-16', begin, 'America/Chicago')).toEqual({ neededUntil: '2035-03-16 05:00:00.000', errors: [] });
    for (const text of ['2035-03-15', '2035-03-15T05:00:00Z', '2035-03-14', '2035-03-15T10:00:00+05:00'])
      expect(returnDateOf(text, begin, 'America/Chicago').errors).toMatchObject([
        { field: 'endDate', message: 'Must be after the effective date' },
      ]);
    for (const text of ['2035-02-30', '0001-01-01', '9999-12-31', '2035-12-31T23:59:60Z'])
      expect(returnDateOf(text, begin, 'UTC')).toEqual({ neededUntil: null, errors: [{ field: 'endDate', message: notADate }] });
  });
});

describe('isTimeZone', () => {
  it('returns true for names of the IANA database', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'America/Chicago', 'Pacific/Kiritimati', 'Africa/Cairo', 'Etc/GMT+12', 'US/Central'])
      expect([zone, isTimeZone(zone)]).toEqual([zone, true]);
  });

  it('returns false for other texts, also for machine-dependent zones and plain offsets', () => {
    const invalidZones = [
      'Mars/Olympus',
      '',
      ' ',
      ' UTC',
      'UTC ',
      'Europe/Berlin\n',
      'local',
      'system',
      'default',
      'UTC+3',
      'utc+99',
      'utc-5:30',
    ];
    expect(invalidZones.filter(isTimeZone)).toEqual([]);
  });
});
