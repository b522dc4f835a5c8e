import type { Db } from '../../database/database.ts';
import { type ImportLease, renewLease } from '../store/build-queue.ts';
import type { ImportLog } from './import-log.ts';

/** Thrown to end a build early, when its import is canceled, its lease is lost or the process stops. */
export class BuildInterruption extends Error {
  readonly reason: 'canceled' | 'lost' | 'stopped';
  constructor(reason: BuildInterruption['reason']) {
    super(reason);
    this.reason = reason;
  }
}

export interface HeartbeatSettings {
  db: Db;
  clock: () => Date;
  /** Validity of a lease without renewal. Another worker may claim the import afterwards. */
  leaseMs: number;
  /** Minimum time between renewals. */
  renewMs: number;
  stop: AbortSignal;
}

/** Renews the lease if `renewMs` have passed since the last renewal. Throws `BuildInterruption`. */
export interface Heartbeat {
  (): Promise<void>;
  /** Renews the lease immediately. Throws `BuildInterruption`. */
  renewNow: () => Promise<void>;
}

/** Creates the heartbeat of a build. Each renewal also stores the import's log so far. */
export function createHeartbeat(
  { db, clock, leaseMs, renewMs, stop }: HeartbeatSettings,
  lease: ImportLease,
  importLog: ImportLog,
): Heartbeat {
  let renewedAtMs = 0;
  const renewNow = async () => {
    renewedAtMs = clock().getTime();
    const state = await renewLease(db, lease, clock(), leaseMs, importLog.text());
    if (state === 'cancel') throw new BuildInterruption('canceled');
    if (state === 'lost') throw new BuildInterruption('lost');
  };
  const heartbeat = async () => {
    if (stop.aborted) throw new BuildInterruption('stopped');
    if (clock().getTime() - renewedAtMs >= renewMs) await renewNow();
  };
  return Object.assign(heartbeat, { renewNow });
}
