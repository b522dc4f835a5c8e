import { expect, it } from 'vitest';
import { createLeaveOfAbsenceEvent, getPersonnelEvent } from '../../../generated/sdk.gen.ts';
import { errorsOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  completeApproval,
  dumpPersonnelTables,
  givenLeave,
  givenPerson,
  givenSettings,
  requestStatesOf,
  setClock,
  unknownIds,
} from '../../support/given-events.ts';
import {
  accessRequestsOf,
  completeOpenRequests,
  givenIdentity,
  moveToDay,
  readEvent,
  stageStatusesOf,
  today,
} from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof createLeaveOfAbsenceEvent>[0]['body'];
const create = ({ writer }: Tenant, body: unknown) => createLeaveOfAbsenceEvent({ client: writer.client, body: body as Body });

/** Makes a call that must fail, checks that it changed no row, and returns its error. */
const refusal = async (tenant: Tenant, body: unknown) => {
  const before = await dumpPersonnelTables(server);
  const error = errorsOf(await create(tenant, body));
  expect(await dumpPersonnelTables(server)).toEqual(before);
  return error;
};

it('400: refuses an unknown identity, one of another organization, and one that is not active', async () => {
  const tenant = await givenTenant(server);
  for (const identityId of await unknownIds(server, (foreign) => givenIdentity(server, foreign)))
    expect(await refusal(tenant, { identityId, effectiveDate: today(server) })).toEqual([
      400,
      [{ field: 'identityId', message: 'Identity does not exist' }],
    ]);
  for (const status of ['Disabled', 'Removed'] as const) {
    const { id } = await givenIdentity(server, tenant, { status });
    expect(await refusal(tenant, { identityId: id, effectiveDate: today(server) })).toEqual([
      400,
      [{ field: 'identityId', message: `Identity is ${status}, and must be Active for this event` }],
    ]);
  }
});

it('400: reports all errors at once', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant, { status: 'Disabled' });
  setClock(server, '2030-06-15T12:00:00Z');
  expect(await refusal(tenant, { identityId: id, effectiveDate: '2030-06-14', endDate: '2030-06-14' })).toEqual([
    400,
    [
      { field: 'identityId', message: 'Identity is Disabled, and must be Active for this event' },
      { field: 'effectiveDate', message: 'Must be today (2030-06-15 in UTC) or later' },
      { field: 'endDate', message: 'Must be after the effective date' },
    ],
  ]);
  const notADate = expect.stringMatching(/^Must be (an ISO 8601 date or an ISO 8601 instant|from the year 1000 to 9998)$/);
  expect(await refusal(tenant, { identityId: id, effectiveDate: '9999-12-31', endDate: '0001-01-01' })).toEqual([
    400,
    expect.arrayContaining([
      { field: 'effectiveDate', message: notADate },
      { field: 'endDate', message: notADate },
    ]),
  ]);
  expect(await refusal(tenant, { identityId: 7, endDate: '2035-02-30', identity: { title: 'x' } })).toEqual([
    400,
    expect.arrayContaining([
      { field: 'identityId', message: 'Must be text' },
      { field: 'effectiveDate', message: 'Is required' },
      { field: 'endDate', message: notADate },
      { field: 'identity', message: 'Is not a known field' },
    ]),
  ]);
});

it('201: returns the new event, which waits for approval, as a later read shows it', async () => {
  const tenant = await givenTenant(server);
  await givenSettings(tenant, { timeZone: 'America/Chicago' });
  const person = await givenIdentity(server, tenant);
  setClock(server, '2030-06-15T12:00:00Z');
  const body = { identityId: person.id, effectiveDate: '2030-07-01', endDate: '2030-12-01T08:00:00Z', comment: 'Back in winter' };
  const { data, response } = await create(tenant, body);
  expect(response?.status).toBe(201);
  const [user, date] = ['API Token - Nightly', '2030-06-15T12:00:00.000Z'];
  expect(data).toEqual({
    id: data?.id,
    kind: 'Personnel Event',
    number: 1,
    type: 'Absence',
    status: 'Scheduled',
    reporter: { id: tenant.writer.row.id, name: user },
    assignee: null,
    affectedIdentity: expect.objectContaining({ id: person.id }),
    neededOn: '2030-07-01T05:00:00.000Z',
    neededUntil: '2030-12-01T08:00:00.000Z',
    completedOn: null,
    stages: [
      { name: 'Approval', status: 'Open', neededOn: null, completedOn: null },
      { name: 'Provision', status: 'Scheduled', neededOn: '2030-07-01T05:00:00.000Z', completedOn: null },
      { name: 'Removal', status: 'Scheduled', neededOn: '2030-12-01T08:00:00.000Z', completedOn: null },
    ],
    activityCount: 1,
    commentCount: 1,
    activity: [{ date, user, description: 'Created the event' }],
    comments: [{ id: expect.any(String), author: user, text: 'Back in winter', date }],
    requestedIdentity: null,
  });
  expect((await getPersonnelEvent({ client: tenant.reader.client, path: { id: data?.id as string } })).data).toEqual(data);
});

it('201: snoozes the return if the return date is null or missing', async () => {
  const tenant = await givenTenant(server);
  const { id: identityId } = await givenIdentity(server, tenant);
  for (const end of [{}, { endDate: null }]) {
    const { data } = await create(tenant, { identityId, effectiveDate: today(server), ...end });
    expect([data?.neededUntil, data && stageStatusesOf(data)]).toEqual([
      null,
      { Approval: 'Open', Provision: 'Pending', Removal: 'Snoozed' },
    ]);
  }
});

it('201: suspends and restores each account on its date, then completes the leave', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { person } = await givenPerson(server, tenant, 2);
  const { client } = tenant.writer;
  const event = await completeApproval(tenant, await givenLeave(tenant, person.id, '2030-06-20', '2030-06-30'));
  const requests = (await accessRequestsOf(client, event)).reverse();
  expect(requests.map(({ action, status, target, neededOn }) => [action, status, target.name, neededOn?.slice(0, 10)])).toEqual([
    ['Suspend', 'Scheduled', 'user0', '2030-06-20'],
    ['Restore', 'Scheduled', 'user0', '2030-06-30'],
    ['Suspend', 'Scheduled', 'user1', '2030-06-20'],
    ['Restore', 'Scheduled', 'user1', '2030-06-30'],
  ]);
  await moveToDay(server, '2030-06-20');
  await completeOpenRequests(client, event);
  expect(await requestStatesOf(tenant, event)).toEqual([
    'Suspend Completed',
    'Restore Scheduled',
    'Suspend Completed',
    'Restore Scheduled',
  ]);
  await moveToDay(server, '2030-06-30');
  await completeOpenRequests(client, event);
  const done = await readEvent(client, event);
  expect([done.status, done.completedOn, done.affectedIdentity?.status]).toEqual(['Completed', '2030-06-30T12:00:00.000Z', 'Active']);
});

it('201: two leaves of one identity can overlap', async () => {
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant);
  for (const day of ['2035-01-01', '2035-02-01']) {
    const event = await completeApproval(tenant, await givenLeave(tenant, person.id, day));
    expect(await requestStatesOf(tenant, event)).toEqual(['Suspend Scheduled', 'Restore Snoozed']);
  }
});
