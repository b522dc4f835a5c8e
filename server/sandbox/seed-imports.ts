import { buildNextApplicationImport } from '../applications/build/build-application-import.ts';
import type { ImportFiles } from '../applications/import-files.ts';
import { insertApplicationImport } from '../applications/store/application-imports.ts';
import { type ApplicationRow, findApplication, updateApplication } from '../applications/store/applications.ts';
import type { Log } from '../common/process-log.ts';
import type { Db } from '../database/database.ts';
import { inTransaction } from '../database/transactions.ts';
import { setLastNumber } from '../organizations/store/sequences.ts';
import { syncIdentities } from '../people/sync-identities.ts';
import { applicationIds, fileGroupIds, scheduleOf } from './seed-applications.ts';

/** Builds the imports of the contract's examples from the sample files, with the clock at the times of the examples. */
export async function buildImports(db: Db, importFiles: ImportFiles, log: Log, environment_id: string): Promise<void> {
  const build = async (
    number: number,
    at: string,
    application_id: string,
    values: { id?: string; type?: 'Scheduled' | 'API'; created_by?: string },
  ) => {
    const clock = () => new Date(at);
    await inTransaction(db, async (trx) => {
      await setLastNumber(trx, environment_id, 'application_imports', number - 1);
      await insertApplicationImport(trx, clock(), { environment_id, application_id, type: 'Scheduled', created_by: 'Schedule', ...values });
    });
    await buildNextApplicationImport({
      db,
      importFiles,
      clock,
      log,
      leaseMs: 60_000,
      renewMs: 1_000,
      stop: new AbortController().signal,
      syncIdentities,
      diskShortage: () => undefined,
    });
  };
  const silverlake = (await findApplication(db, environment_id, applicationIds.silverlake)) as ApplicationRow;
  const setSilverlakeFile = (path: string) =>
    updateApplication(db, silverlake, { import_schedule: scheduleOf(fileGroupIds.silverlakeUsers, path, '0 2 * * *') });
  await setSilverlakeFile('silverlake/users-before.csv');
  await build(42, '2026-02-18T08:00:00Z', applicationIds.silverlake, {
    id: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
    type: 'API',
    created_by: 'API Token - HRIS Integration',
  });
  await build(45, '2026-02-19T01:30:00Z', applicationIds.directory, {});
  await setSilverlakeFile('silverlake/missing.csv');
  await build(46, '2026-02-19T02:00:00Z', applicationIds.silverlake, { id: 'e0f1a2b3-c4d5-4e6f-8a7b-9c0d1e2f3a4b' });
  await setSilverlakeFile('silverlake/users.csv');
  await build(47, '2026-02-20T08:15:00Z', applicationIds.silverlake, { id: 'f1e2d3c4-b5a6-9788-7654-321fedcba098' });
}
