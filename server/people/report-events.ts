import { type Db, inTransaction } from '../database/database.ts';
import { inGroups } from '../database/group-commit.ts';
import { type CustomField, findSettings, type Settings } from '../organizations/store/settings.ts';
import { type ActivityRow, type CommentRow, insertActivityRows, insertComment } from './store/activities.ts';
import { insertCustomFieldValues } from './store/custom-fields.ts';
import { insertPersonnelEvents, type NewEvent, type PersonnelEventRow } from './store/personnel-events.ts';

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

/** All of one environment. */
const keepReports = (db: Db, reports: Report[]): Promise<Reported[]> =>
  inTransaction(db, async (trx) => {
    const { organizationId, environmentId } = reports[0] as Report;
    // A field that is being switched off at this moment takes no more values.
    const settings = reports.some(hasCustom) ? await findSettings(trx, organizationId, { lock: true }) : undefined;
    const events = await insertPersonnelEvents(
      trx,
      environmentId,
      reports.map(({ event }) => event),
    );
    const reported: Reported[] = [];
    for (const [index, report] of reports.entries()) {
      const event = events[index] as PersonnelEventRow;
      const { created_at: at, reporter_name: user } = event;
      if (settings && hasCustom(report)) {
        report.checkCustom(settings);
        await insertCustomFieldValues(trx, organizationId, event.id, settings, report.custom);
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

/** Records an event that waits for approval; reports of an environment that come together are recorded together. */
export const keepReport: (db: Db, report: Report) => Promise<Reported> = inGroups(keepReports, ({ environmentId }) => environmentId, {
  itemsMax: 100,
  bytesMax: 1024 ** 2,
  sizeOf,
});
