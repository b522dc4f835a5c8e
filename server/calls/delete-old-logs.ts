import { setTimeout as wait } from 'node:timers/promises';
import { dayMs } from '../common/durations.ts';
import type { Db } from '../database/database.ts';
import { leastCorrelationId } from './correlation-id.ts';
import { deleteSomeLogs, findNextLogged } from './store/api-log.ts';

const stepRows = 1000;

/**
 * Deletes calls that the API log has kept for `retentionDays`, a few at once, so that calls which are logged meanwhile hardly wait; with others that
 * do the same, each row is deleted by whoever comes first.
 */
export async function deleteOldLogs(
  logDb: Db,
  now: Date,
  retentionDays: number,
  { restMs, stop }: { restMs: number; stop: AbortSignal },
): Promise<void> {
  const below = leastCorrelationId(new Date(now.getTime() - retentionDays * dayMs));
  let organizationId = await findNextLogged(logDb, undefined);
  while (organizationId !== undefined && !stop.aborted) {
    const deleted = await deleteSomeLogs(logDb, organizationId, below, stepRows);
    if (deleted > 0) await wait(restMs, undefined, { signal: stop }).catch(() => {});
    if (deleted < stepRows) organizationId = await findNextLogged(logDb, organizationId);
  }
}
