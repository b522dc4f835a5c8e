import type { Log } from '../../common/process-log.ts';
import type { ImportFiles } from '../import-files.ts';
import type { ImportLease } from '../store/build-queue.ts';
import type { Heartbeat, HeartbeatSettings } from './heartbeat.ts';

/** Brings what follows from new records up to date, and ends the import. Throws `BuildEnd` like every step of a build. */
export type AfterSwitch = (settings: BuildSettings, lease: ImportLease, heartbeat: Heartbeat) => Promise<void>;

export interface BuildSettings extends HeartbeatSettings {
  importFiles: ImportFiles;
  log: Log;
  /** Syncs identities with the new generation. Handed in, because people know applications and not the other way round. */
  syncIdentities: AfterSwitch;
  /** Rows of one bulk load. Tests set fewer, to get several loads from few rows. */
  rowsPerLoad?: number;
}
