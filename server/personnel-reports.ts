import { insertCustomFieldValues } from './store/custom-fields.ts';
import { type Db, inTransaction } from './store/database.ts';
import { inGroups } from './store/group-commit.ts';
import { type ActivityRow, type CommentRow, insertActivityRows, insertComment } from './store/histories.ts';
import { insertPersonnelEvents, type NewEvent, type PersonnelEventRow } from './store/personnel-events.ts';
import { type CustomField, findSettings, type Settings } from './store/settings.ts';

export interface Report {
  organizationId: string;
  environmentId: string;
  now: Date;
  event: NewEvent;
  custom: Partial<Record<CustomField, string | null>>;
  /** Throws what is wrong with the custom fields as the settings are now. */
  checkCustom: (settings: Settings) => void;
  comment: string | null;
}
export interface Reported {
  event: PersonnelEventRow;
  activity: ActivityRow[];
  comments: CommentRow[];
}

const hasCustom = ({ custom }: Report) => Object.keys(custom).length > 0;
const differing = (reports: Report[], name: 'organizationId' | 'environmentId') =>
  [...new Set(reports.map((report) => report[name]))].sort();

/** A field that is being switched off at this moment takes no more values. */
async function lockSettings(trx: Db, reports: Report[]): Promise<Map<string, Settings>> {
  const locked = new Map<string, Settings>();
  for (const id of differing(reports.filter(hasCustom), 'organizationId')) locked.set(id, await findSettings(trx, id, { lock: true }));
  return locked;
}

/** In the order of the reports; always environment by environment in the same order, so that two groups do not die in a deadlock. */
async function insertEvents(trx: Db, reports: Report[]): Promise<PersonnelEventRow[]> {
  const rows = new Map<Report, PersonnelEventRow>();
  for (const environmentId of differing(reports, 'environmentId')) {
    const own = reports.filter((report) => report.environmentId === environmentId);
    const inserted = await insertPersonnelEvents(
      trx,
      environmentId,
      own.map(({ event }) => event),
    );
    for (const [index, report] of own.entries()) rows.set(report, inserted[index] as PersonnelEventRow);
  }
  return reports.map((report) => rows.get(report) as PersonnelEventRow);
}

const keepReports = (db: Db, reports: Report[]): Promise<Reported[]> =>
  inTransaction(db, async (trx) => {
    const settings = await lockSettings(trx, reports);
    const events = await insertEvents(trx, reports);
    const reported: Reported[] = [];
    for (const [index, report] of reports.entries()) {
      const event = events[index] as PersonnelEventRow;
      const { created_at: at, reporter_name: user } = event;
      if (hasCustom(report)) {
        const locked = settings.get(report.organizationId) as Settings;
        report.checkCustom(locked);
        await insertCustomFieldValues(trx, report.organizationId, event.id, locked, report.custom);
      }
      const subject = { table: 'personnel_events' as const, id: event.id };
      const comment =
        report.comment === null ? undefined : await insertComment(trx, report.now, subject, { author: user, text: report.comment });
      reported.push({ event, activity: [{ at, user, description: 'Created the event' }], comments: comment ? [comment] : [] });
    }
    await insertActivityRows(
      trx,
      reported.flatMap(({ event, activity }) => activity.map((row) => ({ ...row, subject_id: event.id }))),
    );
    return reported;
  });

const sizeOf = ({ event, comment, custom }: Report) => JSON.stringify([event, custom]).length + (comment?.length ?? 0);

/** Records an event that waits for approval; reports that come together are recorded together. */
export const keepReport: (db: Db, report: Report) => Promise<Reported> = inGroups(keepReports, {
  itemsMax: 100,
  bytesMax: 1024 ** 2,
  sizeOf,
});
