import { setTimeout as wait } from 'node:timers/promises';
import { dayMs } from '../common/durations.ts';
import type { Db } from '../database/database.ts';
import { leastCorrelationId } from './correlation-id.ts';
import { deleteLogBatch, findNextLoggedOrganization } from './store/api-log.ts';

const batchRows = 1000;

/**
 * Deletes the calls that are older than `retentionDays` from the API log.
 *
 * Deletes in batches with pauses of `throttleMs`, so that calls that are logged at the same time wait only briefly. Several processes
 * may run this at the same time.
 */
export async function deleteOldLogs(
  logDb: Db,
  now: Date,
  retentionDays: number,
  { throttleMs, stop }: { throttleMs: number; stop: AbortSignal },
): Promise<void> {
  const below = leastCorrelationId(new Date(now.getTime() - retentionDays * dayMs));
  let organizationId = await findNextLoggedOrganization(logDb, undefined);
  while (organizationId !== undefined && !stop.aborted) {
    const deleted = await deleteLogBatch(logDb, organizationId, below, batchRows);
    if (deleted > 0) await wait(throttleMs, undefined, { signal: stop }).catch(() => {});
    if (deleted < batchRows) organizationId = await findNextLoggedOrganization(logDb, organizationId);
  }
}
