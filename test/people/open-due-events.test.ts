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

const due = (instant?: string) => openDueEvents(server.db, instant === undefined ? server.clock.now : new Date(instant));
/** The clock at noon of June 15, 2030, with nothing due that other tests have left behind. */
async function begin() {
  setClock(server, '2030-06-15T12:00:00Z');
  await server.db('personnel_events').update({ due_at: null });
}

it('opens what is approved to the millisecond, once, and in the name of Gatehouse', async () => {
  await begin();
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant, 2);
  const event = await completeApproval(tenant, await givenOffboard(server, tenant, person.id, '2030-06-20T08:00:00Z'));
  expect([await due('2030-06-20T07:59:59.999Z'), await requestStatesOf(tenant, event)]).toEqual([
    0,
    ['Remove Scheduled', 'Remove Scheduled'],
  ]);
  expect([await due('2030-06-20T08:00:00Z'), await requestStatesOf(tenant, event)]).toEqual([1, ['Remove Open', 'Remove Open']]);
  expect([await due('2030-06-20T08:00:00Z'), await due('2031-01-01T00:00:00Z')]).toEqual([0, 0]);
  const now = await readEvent(tenant.reader.client, event);
  expect([now.status, activityTextsOf(now).at(-1), now.activity.at(-1)?.date]).toEqual([
    'Open',
    'Gatehouse: Opened the stage Provision',
    '2030-06-20T08:00:00.000Z',
  ]);
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('does nothing for what is not approved but say that its day has come', async () => {
  await begin();
  const tenant = await givenTenant(server);
  await givenApplication(server, tenant, { is_granted_at_onboarding: 1 });
  const event = await givenOnboard(tenant, '2030-06-20');
  expect(await due('2030-06-20T00:00:00Z')).toBe(1);
  const now = await readEvent(tenant.reader.client, event);
  expect([now.status, stageStatusesOf(now), now.affectedIdentity, await requestStatesOf(tenant, event)]).toEqual([
    'Pending',
    { Approval: 'Open', Provision: 'Pending', Verification: 'Pending' },
    null,
    [],
  ]);
  expect([now.activity, await due('2031-01-01T00:00:00Z'), await miscountedLists(tenant)]).toEqual([event.activity, 0, []]);
});

it('does nothing for what is canceled, snoozed, or waits for somebody', async () => {
  await begin();
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant);
  const canceled = await completeApproval(tenant, await givenOffboard(server, tenant, person.id, '2030-06-20'));
  await cancelPersonnelEvent({ client: tenant.writer.client, path: { id: canceled.id } });
  const snoozed = await completeApproval(tenant, await givenLeave(tenant, person.id, '2030-06-15'));
  await completeOpenRequests(tenant.writer.client, snoozed);
  await completeApproval(tenant, await givenLeave(tenant, person.id, '2030-06-15', '2030-06-16'));
  await due('2030-06-16T00:00:00Z');
  const before = await dumpPersonnelTables(server);
  expect(await due('2031-01-01T00:00:00Z')).toBe(0);
  expect(await dumpPersonnelTables(server)).toEqual(before);
});

it('a leave comes due a second time, for the return, and that day may have been moved', async () => {
  await begin();
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant);
  const leave = await completeApproval(tenant, await givenLeave(tenant, person.id, '2030-06-20', '2030-06-25'));
  await moveToDay(server, '2030-06-20');
  await completeOpenRequests(tenant.writer.client, leave);
  await updatePersonnelEvent({ client: tenant.writer.client, path: { id: leave.id }, body: { endDate: '2030-06-28' } });
  expect([await due('2030-06-27T23:59:59Z'), await due('2030-06-28T00:00:00Z')]).toEqual([0, 1]);
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Completed', 'Restore Open']);
});

it('when nothing is to be done for a whole event, it passes all its days at once', async () => {
  await begin();
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  const leave = await completeApproval(tenant, await givenLeave(tenant, id, '2030-06-20', '2030-06-25'));
  expect(await due('2030-07-01T00:00:00Z')).toBe(1);
  expect(await readEvent(tenant.reader.client, leave)).toMatchObject({ status: 'Completed', completedOn: '2030-07-01T00:00:00.000Z' });
});

it('a stage whose day comes before its turn says that it waits for its turn, and its requests with it', async () => {
  await begin();
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant);
  const event = await completeApproval(tenant, await givenTransition(tenant, person.id, '2030-06-15', { endDate: '2030-06-20' }));
  await moveToDay(server, '2030-06-21');
  expect(stageStatusesOf(await readEvent(tenant.reader.client, event))).toMatchObject({ Provision: 'Open', Removal: 'Pending' });
});

it('run many times at once, it opens each event once', async () => {
  await begin();
  const tenant = await givenTenant(server);
  const events = [];
  for (let index = 0; index < 6; index++) {
    const { person } = await givenPerson(server, tenant);
    events.push(await completeApproval(tenant, await givenOffboard(server, tenant, person.id, '2030-06-20')));
  }
  const opened = await concurrently(4, () => due('2030-06-20T00:00:00Z'));
  expect(opened.reduce((sum, count) => sum + count, 0)).toBe(6);
  for (const event of events) {
    const lines = activityTextsOf(await readEvent(tenant.reader.client, event)).filter(
      (line) => line === 'Gatehouse: Opened the stage Provision',
    );
    expect([lines.length, await requestStatesOf(tenant, event)]).toEqual([1, ['Remove Open']]);
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('two offboardings of one person that come due at once, by two workers: one is carried out, one canceled', async () => {
  await begin();
  const tenant = await givenTenant(server);
  const pairs = [];
  for (let index = 0; index < 4; index++) {
    const { person } = await givenPerson(server, tenant);
    const [one, other] = [
      await givenOffboard(server, tenant, person.id, '2030-06-20'),
      await givenOffboard(server, tenant, person.id, '2030-06-20'),
    ];
    pairs.push([await completeApproval(tenant, one), await completeApproval(tenant, other)]);
  }
  await concurrently(3, () => due('2030-06-20T00:00:00Z'));
  for (const pair of pairs) {
    const statuses = [];
    for (const event of pair) statuses.push((await readEvent(tenant.reader.client, event)).status);
    expect(statuses.sort()).toEqual(['Canceled', 'Open']);
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('one event that fails does not keep the others from opening; it is tried again, and the failure is told', async () => {
  await begin();
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant);
  const broken = await givenOnboard(tenant, '2030-06-18');
  const good = await completeApproval(tenant, await givenOffboard(server, tenant, person.id, '2030-06-20'));
  const row = () => server.db('personnel_events').where({ id: broken.id });
  const { stages } = await row().first();
  await row().update({ stages: 'not JSON' });
  await expect(due('2030-06-20T00:00:00Z')).rejects.toThrow('Some personnel events could not be advanced; the others were advanced');
  expect(await requestStatesOf(tenant, good)).toEqual(['Remove Open']);
  await row().update({ stages });
  expect(await due('2030-06-20T00:00:00Z')).toBe(0);
  expect([await due('2030-06-20T00:01:00Z'), (await readEvent(tenant.reader.client, broken)).status]).toEqual([1, 'Pending']);
});

it('a connection lost at any moment leaves an event as it was, or advanced, and never half', async () => {
  await begin();
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

it('more than 100 that are due at once are all opened, the oldest first', async () => {
  await begin();
  const tenant = await givenTenant(server);
  const late = await givenOnboard(tenant, '2030-06-20');
  for (let count = 0; count < 100; count += 10) await concurrently(10, () => givenOnboard(tenant, '2030-06-19'));
  expect(await due('2030-06-20T00:00:00Z')).toBe(100);
  expect((await readEvent(tenant.reader.client, late)).status).toBe('Scheduled');
  expect([await due('2030-06-20T00:00:00Z'), await due('2030-06-20T00:00:00Z')]).toEqual([1, 0]);
});
