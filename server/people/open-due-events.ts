import type { Db } from '../database/database.ts';
import { isUnavailable } from '../database/database-errors.ts';
import { toInstant } from '../database/instants.ts';
import { inTransaction } from '../database/transactions.ts';
import { advanceEvent } from './advance-event.ts';
import { systemActor } from './event-activities.ts';
import { findPersonnelEvent, listDueEvents, postponeEvent } from './store/personnel-events.ts';

/** Delay before the next attempt at an event that could not be advanced. */
const retryMs = 60_000;

/**
 * Advances up to 100 events that are due, each in its own transaction. Returns the number of advanced events.
 *
 * Many processes may run this at once: the first process that locks an event advances it, and the others find that it is no longer due. Throws
 * an `AggregateError` after all events were tried if some of them failed.
 */
export async function openDueEvents(db: Db, now: Date): Promise<number> {
  let advanced = 0;
  const failures: unknown[] = [];
  for (const { environment_id, id } of await listDueEvents(db, now)) {
    try {
      if (await advanceDueEvent(db, now, environment_id, id)) advanced++;
    } catch (error) {
      failures.push(error);
      if (!isUnavailable(error)) await postponeEvent(db, id, new Date(now.getTime() + retryMs));
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some personnel events could not be advanced; the others were advanced');
  return advanced;
}

const advanceDueEvent = (db: Db, now: Date, environmentId: string, id: string): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const event = await findPersonnelEvent(trx, environmentId, id, { lock: true });
    if (!event?.due_at || event.due_at > toInstant(now)) return false;
    await advanceEvent({ trx, now, actor: systemActor }, event);
    return true;
  });
