import { beforeEach, expect, it } from 'vitest';
import { cancelPersonnelEvent, updatePersonnelEvent } from '../../generated/sdk.gen.ts';
import { openDueEvents } from '../../server/people/open-due-events.ts';
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
} from '../support/given-events.ts';
import { completeOpenRequests, givenIdentity, givenOffboard, moveToDay, readEvent, stageStatusesOf } from '../support/given-people.ts';
import { useServer } from '../support/server.ts';
import { startWithoutDueEvents } from './due-events.ts';

const server = useServer();

const openDue = (instant: string) => openDueEvents(server.db, new Date(instant));
beforeEach(() => startWithoutDueEvents(server));

it('opens an approved event once, exactly at its effective date, with the system actor', async () => {
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
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  const leave = await completeApproval(tenant, await givenLeave(tenant, id, '2030-06-20', '2030-06-25'));
  expect(await openDue('2030-07-01T00:00:00Z')).toBe(1);
  expect(await readEvent(tenant.reader.client, leave)).toMatchObject({ status: 'Completed', completedOn: '2030-07-01T00:00:00.000Z' });
});

it('sets a stage to pending if its date comes before its turn', async () => {
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant);
  const event = await completeApproval(tenant, await givenTransition(tenant, person.id, '2030-06-15', { endDate: '2030-06-20' }));
  await moveToDay(server, '2030-06-21');
  expect(stageStatusesOf(await readEvent(tenant.reader.client, event))).toMatchObject({ Provision: 'Open', Removal: 'Pending' });
});
