import { expect, it } from 'vitest';
import { cancelPersonnelEvent, listPersonnelEvents } from '../../../generated/sdk.gen.ts';
import { errorsOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { completeApproval, givenLeave, givenOnboard, givenTransition, miscountedLists } from '../../support/given-events.ts';
import { concurrently } from '../../support/given-facts.ts';
import { givenIdentity, givenOffboard, listEventNumbers, today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const list = ({ reader }: Tenant, query: object = {}) => listPersonnelEvents({ client: reader.client, query });
const nothing = { items: [], totalCount: 0, page: 1, pageSize: 50, totalPages: 0 };
/** One event of each type, numbered in this order. */
async function givenOneOfEach(tenant: Tenant, day = '2035-01-01') {
  const person = await givenIdentity(server, tenant);
  const onboard = await givenOnboard(tenant, day);
  const offboard = await givenOffboard(server, tenant, person.id, day);
  const transition = await givenTransition(tenant, person.id, day);
  return { person, onboard, offboard, transition, leave: await givenLeave(tenant, person.id, day) };
}

it('200: never lists events of other organizations, with any filter', async () => {
  const [tenant, foreign] = [await givenTenant(server), await givenTenant(server)];
  const { person } = await givenOneOfEach(foreign);
  for (const query of [
    {},
    { identityId: person.id },
    { type: 'Onboard' },
    { status: 'Scheduled' },
    { type: 'Absence', status: 'Scheduled' },
  ]) {
    expect((await list(tenant, query)).data).toEqual(nothing);
    expect((await list(foreign, query)).data?.totalCount).toBeGreaterThan(0);
  }
});

it('200: returns a page of events without stages, activity and comments', async () => {
  const tenant = await givenTenant(server);
  const { offboard } = await givenOneOfEach(tenant);
  const { data, response } = await list(tenant, { type: 'Offboard' });
  expect(response?.status).toBe(200);
  const { stages, activity, activityCount, comments, commentCount, requestedIdentity, ...summary } = offboard;
  expect(data).toEqual({ items: [summary], totalCount: 1, page: 1, pageSize: 50, totalPages: 1 });
});

it('200: sorts by effective date, then number, highest first', async () => {
  const tenant = await givenTenant(server);
  const days = [
    '2035-03-01',
    '2035-01-01',
    '2035-03-01',
    '2034-12-31T23:59:59.999Z',
    '2035-01-01T00:00:00.001Z',
    today(server),
    '9998-12-31',
  ];
  const { id } = await givenIdentity(server, tenant);
  for (const day of days) await givenOffboard(server, tenant, id, day);
  const order = [7, 3, 1, 5, 2, 4, 6];
  expect(await listEventNumbers(tenant.reader.client)).toEqual(order);
  expect(await listEventNumbers(tenant.reader.client, { identityId: id })).toEqual(order);
  expect(await listEventNumbers(tenant.reader.client, { type: 'Offboard' })).toEqual(order);
});

it('200: types and statuses are meant whatever their case and spaces', async () => {
  const tenant = await givenTenant(server);
  await givenOneOfEach(tenant);
  const spellings = {
    1: ['Onboard', 'onboard', 'on board', 'ONBOARD ', '\tOn Board'],
    2: ['Offboard', 'OFFBOARD', 'off board'],
    3: ['Role Transition', 'RoleTransition', 'role transition', 'ROLETRANSITION', ' r o l e transition '],
    4: ['Absence', 'absence', 'ABSENCE'],
  };
  for (const [number, types] of Object.entries(spellings))
    for (const type of types) expect([type, await listEventNumbers(tenant.reader.client, { type })]).toEqual([type, [Number(number)]]);
  for (const status of ['Scheduled', 'SCHEDULED', 'sche duled'])
    expect(await listEventNumbers(tenant.reader.client, { status })).toEqual([4, 3, 2, 1]);
  for (const status of ['pending', 'Open', 'resolved', 'Completed', 'CANCELED', 'snoozed'])
    expect(await listEventNumbers(tenant.reader.client, { status })).toEqual([]);
});

it('200: combines filters; an event moves between lists with its status, and all counts are right', async () => {
  const tenant = await givenTenant(server);
  const { person, offboard, leave } = await givenOneOfEach(tenant, today(server));
  await givenOneOfEach(tenant);
  const numbers = (query: object) => listEventNumbers(tenant.reader.client, query);
  expect(await numbers({ type: 'absence', status: 'Pending' })).toEqual([4]);
  await completeApproval(tenant, leave);
  expect(await numbers({ type: 'Absence', status: 'Pending' })).toEqual([]);
  expect(await numbers({ type: 'Absence', status: 'Snoozed' })).toEqual([4]);
  await cancelPersonnelEvent({ client: tenant.writer.client, path: { id: offboard.id } });
  expect(await numbers({ status: 'Canceled' })).toEqual([2]);
  for (const identityId of [person.id, person.id.toUpperCase()]) {
    expect(await numbers({ identityId })).toEqual([4, 3, 2]);
    expect(await numbers({ identityId, type: 'Offboard' })).toEqual([2]);
    expect(await numbers({ identityId, type: 'Offboard', status: 'Pending' })).toEqual([]);
    expect((await list(tenant, { identityId, status: 'pending' })).data).toMatchObject({ totalCount: 1, items: [{ number: 3 }] });
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200: finds an onboarding by its identity as soon as the identity exists', async () => {
  const tenant = await givenTenant(server);
  const event = await completeApproval(tenant, await givenOnboard(tenant, '2035-01-01'));
  expect((await list(tenant, { identityId: event.affectedIdentity?.id as string })).data?.items).toMatchObject([{ id: event.id }]);
});

it('200: finds an event by the identity id in upper or lower case, even if it was reported with an upper-case id', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  await givenOffboard(server, tenant, id.toUpperCase(), '2035-01-01');
  for (const identityId of [id, id.toUpperCase()])
    expect((await list(tenant, { identityId })).data?.items).toMatchObject([{ affectedIdentity: { id } }]);
});

it('200: returns pages of 50 without gaps or overlaps; a page past the end is empty', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  for (let count = 0; count < 101; count += 10)
    await concurrently(Math.min(10, 101 - count), () => givenOffboard(server, tenant, id, '2035-01-01'));
  const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index);
  for (const filter of [{}, { identityId: id }, { type: 'offboard', status: 'scheduled' }]) {
    const page = async (number: number) => {
      const { data } = await list(tenant, { ...filter, page: number });
      return [data?.items.map((item) => item.number), data?.totalCount, data?.page, data?.totalPages];
    };
    expect(await page(1)).toEqual([down(101, 52), 101, 1, 3]);
    expect(await page(2)).toEqual([down(51, 2), 101, 2, 3]);
    expect(await page(3)).toEqual([[1], 101, 3, 3]);
    expect(await page(4)).toEqual([[], 101, 4, 3]);
    expect(await page(10_000_000)).toEqual([[], 101, 10_000_000, 3]);
  }
});

it('400: rejects an unknown type or status and names the valid values, for both at once', async () => {
  const tenant = await givenTenant(server);
  const refusal = async (query: object) => errorsOf(await list(tenant, query));
  const type = { field: 'type', message: 'Must be one of Onboard, Offboard, Role Transition, Absence' };
  const status = { field: 'status', message: 'Must be one of Pending, Open, Resolved, Completed, Canceled, Scheduled, Snoozed' };
  expect(await refusal({ type: 'Leave', status: 'Cancelled' })).toEqual([400, [type, status]]);
  for (const wrong of ['onboarding', 'role-transition', 'role_transition', ' ', 'onboard,offboard', 'constructor'])
    expect(await refusal({ type: wrong })).toEqual([400, [type]]);
  expect(await refusal({ page: 0, identityId: 'Jane', type: '', status: 'x'.repeat(51) })).toEqual([
    400,
    expect.arrayContaining([
      { field: 'page', message: 'Must be at least 1' },
      { field: 'identityId', message: 'Must be a GUID' },
      { field: 'type', message: 'Must not be empty' },
      { field: 'status', message: 'Must have at most 50 characters' },
    ]),
  ]);
});
