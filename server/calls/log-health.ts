import type { Log } from '../common/process-log.ts';
import type { Db } from '../database/database.ts';
import { isRowError } from '../database/database-errors.ts';
import { newCorrelationId } from './correlation-id.ts';
import { insertAndDeleteProbe } from './store/api-log.ts';

const probeMs = 1_000;
/** Without a write for this time, a question about the health of the log writes a row. */
const idleMsMax = 10_000;
export const logFault = "Calls can't be stored in the API log; check the space, the permissions and the connection of its database";

/**
 * Watches whether calls can be logged.
 *
 * After a failed write it tries again every second until a write succeeds. So the server becomes ready again without a restart.
 */
export function createLogHealth(logDb: Db, log: Log) {
  let hasFailed = false;
  let writtenAt = performance.now();
  let probing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function noteSuccess(): void {
    writtenAt = performance.now();
    if (!hasFailed) return;
    hasFailed = false;
    clearInterval(timer);
    log.info('calls can be stored in the API log again');
  }

  function noteFailure(error: unknown): void {
    if (hasFailed || isRowError(error)) return;
    hasFailed = true;
    log.error({ err: error }, 'calls cannot be stored in the API log; the server is not ready');
    timer = setInterval(() => void probe(), probeMs);
    timer.unref();
  }

  /** Runs a write of the log and remembers whether it succeeded. */
  async function watch(write: () => Promise<void>): Promise<void> {
    try {
      await write();
      noteSuccess();
    } catch (error) {
      noteFailure(error);
      throw error;
    }
  }

  function probe(): Promise<void> {
    probing ??= watch(() => insertAndDeleteProbe(logDb, newCorrelationId(new Date())))
      .catch(() => {})
      .finally(() => {
        probing = undefined;
      });
    return probing;
  }

  async function fault(): Promise<string | undefined> {
    if (!hasFailed && performance.now() - writtenAt > idleMsMax) await probe();
    return hasFailed ? logFault : undefined;
  }

  return { watch, fault, hasFailed: () => hasFailed, stop: () => clearInterval(timer) };
}
