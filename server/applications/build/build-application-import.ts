import { isUnavailable } from '../../database/database-errors.ts';
import { SharedFileError } from '../shared-directory/open-shared-file.ts';
import { claimNextImport, endImport, type ImportLease, releaseLease } from '../store/build-queue.ts';
import { deleteRecordsOfLostBuild, insertGeneration } from '../store/generations.ts';
import { buildGeneration } from './build-generation.ts';
import type { BuildSettings } from './build-settings.ts';
import { BuildFailure } from './files-to-build.ts';
import { BuildInterruption, createHeartbeat, type Heartbeat } from './heartbeat.ts';
import { createImportLog, type ImportLog } from './import-log.ts';
import { LoadError } from './load-import-file.ts';

/**
 * Builds the next import that has not ended. Returns false if none is available. Safe to run in many processes.
 *
 * The build writes its records into a new generation, which readers do not see before `switchGeneration`. A build that ends earlier changes
 * nothing. After the switch the import can't be canceled: this worker, or the next one to claim it, syncs identities and ends the import.
 */
export async function buildNextApplicationImport(settings: BuildSettings): Promise<boolean> {
  const { db, clock, log } = settings;
  const lease = await claimNextImport(db, clock(), settings.leaseMs);
  if (!lease) return false;
  const isSwitched = lease.import.sync_progress !== null;
  const importLog = createImportLog(isSwitched ? (lease.import.log ?? '') : '');
  const heartbeat = createHeartbeat(settings, lease, importLog);
  try {
    const needsSync = isSwitched || (await tryBuildGeneration(settings, lease, importLog, heartbeat));
    if (needsSync) await settings.syncIdentities(settings, lease, heartbeat);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    if (!(error instanceof BuildInterruption)) {
      log.error({ err: error, importId: lease.import.id }, 'identities could not be synced');
      importLog.add(
        'Failed: the records are imported, but not all identities could be synced with them; ' +
          `search the server's log for ${lease.import.id}. The next import continues the sync`,
      );
      await endImport(db, lease, clock(), 'Failed', importLog.text());
    } else if (error.reason === 'stopped') await releaseLease(db, lease);
  }
  return true;
}

/** Returns the heartbeat of a build, which also ends the build if the disk becomes too full. */
function requiringDisk({ diskShortage }: BuildSettings, heartbeat: Heartbeat): Heartbeat {
  const check = async () => {
    const shortage = diskShortage();
    if (shortage) throw new BuildFailure(shortage);
    await heartbeat();
  };
  return Object.assign(check, { renewNow: heartbeat.renewNow });
}

/** Builds and switches the generation of an import, and ends the import if that fails. Returns whether identities must be synced. */
async function tryBuildGeneration(
  settings: BuildSettings,
  lease: ImportLease,
  importLog: ImportLog,
  heartbeat: Heartbeat,
): Promise<boolean> {
  const { db, clock } = settings;
  const generationId = await insertGeneration(db, lease, clock());
  try {
    return await buildGeneration(settings, lease, generationId, importLog, requiringDisk(settings, heartbeat));
  } catch (error) {
    if (isUnavailable(error)) throw error;
    const hadLease = await endBrokenBuild(settings, lease, importLog, error);
    // The worker that claimed the import may have deleted this generation before its last records were written.
    if (!hadLease) await deleteRecordsOfLostBuild(db, generationId);
    return false;
  }
}

/** Ends the import, or releases its lease, according to the error of its build. Returns false if the lease was lost. */
async function endBrokenBuild(
  { db, clock, log }: BuildSettings,
  lease: ImportLease,
  importLog: ImportLog,
  error: unknown,
): Promise<boolean> {
  const end = (status: 'Failed' | 'Canceled', message: string) => {
    importLog.add(`${status}: ${message}`);
    return endImport(db, lease, clock(), status, importLog.text());
  };
  if (error instanceof BuildInterruption)
    switch (error.reason) {
      case 'canceled':
        return end('Canceled', "the application's records are unchanged");
      case 'stopped':
        return releaseLease(db, lease);
      case 'lost':
        return false;
    }
  if (error instanceof SharedFileError || error instanceof LoadError || error instanceof BuildFailure) return end('Failed', error.message);
  log.error({ err: error, importId: lease.import.id }, 'a build failed unexpectedly');
  return end('Failed', `an unexpected error; the server's log has it under ${lease.import.id}`);
}
