import { beforeEach, expect, it } from 'vitest';
import { openDueEvents } from '../../server/people/open-due-events.ts';
import { disconnectingDb } from '../support/disconnecting-db.ts';
import { givenTenant } from '../support/given.ts';
import {
  completeApproval,
  dumpPersonnelTables,
  givenLeave,
  givenOnboard,
  givenPerson,
  miscountedLists,
  requestStatesOf,
} from '../support/given-events.ts';
import { completeOpenRequests, givenOffboard, readEvent } from '../support/given-people.ts';
import { useServer } from '../support/server.ts';
import { startWithoutDueEvents } from './due-events.ts';

const server = useServer();

const openDue = (instant: string) => openDueEvents(server.db, new Date(instant));
beforeEach(() => startWithoutDueEvents(server));

it('opens the other events if one fails, throws the error, and retries the failed event later', async () => {
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant);
  const broken = await givenOnboard(tenant, '2030-06-18');
  const good = await completeApproval(tenant, await givenOffboard(server, tenant, person.id, '2030-06-20'));
  const row = () => server.db('personnel_events').where({ id: broken.id });
  const { stages } = await row().first();
  await row().update({ stages: 'not JSON' });
  await expect(openDue('2030-06-20T00:00:00Z')).rejects.toThrow('Some personnel events could not be advanced; the others were advanced');
  expect(await requestStatesOf(tenant, good)).toEqual(['Remove Open']);
  await row().update({ stages });
  expect(await openDue('2030-06-20T00:00:00Z')).toBe(0);
  expect([await openDue('2030-06-20T00:01:00Z'), (await readEvent(tenant.reader.client, broken)).status]).toEqual([1, 'Pending']);
});

it('leaves an event unchanged or completely advanced if the connection is lost at any moment', async () => {
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant, 2);
  const leave = await completeApproval(tenant, await givenLeave(tenant, person.id, '2030-06-15'));
  await completeOpenRequests(tenant.writer.client, leave);
  const event = await completeApproval(tenant, await givenOffboard(server, tenant, person.id, '2030-06-20'));
  const before = await dumpPersonnelTables(server);
  const now = new Date('2030-06-20T00:00:00Z');
  let at = 1;
  for (let isOver = false; !isOver; at++) {
    const { db, uses } = disconnectingDb(server.db, at, 'before');
    isOver = await openDueEvents(db, now).then(
      () => uses() < at,
      () => false,
    );
    if (!isOver) expect([at, await dumpPersonnelTables(server)]).toEqual([at, before]);
  }
  expect(at).toBeGreaterThan(10);
  expect([await requestStatesOf(tenant, event), await requestStatesOf(tenant, leave)]).toEqual([
    ['Remove Open', 'Remove Open'],
    ['Suspend Completed', 'Restore Canceled', 'Suspend Completed', 'Restore Canceled'],
  ]);
  expect(await miscountedLists(tenant)).toEqual([]);
});
