import type { Log } from '../common/process-log.ts';
import type { Db } from '../database/database.ts';
import { toInstant } from '../database/instants.ts';
import { inTransaction } from '../database/transactions.ts';
import { nextRunOf } from './cron.ts';
import { hasPendingImport, insertApplicationImport } from './store/application-imports.ts';
import { type ApplicationRow, listDueApplications, moveNextRun } from './store/applications.ts';
import { QueueFull } from './store/import-queues.ts';

const retryMs = 60_000;

/**
 * Stages an import for every application whose next run is due. Returns the number of staged imports.
 *
 * Safe to run in many processes: only the process that advances the next run stages the import. If several runs were missed, only one import is
 * staged. A scheduled import that is still pending suppresses the next one, because both would read the same files. In an environment with
 * `openImportsMax` open imports the run is postponed by a minute, which is logged. Throws `AggregateError` if an application fails, after all
 * other applications were processed.
 */
export async function stageDueImports(db: Db, now: Date, { openImportsMax, log }: { openImportsMax: number; log: Log }): Promise<number> {
  let staged = 0;
  const postponed: ApplicationRow[] = [];
  const failures: unknown[] = [];
  for (const application of await listDueApplications(db, now)) {
    try {
      const result = await stageDueImport(db, now, application, openImportsMax);
      if (result === 'staged') staged++;
      if (result === 'postponed') postponed.push(application);
    } catch (error) {
      failures.push(error);
    }
  }
  for (const [environmentId, applications] of Map.groupBy(postponed, (application) => application.environment_id))
    log.warn(
      { environmentId, applicationIds: applications.map(({ id }) => id) },
      `scheduled imports are postponed by a minute: their environment has ${openImportsMax} imports that have not ended`,
    );
  if (failures.length > 0) throw new AggregateError(failures, 'Some scheduled imports could not be staged; all others were staged');
  return staged;
}

async function stageDueImport(
  db: Db,
  now: Date,
  application: ApplicationRow,
  openImportsMax: number,
): Promise<'staged' | 'skipped' | 'postponed'> {
  const next = application.is_archived ? null : nextRunOf(application.import_schedule, now);
  try {
    return await inTransaction(db, async (trx) => {
      if (!(await moveNextRun(trx, application, next)) || application.is_archived) return 'skipped';
      if (await hasPendingImport(trx, application.id, 'Scheduled')) return 'skipped';
      const { environment_id, id: application_id } = application;
      const values = { environment_id, application_id, type: 'Scheduled' as const, created_by: 'Schedule' };
      await insertApplicationImport(trx, now, values, [], openImportsMax);
      return 'staged';
    });
  } catch (error) {
    if (!(error instanceof QueueFull)) throw error;
    const retryAt = toInstant(new Date(now.getTime() + retryMs));
    return (await moveNextRun(db, application, next !== null && next < retryAt ? next : retryAt)) ? 'postponed' : 'skipped';
  }
}
