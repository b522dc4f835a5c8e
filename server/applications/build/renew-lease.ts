import { type Claim, renewClaim } from '../store/build-queue.ts';
import type { BuildSettings } from './build-application-import.ts';
import type { ImportLog } from './import-log.ts';

/** Ends a build early; the reason decides what becomes of the import. */
export class BuildEnd extends Error {
  readonly reason: 'canceled' | 'lost' | 'stopped';
  constructor(reason: BuildEnd['reason']) {
    super(reason);
    this.reason = reason;
  }
}

/** Says now and then that the build goes on; throws `BuildEnd` when it shall not. */
export interface KeepOn {
  (): Promise<void>;
  /** The same, whenever it was said last. */
  now: () => Promise<void>;
}

export function createKeepOn({ db, clock, leaseMs, renewMs, stop }: BuildSettings, claim: Claim, importLog: ImportLog): KeepOn {
  let renewed = 0;
  const now = async () => {
    renewed = clock().getTime();
    const state = await renewClaim(db, claim, clock(), leaseMs, importLog.text());
    if (state === 'cancel') throw new BuildEnd('canceled');
    if (state === 'lost') throw new BuildEnd('lost');
  };
  const keepOn = async () => {
    if (stop.aborted) throw new BuildEnd('stopped');
    if (clock().getTime() - renewed >= renewMs) await now();
  };
  return Object.assign(keepOn, { now });
}
