import { Cron } from 'croner';
import { type Instant, toInstant } from '../database/instants.ts';
import type { ImportSchedule } from './store/applications.ts';

const fiveFields = /^\s*\S+(\s+\S+){4}\s*$/;

/** Returns the next run of a schedule strictly after `now`, or null without `cron`. Throws on an invalid expression or time zone. */
export function nextRunOf(schedule: Pick<ImportSchedule, 'cron' | 'timeZone'> | null, now: Date): Instant | null {
  if (schedule === null || schedule.cron === null) return null;
  if (!fiveFields.test(schedule.cron)) throw new Error(`${schedule.cron} is not five cron fields`);
  const next = new Cron(schedule.cron, { mode: '5-part', timezone: schedule.timeZone, paused: true }).nextRun(now);
  return next && toInstant(next);
}
