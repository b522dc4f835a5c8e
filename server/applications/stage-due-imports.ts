import type { Db } from '../database/database.ts';
import { inTransaction } from '../database/transactions.ts';
import { nextRunOf } from './cron.ts';
import { hasPendingImport, insertApplicationImport } from './store/application-imports.ts';
import { type ApplicationRow, listDueApplications, moveNextRun } from './store/applications.ts';

/**
 * Stages an import for every application whose next run is due. Returns the number of staged imports.
 *
 * Safe to run in many processes: only the process that advances the next run stages the import. If several runs were missed, only one import is
 * staged. A scheduled import that is still pending suppresses the next one, because both would read the same files. Throws `AggregateError` if an
 * application fails, after all other applications were processed.
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
  if (failures.length > 0) throw new AggregateError(failures, 'Some scheduled imports could not be staged; all others were staged');
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
