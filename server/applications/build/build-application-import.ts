import { isUnavailable } from '../../database/database-errors.ts';
import { ImportFileError } from '../import-files.ts';
import type { ImportMetrics } from '../store/application-imports.ts';
import { type ApplicationRow, findApplication, type RecordCounts, rowsKinds } from '../store/applications.ts';
import { claimNextImport, endImport, type ImportLease, releaseLease, switchGeneration, syncNotStarted } from '../store/build-queue.ts';
import { compareGenerations, copyRecords, deleteLostRecords, findRecordCounts, insertGeneration } from '../store/generations.ts';
import type { BuildSettings } from './build-settings.ts';
import { BuildFailure, listFilesToBuild } from './files-to-build.ts';
import { BuildEnd, createHeartbeat, type Heartbeat } from './heartbeat.ts';
import { createImportLog, type ImportLog } from './import-log.ts';
import { createFileLoader, LoadError } from './load-import-file.ts';

const noCounts = () => ({ read: 0, added: 0, changed: 0, removed: 0, unchanged: 0, rejected: 0 });
const emptyCounts = (): RecordCounts => ({ users: 0, groups: 0, privileges: 0, identities: 0 });

/**
 * Builds the next import that waits, or answers false when none does. Safe to run twice and on many processes.
 *
 * Records go into a generation of their own, which nobody sees until `switchGeneration`: whatever happens before leaves all as it was. From then on
 * the import can only be finished, by this worker or the next: what it brings for identities is synced.
 */
export async function buildNextApplicationImport(settings: BuildSettings): Promise<boolean> {
  const { db, clock, log } = settings;
  const lease = await claimNextImport(db, clock(), settings.leaseMs);
  if (!lease) return false;
  const importLog = createImportLog(lease.import.sync_progress === null ? '' : (lease.import.log ?? ''));
  const heartbeat = createHeartbeat(settings, lease, importLog);
  try {
    if (lease.import.sync_progress !== null || (await buildRecords(settings, lease, importLog, heartbeat)))
      await settings.syncIdentities(settings, lease, heartbeat);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    if (!(error instanceof BuildEnd)) {
      log.error({ err: error, importId: lease.import.id }, 'identities could not be synced');
      importLog.add(
        `Failed: the records are in place, but not all identities could be brought up to date; the server's log has the reason under ${lease.import.id}. ` +
          'The next import goes on with them',
      );
      await endImport(db, lease, clock(), 'Failed', importLog.text());
    } else if (error.reason === 'stopped') await releaseLease(db, lease);
  }
  return true;
}

/** Answers whether readers see the records now and something is still to be synced from them. Ends the import where it goes no further. */
async function buildRecords(settings: BuildSettings, lease: ImportLease, importLog: ImportLog, heartbeat: Heartbeat): Promise<boolean> {
  const { db, clock, log } = settings;
  const generationId = await insertGeneration(db, lease, clock());
  const end = async (status: 'Failed' | 'Canceled', message: string) => {
    importLog.add(`${status}: ${message}`);
    return endImport(db, lease, clock(), status, importLog.text());
  };
  let isOurs = true;
  try {
    return await build(settings, lease, generationId, importLog, heartbeat);
  } catch (error) {
    if (error instanceof BuildEnd && error.reason === 'canceled') isOurs = await end('Canceled', 'what the application held before stays');
    else if (error instanceof BuildEnd && error.reason === 'stopped') isOurs = await releaseLease(db, lease);
    else if (error instanceof BuildEnd) isOurs = false;
    else if (error instanceof ImportFileError || error instanceof LoadError || error instanceof BuildFailure)
      isOurs = await end('Failed', error.message);
    else if (isUnavailable(error)) throw error;
    else {
      log.error({ err: error, importId: lease.import.id }, 'a build failed unexpectedly');
      isOurs = await end('Failed', `an unexpected error; the server's log has it under ${lease.import.id}`);
    }
  }
  // Whoever took the import over may have removed the generation, and then nobody knows of the records that came into it later.
  if (!isOurs) await deleteLostRecords(db, generationId);
  return false;
}

async function build(
  settings: BuildSettings,
  lease: ImportLease,
  generationId: number,
  importLog: ImportLog,
  heartbeat: Heartbeat,
): Promise<boolean> {
  const { db, importFiles, clock } = settings;
  const begun = clock();
  await heartbeat();

  const application = (await findApplication(db, lease.import.environment_id, lease.import.application_id)) as ApplicationRow;
  const files = await listFilesToBuild(db, importFiles, lease.import, application, importLog, heartbeat);
  const before = await findRecordCounts(db, application.generation_id);
  const metrics: ImportMetrics = {
    users: noCounts(),
    groups: noCounts(),
    privileges: noCounts(),
    identities: noCounts(),
    durationMs: 0,
  };
  const kept = emptyCounts();

  const load = createFileLoader(db, generationId, importLog, heartbeat, settings.rowsPerLoad);
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
      await copyRecords(db, rows, application.generation_id, generationId, heartbeat);
      kept[rows] = before[rows];
      importLog.add(`No file brings ${rows}: the ${before[rows].toLocaleString('en-US')} there are stay`);
      continue;
    }
    const { shared, same } =
      application.generation_id === null || kept[rows] === 0 || before[rows] === 0
        ? { shared: 0, same: 0 }
        : await compareGenerations(db, rows, application.generation_id, generationId, heartbeat);
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
  const { added, changed, removed } = metrics.identities;
  const hasToCarry = added + changed + removed > 0 || application.synced_generation_id !== application.generation_id;
  if (await switchGeneration(db, lease, clock(), result, hasToCarry ? { sync_progress: syncNotStarted } : undefined)) return hasToCarry;
  await heartbeat.now();
  throw new BuildEnd('lost');
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
