import { ImportFileError, type ImportFiles } from '../import-files.ts';
import type { Log } from '../log.ts';
import { type ImportFileRow, type ImportMetrics, insertImportFiles, listImportFiles } from '../store/application-imports.ts';
import { type ApplicationRow, type FileGroup, findApplication, type RecordCounts, rowsKinds } from '../store/applications.ts';
import { type Claim, claimNextImport, endImport, releaseClaim, renewClaim, switchGeneration } from '../store/build-queue.ts';
import { type Db, isUnavailable } from '../store/database.ts';
import { compareGenerations, copyRecords, deleteSomeRecords, findRecordCounts, insertGeneration } from '../store/generations.ts';
import { createImportLog } from './import-log.ts';
import { createFileLoader, LoadError } from './load-import-file.ts';

export interface BuildSettings {
  db: Db;
  importFiles: ImportFiles;
  clock: () => Date;
  log: Log;
  /** How long a build may be silent before another worker may begin it again. */
  leaseMs: number;
  /** How often a build says that it is alive and asks whether it is still wanted. */
  renewMs: number;
  stop: AbortSignal;
}

/** Ends a build early; the reason decides what becomes of the import. */
class BuildEnd extends Error {
  readonly reason: 'canceled' | 'lost' | 'stopped';
  constructor(reason: BuildEnd['reason']) {
    super(reason);
    this.reason = reason;
  }
}
/** The import fails, in these words. */
class BuildFailure extends Error {}

const noCounts = () => ({ read: 0, added: 0, changed: 0, removed: 0, unchanged: 0, rejected: 0 });
const emptyCounts = (): RecordCounts => ({ users: 0, groups: 0, privileges: 0, identities: 0 });

/**
 * Builds the next import that waits, or answers false when none does. Safe to run twice and on many processes.
 *
 * Records go into a generation of their own, which nobody sees until `switchGeneration`: whatever happens before leaves all as it was.
 */
export async function buildNextApplicationImport(settings: BuildSettings): Promise<boolean> {
  const { db, clock, log } = settings;
  const claim = await claimNextImport(db, clock(), settings.leaseMs);
  if (!claim) return false;
  const importLog = createImportLog();
  const generationId = await insertGeneration(db, claim, clock());
  const end = async (status: 'Failed' | 'Canceled', message: string) => {
    importLog.add(`${status}: ${message}`);
    await endImport(db, claim, clock(), status, importLog.text());
  };
  try {
    await build(settings, claim, generationId, importLog);
  } catch (error) {
    if (error instanceof BuildEnd && error.reason === 'canceled') await end('Canceled', 'what the application held before stays');
    else if (error instanceof BuildEnd && error.reason === 'stopped') await releaseClaim(db, claim);
    else if (error instanceof BuildEnd) while ((await deleteSomeRecords(db, generationId)) > 0);
    else if (error instanceof ImportFileError || error instanceof LoadError || error instanceof BuildFailure)
      await end('Failed', error.message);
    else if (isUnavailable(error)) throw error;
    else {
      log.error({ err: error, importId: claim.import.id }, 'a build failed unexpectedly');
      await end('Failed', `an unexpected error; the server's log has it under ${claim.import.id}`);
    }
  }
  return true;
}

async function build(
  settings: BuildSettings,
  claim: Claim,
  generationId: number,
  importLog: ReturnType<typeof createImportLog>,
): Promise<void> {
  const { db, importFiles, clock } = settings;
  const begun = clock();
  let renewed = 0;
  const keepOn = async () => {
    if (settings.stop.aborted) throw new BuildEnd('stopped');
    if (clock().getTime() - renewed < settings.renewMs) return;
    renewed = clock().getTime();
    const state = await renewClaim(db, claim, clock(), settings.leaseMs, importLog.text());
    if (state === 'cancel') throw new BuildEnd('canceled');
    if (state === 'lost') throw new BuildEnd('lost');
  };
  await keepOn();

  const application = (await findApplication(db, claim.import.environment_id, claim.import.application_id)) as ApplicationRow;
  const files = await filesOf(settings, claim, application, keepOn);
  const before = await findRecordCounts(db, application.generation_id);
  const metrics: ImportMetrics = {
    users: noCounts(),
    groups: noCounts(),
    privileges: noCounts(),
    identities: noCounts(),
    durationMs: 0,
  };
  const kept = emptyCounts();

  const load = createFileLoader(db, generationId, importLog, keepOn);
  for (const { file, group } of files) {
    const { read, rejected } = await load(group, file, importFiles.read(file.id));
    metrics[group.rows].read += read;
    metrics[group.rows].rejected += rejected;
    kept[group.rows] += read - rejected;
  }

  const filled = new Set(files.map(({ group }) => group.rows));
  const known = new Set(application.connector?.fileGroups.map((group) => group.rows));
  for (const rows of rowsKinds) {
    if (!filled.has(rows) && known.has(rows) && before[rows] > 0 && application.generation_id !== null) {
      await copyRecords(db, rows, application.generation_id, generationId, keepOn);
      kept[rows] = before[rows];
      importLog.add(`No file brings ${rows}: the ${before[rows].toLocaleString('en-US')} there are stay`);
      continue;
    }
    const { shared, same } =
      application.generation_id === null || kept[rows] === 0 || before[rows] === 0
        ? { shared: 0, same: 0 }
        : await compareGenerations(db, rows, application.generation_id, generationId, keepOn);
    const counts = metrics[rows];
    counts.added = kept[rows] - shared;
    counts.changed = shared - same;
    counts.unchanged = same;
    counts.removed = before[rows] - shared;
  }
  checkChangeLimit(application, before, metrics);

  const sum = (name: 'added' | 'changed' | 'removed' | 'unchanged' | 'rejected') =>
    `${rowsKinds.reduce((total, rows) => total + metrics[rows][name], 0).toLocaleString('en-US')} ${name}`;
  importLog.add(`Finished: ${[sum('added'), sum('changed'), sum('removed'), sum('unchanged'), sum('rejected')].join(', ')}`);
  metrics.durationMs = clock().getTime() - begun.getTime();
  const result = { generationId, recordCounts: kept, metrics, log: importLog.text() };
  if (await switchGeneration(db, claim, clock(), result)) return;
  renewed = 0;
  await keepOn();
  throw new BuildEnd('lost');
}

/** The files of an import with their file groups: those uploaded with it, or those of the schedule, copied now unless an earlier try has. */
async function filesOf(
  { db, importFiles }: BuildSettings,
  claim: Claim,
  application: ApplicationRow,
  keepOn: () => Promise<void>,
): Promise<{ file: ImportFileRow; group: FileGroup }[]> {
  const groups = application.connector?.fileGroups ?? [];
  const groupOf = (id: string) => groups.find((group) => group.id.toLowerCase() === id.toLowerCase());
  let files = await listImportFiles(db, claim.import.id);
  if (files.length === 0) {
    const copies = [];
    for (const { fileGroupId, path } of application.import_schedule?.files ?? []) {
      const group = groupOf(fileGroupId);
      if (!group) continue;
      await keepOn();
      try {
        const { name, ...kept } = await importFiles.keepShared(path);
        copies.push({ ...kept, file_group_id: group.id, file_group: group.name, name });
      } catch (error) {
        if (error instanceof ImportFileError) throw new ImportFileError(`${group.name}: ${error.message}`);
        throw error;
      }
    }
    if (copies.length === 0) throw new BuildFailure('the application has no import schedule any more');
    await insertImportFiles(db, claim.import.id, copies);
    files = await listImportFiles(db, claim.import.id);
  }
  return files.map((file) => {
    const group = groupOf(file.file_group_id);
    if (!group) throw new BuildFailure(`${file.file_group}: the application's connector has no such file group any more`);
    return { file, group };
  });
}

/** An import that replaces far more than usual is more often a broken file than a busy night. */
function checkChangeLimit(application: ApplicationRow, before: RecordCounts, metrics: ImportMetrics): void {
  const limit = application.change_limit_percent;
  const total = rowsKinds.reduce((sum, rows) => sum + before[rows], 0);
  if (limit === null || total === 0) return;
  const changes = rowsKinds.reduce((sum, rows) => sum + metrics[rows].added + metrics[rows].changed + metrics[rows].removed, 0);
  if (changes * 100 <= limit * total) return;
  throw new BuildFailure(
    `${changes.toLocaleString('en-US')} changes to ${total.toLocaleString('en-US')} records are more than the limit of ${limit} %; ` +
      'nothing was changed. If they are meant, raise the limit and import again',
  );
}
