import { type Db } from '../database/database.ts';
import { isUnavailable } from '../database/database-errors.ts';
import { toInstant } from '../database/instants.ts';
import { inTransaction } from '../database/transactions.ts';
import { advance, systemActor } from './event-workflow.ts';
import { findPersonnelEvent, listDueEvents, postponeEvent } from './store/personnel-events.ts';

/** When to look again at an event that could not be advanced. */
const laterMs = 60_000;

/**
 * Carries on the events whose date has come. Safe to run on many processes: each event is done by whoever locks it first, and the others find
 * nothing due in it. Answers how many were advanced.
 */
export async function openDueEvents(db: Db, now: Date): Promise<number> {
  let opened = 0;
  const failures: unknown[] = [];
  for (const { environment_id, id } of await listDueEvents(db, now)) {
    try {
      if (await openDueEvent(db, now, environment_id, id)) opened++;
    } catch (error) {
      failures.push(error);
      if (!isUnavailable(error)) await postponeEvent(db, id, new Date(now.getTime() + laterMs));
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some events could not be advanced; the others were');
  return opened;
}

const openDueEvent = (db: Db, now: Date, environmentId: string, id: string): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const event = await findPersonnelEvent(trx, environmentId, id, { lock: true });
    if (!event?.due_at || event.due_at > toInstant(now)) return false;
    await advance({ trx, now, user: systemActor }, event);
    return true;
  });
