import { expect, it } from 'vitest';
import { completeAccessRequest, completeStage, createLeaveOfAbsenceEvent, updatePersonnelEvent } from '../../../generated/sdk.gen.ts';
import { statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { completeApproval, givenLeave, givenPerson, miscountedLists, requestStatesOf, setClock } from '../../support/given-events.ts';
import {
  accessRequestsOf,
  completeOpenRequests,
  daysFromToday,
  givenOffboard,
  moveToDay,
  readEvent,
  today,
} from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const approve = ({ writer }: Tenant, { id }: { id: string }) => completeStage({ client: writer.client, path: { id, stage: 'Approval' } });
/** Makes two calls concurrently. In odd rounds the second call is sent first. */
async function callConcurrently<First, Second>(
  round: number,
  first: () => Promise<First>,
  second: () => Promise<Second>,
): Promise<[First, Second]> {
  if (round % 2 === 0) return Promise.all([first(), second()]);
  const started = second();
  return Promise.all([first(), started]);
}

it('200, 409: a leave that is approved while the identity is offboarded ends canceled, in either order', async () => {
  const tenant = await givenTenant(server);
  for (let round = 0; round < 8; round++) {
    const { person } = await givenPerson(server, tenant);
    const leave = await givenLeave(tenant, person.id, today(server), daysFromToday(server, 5));
    const offboard = await givenOffboard(server, tenant, person.id);
    const [offboarded, left] = await callConcurrently(
      round,
      () => approve(tenant, offboard),
      () => approve(tenant, leave),
    );
    expect([offboarded.response?.status, [200, 409].includes(left.response?.status as number)]).toEqual([200, true]);
    expect([(await readEvent(tenant.reader.client, leave)).status, await requestStatesOf(tenant, offboard)]).toEqual([
      'Canceled',
      ['Remove Open'],
    ]);
    for (const work of await requestStatesOf(tenant, leave)) expect(work).toMatch(/ Canceled$/);
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200, 409: a return whose date is set while the identity is offboarded ends canceled', async () => {
  const tenant = await givenTenant(server);
  for (let round = 0; round < 8; round++) {
    const { person } = await givenPerson(server, tenant);
    const leave = await completeApproval(tenant, await givenLeave(tenant, person.id, today(server)));
    await completeOpenRequests(tenant.writer.client, leave);
    const offboard = await givenOffboard(server, tenant, person.id);
    const body = { endDate: `${today(server)}T00:00:00.001Z` };
    const back = () => updatePersonnelEvent({ client: tenant.writer.client, path: { id: leave.id }, body });
    const [offboarded, returned] = await callConcurrently(round, () => approve(tenant, offboard), back);
    expect([offboarded.response?.status, [200, 409].includes(returned.response?.status as number)]).toEqual([200, true]);
    expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Completed', 'Restore Canceled']);
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200, 409: suspensions that are completed while the identity is offboarded open no return', async () => {
  const tenant = await givenTenant(server);
  for (let round = 0; round < 8; round++) {
    const { person } = await givenPerson(server, tenant);
    const leave = await completeApproval(tenant, await givenLeave(tenant, person.id, today(server), `${today(server)}T00:00:00.001Z`));
    const offboard = await givenOffboard(server, tenant, person.id);
    const suspend = (await accessRequestsOf(tenant.reader.client, leave)).find(({ action }) => action === 'Suspend');
    const call = { client: tenant.writer.client, path: { id: suspend?.id as string } };
    const results = await callConcurrently(
      round,
      () => approve(tenant, offboard),
      () => completeAccessRequest(call),
    );
    expect([
      [200, 200],
      [200, 409],
    ]).toContainEqual(statusesOf(results));
    expect((await requestStatesOf(tenant, leave)).at(-1)).toBe('Restore Canceled');
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('201, 409: a leave that is reported while the identity is offboarded restores nothing later', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const leaves: { id: string }[] = [];
  for (let round = 0; round < 8; round++) {
    const { person } = await givenPerson(server, tenant);
    const offboard = await givenOffboard(server, tenant, person.id);
    const body = { identityId: person.id, effectiveDate: '2030-06-15', endDate: '2030-06-20' };
    const report = () => createLeaveOfAbsenceEvent({ client: tenant.writer.client, body });
    const [, { data: leave }] = await callConcurrently(round, () => approve(tenant, offboard), report);
    if (!leave) continue;
    leaves.push(leave);
    await approve(tenant, leave);
    await completeOpenRequests(tenant.writer.client, offboard);
    await completeOpenRequests(tenant.writer.client, leave);
  }
  await moveToDay(server, '2030-06-20');
  for (const leave of leaves) expect(await requestStatesOf(tenant, leave)).not.toContain('Restore Open');
});
