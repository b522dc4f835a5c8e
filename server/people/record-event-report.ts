import type { Db } from '../database/database.ts';
import { createNamedGroupCommits } from '../database/group-commit.ts';
import { inTransaction } from '../database/transactions.ts';
import { type CustomField, findSettings, type Settings } from '../organizations/store/settings.ts';
import { type ActivityRow, type CommentRow, insertActivityRows, insertComment } from './store/activities.ts';
import { insertCustomFieldValues } from './store/custom-fields.ts';
import type { PersonnelEventRow } from './store/personnel-event-rows.ts';
import { insertPersonnelEvents, type NewPersonnelEvent } from './store/personnel-events.ts';

export interface EventReport {
  organizationId: string;
  environmentId: string;
  now: Date;
  event: NewPersonnelEvent;
  customFieldValues: Partial<Record<CustomField, string | null>>;
  /** Throws 400 if a custom field is switched off in these settings. */
  checkCustomFields: (settings: Settings) => void;
  comment: string | null;
}
export interface RecordedEvent {
  event: PersonnelEventRow;
  activity: ActivityRow[];
  comments: CommentRow[];
}

const hasCustomFields = ({ customFieldValues }: EventReport) => Object.keys(customFieldValues).length > 0;

/** Records reports of one environment in one transaction. Returns the results in the same order. */
const recordEventReports = (db: Db, reports: EventReport[]): Promise<RecordedEvent[]> =>
  inTransaction(db, async (trx) => {
    const { organizationId, environmentId } = reports[0] as EventReport;
    // The lock prevents a concurrent change of the settings from switching a field off while its value is stored.
    const settings = reports.some(hasCustomFields) ? await findSettings(trx, organizationId, { lock: true }) : undefined;
    const events = await insertPersonnelEvents(
      trx,
      environmentId,
      reports.map(({ event }) => event),
    );
    const recorded: RecordedEvent[] = [];
    for (const [index, report] of reports.entries()) {
      const event = events[index] as PersonnelEventRow;
      const { created_at: at, reporter_name: actor } = event;
      if (settings && hasCustomFields(report)) {
        report.checkCustomFields(settings);
        await insertCustomFieldValues(trx, organizationId, event.id, settings, report.customFieldValues);
      }
      const subject = { table: 'personnel_events' as const, id: event.id };
      const comment =
        report.comment === null ? undefined : await insertComment(trx, report.now, subject, { author: actor, text: report.comment });
      recorded.push({ event, activity: [{ at, user: actor, description: 'Created the event' }], comments: comment ? [comment] : [] });
    }
    await insertActivityRows(
      trx,
      recorded.flatMap(({ event, activity }) => activity.map((row) => ({ ...row, subject_id: event.id }))),
    );
    return recorded;
  });

const sizeOf = ({ event, comment, customFieldValues }: EventReport) =>
  JSON.stringify([event, customFieldValues]).length + (comment?.length ?? 0);

/** Records a new event with its history. Concurrent reports of the same environment share one transaction (group commit). */
export const recordEventReport: (db: Db, report: EventReport) => Promise<RecordedEvent> = createNamedGroupCommits(
  recordEventReports,
  ({ environmentId }) => environmentId,
  {
    itemsMax: 100,
    bytesMax: 1024 ** 2,
    sizeOf,
  },
);
