import type { Log } from '../../common/process-log.ts';
import type { ImportFiles } from '../import-files.ts';
import type { ImportLease } from '../store/build-queue.ts';
import type { Heartbeat, HeartbeatSettings } from './heartbeat.ts';

/** Syncs identities with the application's current generation and ends the import. Throws `BuildInterruption`. */
type SyncIdentities = (settings: BuildSettings, lease: ImportLease, heartbeat: Heartbeat) => Promise<void>;

export interface BuildSettings extends HeartbeatSettings {
  importFiles: ImportFiles;
  log: Log;
  /** Returns why the disk is too full to store more; undefined if it is not. A build then fails, so that it does not use the reserve of the disk. */
  diskShortage: () => string | undefined;
  /** A parameter, because `people` imports `applications` and not the reverse. */
  syncIdentities: SyncIdentities;
  /** Maximum rows of one bulk load. Tests lower it to get several loads from few rows. */
  rowsPerLoad?: number;
}
