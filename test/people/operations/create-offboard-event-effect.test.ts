import { expect, it } from 'vitest';
import { completeStage, createLeaveOfAbsenceEvent, createRoleTransitionEvent, getIdentity } from '../../../generated/sdk.gen.ts';
import type { PersonnelEvent } from '../../../generated/types.gen.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  activityTextsOf,
  completeApproval,
  givenLeave,
  givenPerson,
  givenTransition,
  miscountedLists,
  requestStatesOf,
  setClock,
} from '../../support/given-events.ts';
import {
  completeOpenRequests,
  completeStageOf,
  givenIdentity,
  givenOffboard,
  moveToDay,
  readEvent,
  today,
} from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const statusOf = async ({ reader }: Tenant, event: PersonnelEvent) => (await readEvent(reader.client, event)).status;
/** A leave whose suspensions are completed; only the return remains. */
const givenSuspendedLeave = async (tenant: Tenant, identityId: string, endDate: string | null) => {
  const leave = await completeApproval(tenant, await givenLeave(tenant, identityId, today(server), endDate));
  await completeOpenRequests(tenant.writer.client, leave);
  return leave;
};
/** Returns the actions of all open access requests of an identity, of any event. */
const openActionsOf = async (identityId: string) =>
  (await server.db('access_requests').where({ identity_id: identityId, status: 'Open' }).select('action')).map(({ action }) => action);

it.each(['2030-06-30', null])(
  '200: cancels the return of an identity that is offboarded while on leave, with return date %s',
  async (endDate) => {
    const tenant = await givenTenant(server);
    setClock(server, '2030-06-15T12:00:00Z');
    const { person } = await givenPerson(server, tenant, 2);
    const leave = await givenSuspendedLeave(tenant, person.id, endDate);
    const offboard = await completeApproval(tenant, await givenOffboard(server, tenant, person.id, '2030-06-20'));
    expect(await statusOf(tenant, leave)).toBe(endDate ? 'Scheduled' : 'Snoozed');

    await moveToDay(server, '2030-06-20');
    expect(await requestStatesOf(tenant, leave)).toEqual([
      'Suspend Completed',
      'Restore Canceled',
      'Suspend Completed',
      'Restore Canceled',
    ]);
    const canceled = await readEvent(tenant.reader.client, leave);
    expect([canceled.status, canceled.completedOn, activityTextsOf(canceled).slice(-2)]).toEqual([
      'Canceled',
      '2030-06-20T12:00:00.000Z',
      [`Gatehouse: Offboarded by personnel event ${offboard.number}`, 'Gatehouse: Canceled the event'],
    ]);
    await moveToDay(server, '2030-07-15');
    expect(await openActionsOf(person.id)).toEqual(['Remove', 'Remove']);
    expect(await miscountedLists(tenant)).toEqual([]);
  },
);

it('200: cancels a return that is already open', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { person } = await givenPerson(server, tenant);
  const leave = await givenSuspendedLeave(tenant, person.id, '2030-06-16');
  await moveToDay(server, '2030-06-16');
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Completed', 'Restore Open']);
  await completeApproval(tenant, await givenOffboard(server, tenant, person.id, '2030-06-16'));
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Completed', 'Restore Canceled']);
});

it('200: cancels all other events of the identity, approved or not, and none of other identities', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const [{ person }, otherPerson] = [await givenPerson(server, tenant), await givenIdentity(server, tenant)];
  const ended = [
    await givenLeave(tenant, person.id, '2030-07-01'),
    await completeApproval(tenant, await givenTransition(tenant, person.id, '2030-07-01', { identity: { title: 'Head Teller' } })),
    await givenOffboard(server, tenant, person.id, '2030-07-01'),
  ];
  const unaffected = [await givenLeave(tenant, otherPerson.id, '2030-07-01'), await givenTransition(tenant, otherPerson.id, '2030-07-01')];
  await completeApproval(tenant, await givenOffboard(server, tenant, person.id, '2030-06-15'));
  for (const event of ended) expect(await statusOf(tenant, event)).toBe('Canceled');
  for (const event of unaffected) expect(await statusOf(tenant, event)).toBe('Scheduled');
  for (const { id } of ended) {
    const { response } = await completeStage({ client: tenant.writer.client, path: { id, stage: 'Approval' } });
    expect(response?.status).toBe(409);
  }
});

it('200: does not change events that have ended', async () => {
  const tenant = await givenTenant(server);
  const person = await givenIdentity(server, tenant);
  const transition = await completeApproval(tenant, await givenTransition(tenant, person.id, today(server)));
  await completeStageOf(tenant.writer.client, transition, 'Verification');
  const before = await readEvent(tenant.reader.client, transition);
  await completeApproval(tenant, await givenOffboard(server, tenant, person.id));
  const { affectedIdentity, ...unchanged } = await readEvent(tenant.reader.client, transition);
  expect({ ...unchanged, affectedIdentity: before.affectedIdentity }).toEqual(before);
  expect(affectedIdentity?.status).toBe('Disabled');
});

it('200: an offboarding without approval has no effect after its date', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { person } = await givenPerson(server, tenant);
  const leave = await givenSuspendedLeave(tenant, person.id, '2030-06-25');
  const offboard = await givenOffboard(server, tenant, person.id, '2030-06-20');
  await moveToDay(server, '2030-06-25');
  expect([await statusOf(tenant, offboard), await requestStatesOf(tenant, leave)]).toEqual([
    'Pending',
    ['Suspend Completed', 'Restore Open'],
  ]);
  expect((await getIdentity({ client: tenant.reader.client, path: { id: person.id } })).data?.status).toBe('Active');
});

it('200: disables the identity when the last account is removed, not earlier', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { person } = await givenPerson(server, tenant);
  const event = await completeApproval(tenant, await givenOffboard(server, tenant, person.id));
  expect(event.affectedIdentity).toMatchObject({ status: 'Active', inactivatedDate: null });
  await completeOpenRequests(tenant.writer.client, event);
  const done = await readEvent(tenant.reader.client, event);
  expect(done.affectedIdentity).toMatchObject({ status: 'Disabled', inactivatedDate: '2030-06-15T12:00:00.000Z' });
  expect(activityTextsOf(done)).toContain('Gatehouse: Disabled the identity');
});

it('200: keeps the status and inactivation date of a disabled or removed identity', async () => {
  const tenant = await givenTenant(server);
  for (const status of ['Disabled', 'Removed'] as const) {
    const { person } = await givenPerson(server, tenant, 1, { status, inactivated_date: '2026-01-01 08:00:00.000' });
    const event = await completeApproval(tenant, await givenOffboard(server, tenant, person.id));
    expect(await requestStatesOf(tenant, event)).toEqual(['Remove Open']);
    await completeOpenRequests(tenant.writer.client, event);
    const { affectedIdentity } = await readEvent(tenant.reader.client, event);
    expect(affectedIdentity).toMatchObject({ status, inactivatedDate: '2026-01-01T08:00:00.000Z' });
  }
});

it.each(['open', 'done'])(
  '200: a leave that is reported while the removals are open restores nothing; approved when they are %s',
  async (removals) => {
    const tenant = await givenTenant(server);
    setClock(server, '2030-06-15T12:00:00Z');
    const { person } = await givenPerson(server, tenant);
    const offboard = await completeApproval(tenant, await givenOffboard(server, tenant, person.id));
    const { client } = tenant.writer;
    const body = { identityId: person.id, effectiveDate: '2030-06-15', endDate: '2030-06-20' };
    const leave = (await createLeaveOfAbsenceEvent({ client, body })).data;
    if (removals === 'done') await completeOpenRequests(client, offboard);
    if (leave) await completeStage({ client, path: { id: leave.id, stage: 'Approval' } });
    await completeOpenRequests(client, offboard);
    if (leave) await completeOpenRequests(client, leave);
    await moveToDay(server, '2030-06-20');
    expect((await getIdentity({ client, path: { id: person.id } })).data?.status).toBe('Disabled');
    expect(await openActionsOf(person.id)).not.toContain('Restore');
  },
);

it('200: a role transition that is reported while the removals are open gives no access', async () => {
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant);
  const offboard = await completeApproval(tenant, await givenOffboard(server, tenant, person.id));
  const { client } = tenant.writer;
  const { data } = await createRoleTransitionEvent({ client, body: { identityId: person.id, effectiveDate: today(server) } });
  await completeOpenRequests(client, offboard);
  if (data) await completeStage({ client, path: { id: data.id, stage: 'Approval' } });
  expect(await openActionsOf(person.id)).toEqual([]);
});
