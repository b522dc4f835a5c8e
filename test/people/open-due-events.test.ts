import { expect, it } from 'vitest';
import { cancelPersonnelEvent, updatePersonnelEvent } from '../../generated/sdk.gen.ts';
import { openDueEvents } from '../../server/people/open-due-events.ts';
import { disconnectingDb } from '../support/disconnecting-db.ts';
import { givenApplication, givenTenant } from '../support/given.ts';
import {
  activityTextsOf,
  completeApproval,
  dumpPersonnelTables,
  givenLeave,
  givenOnboard,
  givenPerson,
  givenTransition,
  miscountedLists,
  requestStatesOf,
  setClock,
} from '../support/given-events.ts';
import { concurrently } from '../support/given-facts.ts';
import { completeOpenRequests, givenIdentity, givenOffboard, moveToDay, readEvent, stageStatusesOf } from '../support/given-people.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

const openDue = (instant?: string) => openDueEvents(server.db, instant === undefined ? server.clock.now : new Date(instant));
/** Sets the clock to noon of June 15, 2030, and removes the due dates of events from other tests. */
async function startWithoutDueEvents() {
  setClock(server, '2030-06-15T12:00:00Z');
  await server.db('personnel_events').update({ due_at: null });
}

it('opens an approved event once, exactly at its effective date, with the system actor', async () => {
  await startWithoutDueEvents();
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant, 2);
  const event = await completeApproval(tenant, await givenOffboard(server, tenant, person.id, '2030-06-20T08:00:00Z'));
  expect([await openDue('2030-06-20T07:59:59.999Z'), await requestStatesOf(tenant, event)]).toEqual([
    0,
    ['Remove Scheduled', 'Remove Scheduled'],
  ]);
  expect([await openDue('2030-06-20T08:00:00Z'), await requestStatesOf(tenant, event)]).toEqual([1, ['Remove Open', 'Remove Open']]);
  expect([await openDue('2030-06-20T08:00:00Z'), await openDue('2031-01-01T00:00:00Z')]).toEqual([0, 0]);
  const now = await readEvent(tenant.reader.client, event);
  expect([now.status, activityTextsOf(now).at(-1), now.activity.at(-1)?.date]).toEqual([
    'Open',
    'Gatehouse: Opened the stage Provision',
    '2030-06-20T08:00:00.000Z',
  ]);
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('changes only the status of an event that is due but not approved', async () => {
  await startWithoutDueEvents();
  const tenant = await givenTenant(server);
  await givenApplication(server, tenant, { is_granted_at_onboarding: 1 });
  const event = await givenOnboard(tenant, '2030-06-20');
  expect(await openDue('2030-06-20T00:00:00Z')).toBe(1);
  const now = await readEvent(tenant.reader.client, event);
  expect([now.status, stageStatusesOf(now), now.affectedIdentity, await requestStatesOf(tenant, event)]).toEqual([
    'Pending',
    { Approval: 'Open', Provision: 'Pending', Verification: 'Pending' },
    null,
    [],
  ]);
  expect([now.activity, await openDue('2031-01-01T00:00:00Z'), await miscountedLists(tenant)]).toEqual([event.activity, 0, []]);
});

it('does nothing for events that are canceled, snoozed, or wait for a caller', async () => {
  await startWithoutDueEvents();
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant);
  const canceled = await completeApproval(tenant, await givenOffboard(server, tenant, person.id, '2030-06-20'));
  await cancelPersonnelEvent({ client: tenant.writer.client, path: { id: canceled.id } });
  const snoozed = await completeApproval(tenant, await givenLeave(tenant, person.id, '2030-06-15'));
  await completeOpenRequests(tenant.writer.client, snoozed);
  await completeApproval(tenant, await givenLeave(tenant, person.id, '2030-06-15', '2030-06-16'));
  await openDue('2030-06-16T00:00:00Z');
  const before = await dumpPersonnelTables(server);
  expect(await openDue('2031-01-01T00:00:00Z')).toBe(0);
  expect(await dumpPersonnelTables(server)).toEqual(before);
});

it('opens the return of a leave on its return date, also if the date was moved', async () => {
  await startWithoutDueEvents();
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant);
  const leave = await completeApproval(tenant, await givenLeave(tenant, person.id, '2030-06-20', '2030-06-25'));
  await moveToDay(server, '2030-06-20');
  await completeOpenRequests(tenant.writer.client, leave);
  await updatePersonnelEvent({ client: tenant.writer.client, path: { id: leave.id }, body: { endDate: '2030-06-28' } });
  expect([await openDue('2030-06-27T23:59:59Z'), await openDue('2030-06-28T00:00:00Z')]).toEqual([0, 1]);
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Completed', 'Restore Open']);
});

it('completes an event without access requests in one run after all its dates', async () => {
  await startWithoutDueEvents();
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  const leave = await completeApproval(tenant, await givenLeave(tenant, id, '2030-06-20', '2030-06-25'));
  expect(await openDue('2030-07-01T00:00:00Z')).toBe(1);
  expect(await readEvent(tenant.reader.client, leave)).toMatchObject({ status: 'Completed', completedOn: '2030-07-01T00:00:00.000Z' });
});

it('sets a stage to pending if its date comes before its turn', async () => {
  await startWithoutDueEvents();
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant);
  const event = await completeApproval(tenant, await givenTransition(tenant, person.id, '2030-06-15', { endDate: '2030-06-20' }));
  await moveToDay(server, '2030-06-21');
  expect(stageStatusesOf(await readEvent(tenant.reader.client, event))).toMatchObject({ Provision: 'Open', Removal: 'Pending' });
});

it('opens each event once in concurrent runs', async () => {
  await startWithoutDueEvents();
  const tenant = await givenTenant(server);
  const events = [];
  for (let index = 0; index < 6; index++) {
    const { person } = await givenPerson(server, tenant);
    events.push(await completeApproval(tenant, await givenOffboard(server, tenant, person.id, '2030-06-20')));
  }
  const opened = await concurrently(4, () => openDue('2030-06-20T00:00:00Z'));
  expect(opened.reduce((sum, count) => sum + count, 0)).toBe(6);
  for (const event of events) {
    const lines = activityTextsOf(await readEvent(tenant.reader.client, event)).filter(
      (line) => line === 'Gatehouse: Opened the stage Provision',
    );
    expect([lines.length, await requestStatesOf(tenant, event)]).toEqual([1, ['Remove Open']]);
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('opens one of two offboardings of one identity that are due at the same time, and cancels the other', async () => {
  await startWithoutDueEvents();
  const tenant = await givenTenant(server);
  const pairs = [];
  for (let index = 0; index < 4; index++) {
    const { person } = await givenPerson(server, tenant);
    const [firstEvent, secondEvent] = [
      await givenOffboard(server, tenant, person.id, '2030-06-20'),
      await givenOffboard(server, tenant, person.id, '2030-06-20'),
    ];
    pairs.push([await completeApproval(tenant, firstEvent), await completeApproval(tenant, secondEvent)]);
  }
  await concurrently(3, () => openDue('2030-06-20T00:00:00Z'));
  for (const pair of pairs) {
    const statuses = [];
    for (const event of pair) statuses.push((await readEvent(tenant.reader.client, event)).status);
    expect(statuses.sort()).toEqual(['Canceled', 'Open']);
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('opens the other events if one fails, throws the error, and retries the failed event later', async () => {
  await startWithoutDueEvents();
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
  await startWithoutDueEvents();
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

it('opens more than 100 due events in several runs, the oldest first', async () => {
  await startWithoutDueEvents();
  const tenant = await givenTenant(server);
  const late = await givenOnboard(tenant, '2030-06-20');
  for (let count = 0; count < 100; count += 10) await concurrently(10, () => givenOnboard(tenant, '2030-06-19'));
  expect(await openDue('2030-06-20T00:00:00Z')).toBe(100);
  expect((await readEvent(tenant.reader.client, late)).status).toBe('Scheduled');
  expect([await openDue('2030-06-20T00:00:00Z'), await openDue('2030-06-20T00:00:00Z')]).toEqual([1, 0]);
});
