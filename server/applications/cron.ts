import { Cron } from 'croner';
import { type Instant, toInstant } from '../database/instants.ts';
import type { ImportSchedule } from './store/applications.ts';

const fiveFields = /^\s*\S+(\s+\S+){4}\s*$/;

/** When a schedule stages next, strictly after `now`; null without `cron`. Throws on an expression or a time zone that nobody understands. */
export function nextRunOf(schedule: Pick<ImportSchedule, 'cron' | 'timeZone'> | null, now: Date): Instant | null {
  if (schedule === null || schedule.cron === null) return null;
  if (!fiveFields.test(schedule.cron)) throw new Error(`${schedule.cron} is not five cron fields`);
  const next = new Cron(schedule.cron, { mode: '5-part', timezone: schedule.timeZone, paused: true }).nextRun(now);
  return next && toInstant(next);
}
