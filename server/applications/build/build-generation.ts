import type { ImportMetrics } from '../store/application-imports.ts';
import { type ApplicationRow, findApplication, type RecordCounts, rowsKinds } from '../store/applications.ts';
import { type ImportLease, switchGeneration, syncNotStarted } from '../store/build-queue.ts';
import { compareGenerations, copyRecords } from '../store/generation-records.ts';
import { findRecordCounts } from '../store/generations.ts';
import type { BuildSettings } from './build-settings.ts';
import { BuildFailure, listFilesToBuild } from './files-to-build.ts';
import { BuildInterruption, type Heartbeat } from './heartbeat.ts';
import type { ImportLog } from './import-log.ts';
import { createFileLoader } from './load-import-file.ts';

const noRowCounts = () => ({ read: 0, added: 0, changed: 0, removed: 0, unchanged: 0, rejected: 0 });
const noRecordCounts = (): RecordCounts => ({ users: 0, groups: 0, privileges: 0, identities: 0 });

/**
 * Loads an import's files into a new generation, compares it with the current one and switches the application to it.
 *
 * Returns whether identities must be synced before the import ends. Throws `BuildInterruption`, `BuildFailure`, `SharedFileError` or `LoadError`.
 */
export async function buildGeneration(
  settings: BuildSettings,
  lease: ImportLease,
  generationId: number,
  importLog: ImportLog,
  heartbeat: Heartbeat,
): Promise<boolean> {
  const { db, importFiles, clock } = settings;
  const startedAt = clock();
  await heartbeat();

  const application = (await findApplication(db, lease.import.environment_id, lease.import.application_id)) as ApplicationRow;
  const files = await listFilesToBuild(db, importFiles, lease.import, application, importLog, heartbeat);
  const countsBefore = await findRecordCounts(db, application.generation_id);
  const metrics: ImportMetrics = {
    users: noRowCounts(),
    groups: noRowCounts(),
    privileges: noRowCounts(),
    identities: noRowCounts(),
    durationMs: 0,
  };
  const recordCounts = noRecordCounts();

  const load = createFileLoader(db, generationId, importLog, heartbeat, settings.rowsPerLoad);
  for (const { file, group } of files) {
    const { read, rejected } = await load(group, file, importFiles.read(file.id));
    metrics[group.rows].read += read;
    metrics[group.rows].rejected += rejected;
    recordCounts[group.rows] += read - rejected;
  }

  const loadedKinds = new Set(files.map(({ group }) => group.rows));
  const connectorKinds = new Set(application.connector?.fileGroups.map((group) => group.rows));
  for (const rowsKind of rowsKinds) {
    const before = countsBefore[rowsKind];
    if (!loadedKinds.has(rowsKind) && connectorKinds.has(rowsKind) && before > 0 && application.generation_id !== null) {
      await copyRecords(db, rowsKind, application.generation_id, generationId, heartbeat);
      recordCounts[rowsKind] = before;
      importLog.add(`No file for ${rowsKind}: the existing ${before.toLocaleString('en-US')} stay unchanged`);
      continue;
    }
    const { shared, unchanged } =
      application.generation_id === null || recordCounts[rowsKind] === 0 || before === 0
        ? { shared: 0, unchanged: 0 }
        : await compareGenerations(db, rowsKind, application.generation_id, generationId, heartbeat);
    Object.assign(metrics[rowsKind], {
      added: recordCounts[rowsKind] - shared,
      changed: shared - unchanged,
      unchanged,
      removed: before - shared,
    });
  }
  checkChangeLimit(application, countsBefore, metrics);

  importLog.add(`Finished: ${totalsOf(metrics)}`);
  metrics.durationMs = clock().getTime() - startedAt.getTime();
  const result = { generationId, recordCounts, metrics, log: importLog.text() };
  const needsSync = changesOf(metrics, 'identities') > 0 || application.synced_generation_id !== application.generation_id;
  const sync = needsSync ? { sync_progress: syncNotStarted } : undefined;
  if (await switchGeneration(db, lease, clock(), result, sync)) return needsSync;
  // The import was canceled or its lease is lost: the heartbeat throws the reason.
  await heartbeat.renewNow();
  throw new BuildInterruption('lost');
}

const changesOf = (metrics: ImportMetrics, rowsKind: (typeof rowsKinds)[number]) =>
  metrics[rowsKind].added + metrics[rowsKind].changed + metrics[rowsKind].removed;

const totalsOf = (metrics: ImportMetrics) =>
  (['added', 'changed', 'removed', 'unchanged', 'rejected'] as const)
    .map((name) => `${rowsKinds.reduce((total, rowsKind) => total + metrics[rowsKind][name], 0).toLocaleString('en-US')} ${name}`)
    .join(', ');

/** Throws `BuildFailure` if an import changes more than the application's limit allows, because its file is probably broken. */
function checkChangeLimit(application: ApplicationRow, countsBefore: RecordCounts, metrics: ImportMetrics): void {
  const limit = application.change_limit_percent;
  const total = rowsKinds.reduce((sum, rowsKind) => sum + countsBefore[rowsKind], 0);
  if (limit === null || total === 0) return;
  const changes = rowsKinds.reduce((sum, rowsKind) => sum + changesOf(metrics, rowsKind), 0);
  if (changes * 100 <= limit * total) return;
  throw new BuildFailure(
    `${changes.toLocaleString('en-US')} changes to ${total.toLocaleString('en-US')} records are more than the limit of ${limit} %; ` +
      'nothing was changed. If they are intended, raise the limit and import again',
  );
}
