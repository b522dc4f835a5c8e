import { setClock } from '../support/given-events.ts';
import type { TestServer } from '../support/server.ts';

/** Sets the clock to noon of June 15, 2030, and removes the due dates of events from other tests. */
export async function startWithoutDueEvents(server: TestServer): Promise<void> {
  setClock(server, '2030-06-15T12:00:00Z');
  await server.db('personnel_events').update({ due_at: null });
}
