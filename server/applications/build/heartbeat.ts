import type { Db } from '../../database/database.ts';
import { type ImportLease, renewLease } from '../store/build-queue.ts';
import type { ImportLog } from './import-log.ts';

/** Ends a build early; the reason decides what becomes of the import. */
export class BuildEnd extends Error {
  readonly reason: 'canceled' | 'lost' | 'stopped';
  constructor(reason: BuildEnd['reason']) {
    super(reason);
    this.reason = reason;
  }
}

export interface HeartbeatSettings {
  db: Db;
  clock: () => Date;
  /** Another worker may begin the build again after this time without a renewal. */
  leaseMs: number;
  /** Time between renewals. */
  renewMs: number;
  stop: AbortSignal;
}

/** Says now and then that the build goes on; throws `BuildEnd` when it shall not. */
export interface Heartbeat {
  (): Promise<void>;
  /** The same, whenever it was said last. */
  now: () => Promise<void>;
}

export function createHeartbeat(
  { db, clock, leaseMs, renewMs, stop }: HeartbeatSettings,
  lease: ImportLease,
  importLog: ImportLog,
): Heartbeat {
  let renewed = 0;
  const now = async () => {
    renewed = clock().getTime();
    const state = await renewLease(db, lease, clock(), leaseMs, importLog.text());
    if (state === 'cancel') throw new BuildEnd('canceled');
    if (state === 'lost') throw new BuildEnd('lost');
  };
  const heartbeat = async () => {
    if (stop.aborted) throw new BuildEnd('stopped');
    if (clock().getTime() - renewed >= renewMs) await now();
  };
  return Object.assign(heartbeat, { now });
}
