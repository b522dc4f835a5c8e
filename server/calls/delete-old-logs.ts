import { setTimeout as wait } from 'node:timers/promises';
import { dayMs } from '../common/durations.ts';
import type { Db } from '../database/database.ts';
import { leastCorrelationId } from './correlation-id.ts';
import { deleteLogBatch, findNewestId, findNextLoggedOrganization } from './store/api-log.ts';

const batchRows = 1000;
/** Maximum rows of unknown callers, whose organization id is empty: about half a gigabyte. Anyone can send such calls. */
const unknownCallerRowsMax = 500_000;

/**
 * Deletes the calls that are older than `retentionDays` from the API log, and the oldest calls of unknown callers beyond `rowsMax`.
 *
 * Deletes in batches with pauses of `throttleMs`, so that calls that are logged at the same time wait only briefly. Several processes
 * may run this at the same time.
 */
export async function deleteOldLogs(
  logDb: Db,
  now: Date,
  retentionDays: number,
  { throttleMs, stop, rowsMax = unknownCallerRowsMax }: { throttleMs: number; stop: AbortSignal; rowsMax?: number },
): Promise<void> {
  const expired = leastCorrelationId(new Date(now.getTime() - retentionDays * dayMs));
  const oldestKept = await findNewestId(logDb, { organizationId: '', from: undefined, below: undefined }, rowsMax);
  let organizationId = await findNextLoggedOrganization(logDb, undefined);
  while (organizationId !== undefined && !stop.aborted) {
    const below = organizationId === '' && oldestKept !== undefined && oldestKept > expired ? oldestKept : expired;
    const deleted = await deleteLogBatch(logDb, organizationId, below, batchRows);
    if (deleted > 0) await wait(throttleMs, undefined, { signal: stop }).catch(() => {});
    if (deleted < batchRows) organizationId = await findNextLoggedOrganization(logDb, organizationId);
  }
}
