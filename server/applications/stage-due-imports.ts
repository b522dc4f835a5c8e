import { type Db, inTransaction } from '../database/database.ts';
import { nextRunOf } from './cron.ts';
import { hasPendingImport, insertApplicationImport } from './store/application-imports.ts';
import { type ApplicationRow, listDueApplications, moveNextRun } from './store/applications.ts';

/**
 * Stages an import for every application whose schedule has come due. Safe to run on many processes: whoever moves the schedule on stages.
 *
 * Runs that were missed while nothing ran count once. Where the last scheduled import still waits, another would bring the same files.
 */
export async function stageDueImports(db: Db, now: Date): Promise<number> {
  let staged = 0;
  const failures: unknown[] = [];
  for (const application of await listDueApplications(db, now)) {
    try {
      if (await stageDueImport(db, now, application)) staged++;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some schedules could not be staged; the others were');
  return staged;
}

const stageDueImport = (db: Db, now: Date, application: ApplicationRow): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const next = application.is_archived ? null : nextRunOf(application.import_schedule, now);
    if (!(await moveNextRun(trx, application, next)) || application.is_archived) return false;
    if (await hasPendingImport(trx, application.id, 'Scheduled')) return false;
    await insertApplicationImport(trx, now, {
      environment_id: application.environment_id,
      application_id: application.id,
      type: 'Scheduled',
      created_by: 'Schedule',
    });
    return true;
  });
