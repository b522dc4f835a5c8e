import { expect, it } from 'vitest';
import { updatePersonnelEvent } from '../../../generated/sdk.gen.ts';
import { dataOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  activityTextsOf,
  completeApproval,
  dumpPersonnelTables,
  givenLeave,
  givenPerson,
  givenSettings,
  miscountedLists,
  requestStatesOf,
  setClock,
  withoutTable,
} from '../../support/given-events.ts';

import { completeOpenRequests, daysFromToday, moveToDay, readEvent, stageStatusesOf, today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const update = ({ writer }: Tenant, { id }: { id: string }, body: unknown) =>
  updatePersonnelEvent({ client: writer.client, path: { id }, body: body as { endDate: string } });
const setReturnDate = async (tenant: Tenant, event: { id: string }, endDate: string | null) =>
  dataOf(await update(tenant, event, { endDate }));

/** An approved leave that begins today; its suspensions are open. */
async function givenStartedLeave(tenant: Tenant, endDate: string | null = null) {
  const { person } = await givenPerson(server, tenant);
  return completeApproval(tenant, await givenLeave(tenant, person.id, today(server), endDate));
}

it('200: a return date that is set while suspensions are open takes effect after they are completed', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const leave = await givenStartedLeave(tenant);
  const { status, neededUntil, ...event } = await setReturnDate(tenant, leave, '2030-06-20');
  expect([status, neededUntil, stageStatusesOf(event as never), await requestStatesOf(tenant, leave)]).toEqual([
    'Open',
    '2030-06-20T00:00:00.000Z',
    { Approval: 'Completed', Provision: 'Open', Removal: 'Scheduled' },
    ['Suspend Open', 'Restore Scheduled'],
  ]);
  await moveToDay(server, '2030-06-21');
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Open', 'Restore Pending']);
  await completeOpenRequests(tenant.writer.client, leave);
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Completed', 'Restore Open']);
  await completeOpenRequests(tenant.writer.client, leave);
  expect((await readEvent(tenant.reader.client, leave)).status).toBe('Completed');
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200: a past date opens the return at once, a later date schedules it, and null snoozes it', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const [leave, otherLeave] = [await givenStartedLeave(tenant), await givenStartedLeave(tenant)];
  for (const event of [leave, otherLeave]) await completeOpenRequests(tenant.writer.client, event);
  await moveToDay(server, '2030-06-20');

  expect((await setReturnDate(tenant, leave, '2030-06-25')).status).toBe('Scheduled');
  const snoozed = await setReturnDate(tenant, leave, null);
  expect([snoozed.status, snoozed.neededUntil, await requestStatesOf(tenant, leave)]).toEqual([
    'Snoozed',
    null,
    ['Suspend Completed', 'Restore Snoozed'],
  ]);
  await moveToDay(server, '2030-06-26');
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Completed', 'Restore Snoozed']);

  const back = await setReturnDate(tenant, leave, '2030-06-16');
  expect([back.status, await requestStatesOf(tenant, leave), activityTextsOf(back).slice(-5)]).toEqual([
    'Open',
    ['Suspend Completed', 'Restore Open'],
    [
      'Gatehouse: Completed the stage Provision',
      'API Token - Nightly: Set the return date to 2030-06-25 00:00 UTC',
      'API Token - Nightly: Took the return date back',
      'API Token - Nightly: Set the return date to 2030-06-16 00:00 UTC',
      'Gatehouse: Opened the stage Removal',
    ],
  ]);
  expect(await requestStatesOf(tenant, otherLeave)).toEqual(['Suspend Completed', 'Restore Snoozed']);
});

it('200: a scheduled return that is moved opens only on the new date', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const leave = await givenStartedLeave(tenant, '2030-06-20');
  await completeOpenRequests(tenant.writer.client, leave);
  await setReturnDate(tenant, leave, '2030-06-30');
  await moveToDay(server, '2030-06-29');
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Completed', 'Restore Scheduled']);
  await moveToDay(server, '2030-06-30');
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Completed', 'Restore Open']);
});

it('200: approval uses a date that was set before it; dates are in the time zone of the organization; the id is in upper or lower case', async () => {
  const tenant = await givenTenant(server);
  await givenSettings(tenant, { timeZone: 'Pacific/Kiritimati' });
  const { person } = await givenPerson(server, tenant);
  const leave = await givenLeave(tenant, person.id, '2035-01-01');
  const event = await setReturnDate(tenant, { id: leave.id.toUpperCase() }, '2035-02-01');
  expect([event.status, event.neededUntil, stageStatusesOf(event).Removal]).toEqual(['Scheduled', '2035-01-31T10:00:00.000Z', 'Scheduled']);
  await completeApproval(tenant, leave);
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Scheduled', 'Restore Scheduled']);
});

it('200: accepts the same date twice', async () => {
  const tenant = await givenTenant(server);
  const leave = await givenStartedLeave(tenant);
  const { activity, activityCount, ...firstEvent } = await setReturnDate(tenant, leave, daysFromToday(server, 5));
  const {
    activity: secondActivity,
    activityCount: secondCount,
    ...secondEvent
  } = await setReturnDate(tenant, leave, daysFromToday(server, 5));
  expect([secondEvent, secondActivity.length, secondCount]).toEqual([firstEvent, activity.length + 1, activityCount + 1]);
});

it('200, 409: of two concurrent dates, one is stored consistently; the second of two past dates is refused', async () => {
  const tenant = await givenTenant(server);
  const [leave, otherLeave] = [await givenStartedLeave(tenant), await givenStartedLeave(tenant)];
  for (const event of [leave, otherLeave]) await completeOpenRequests(tenant.writer.client, event);
  const results = await Promise.all([update(tenant, leave, { endDate: '2035-01-01' }), update(tenant, leave, { endDate: '2035-02-01' })]);
  expect(statusesOf(results)).toEqual([200, 200]);
  const { neededUntil } = await readEvent(tenant.reader.client, leave);
  const dates = await server.db('access_requests').where({ personnel_event_id: leave.id, stage: 'Removal' }).select('needed_on');
  expect(dates).toEqual([{ needed_on: neededUntil?.replace('T', ' ').replace('Z', '') }]);

  const pastDate = { endDate: `${today(server)}T00:00:00.001Z` };
  expect(statusesOf(await Promise.all([update(tenant, otherLeave, pastDate), update(tenant, otherLeave, pastDate)]))).toEqual([200, 409]);
  expect(await requestStatesOf(tenant, otherLeave)).toEqual(['Suspend Completed', 'Restore Open']);
  expect(await miscountedLists(tenant)).toEqual([]);
});

it.each(['access_requests', 'activities', 'list_blocks'])(
  '500: sets the date completely or changes nothing, here without %s',
  async (table) => {
    const tenant = await givenTenant(server);
    const leave = await givenStartedLeave(tenant);
    await completeOpenRequests(tenant.writer.client, leave);
    const before = await dumpPersonnelTables(server);
    expect((await withoutTable(server, table, () => update(tenant, leave, { endDate: '2035-01-01' }))).response?.status).toBe(500);
    expect(await dumpPersonnelTables(server)).toEqual(before);
    expect((await setReturnDate(tenant, leave, '2035-01-01')).status).toBe('Scheduled');
  },
);
