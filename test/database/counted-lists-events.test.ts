import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { toInstant } from '../../server/database/instants.ts';
import { splitListBlocks } from '../../server/database/split-list-blocks.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { eventTypes, workStatuses } from '../../server/people/store/personnel-event-rows.ts';
import { insertPersonnelEvents, listPersonnelEvents, updatePersonnelEvent } from '../../server/people/store/personnel-events.ts';
import { givenTenant } from '../support/given.ts';
import { miscountedIdentityLists } from '../support/given-directories.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

it('returns correct pages of events, latest first, with every filter', async () => {
  const { environmentId } = await givenTenant(server);
  const random = seededRandom(7);
  const pick = <Value>(values: readonly Value[]) => values[random(values.length)] as Value;
  const now = new Date('2030-01-01T00:00:00Z');
  const event = () => ({
    ...{ type: pick(eventTypes), status: pick(workStatuses), reporter_id: randomUUID(), reporter_name: 'a test', identity_id: null },
    ...{ needed_on: toInstant(new Date(now.getTime() + random(300) * 86_400_000)), needed_until: null, due_at: null },
    ...{ stages: [], requested_identity: null, created_at: toInstant(now) },
  });
  const add = (count: number) =>
    inTransaction(server.db, (trx) => insertPersonnelEvents(trx, environmentId, Array.from({ length: count }, event)));
  const rows = await add(2400);
  while (await splitListBlocks(server.db));
  for (let step = 0; step < 150; step++) {
    const before = rows[random(rows.length)] as (typeof rows)[number];
    const after = { ...before, status: pick(workStatuses) };
    await inTransaction(server.db, (trx) => updatePersonnelEvent(trx, before, after));
    rows[rows.indexOf(before)] = after;
    if (step % 20 === 0) rows.push(...(await add(1 + random(30))));
    if (step % 50 === 0) await splitListBlocks(server.db);
  }
  for (const filter of [{}, { type: 'Offboard' }, { status: 'Open' }, { type: 'Role Transition', status: 'Snoozed' }] as const) {
    const events = await server.db('personnel_events').where({ environment_id: environmentId, ...filter });
    const numbers = events.sort((a, b) => (a.needed_on < b.needed_on ? 1 : a.needed_on > b.needed_on ? -1 : b.number - a.number));
    for (let offset = 0; offset <= events.length; offset += 50) {
      const page = await listPersonnelEvents(server.db, { environment_id: environmentId, ...filter }, { limit: 50, offset });
      expect([page.totalCount, page.rows.map(({ number }) => number)]).toEqual([
        events.length,
        numbers.slice(offset, offset + 50).map(({ number }) => number),
      ]);
    }
  }
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
});
