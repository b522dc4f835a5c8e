import { expect, it } from 'vitest';
import { cancelPersonnelEvent, updatePersonnelEvent } from '../../../generated/sdk.gen.ts';
import { errorsOf, messageOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  completeApproval,
  dumpPersonnelTables,
  givenLeave,
  givenOnboard,
  givenPerson,
  givenTransition,
  unknownIds,
} from '../../support/given-events.ts';
import { completeOpenRequests, daysFromToday, givenIdentity, givenOffboard, today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const update = ({ writer }: Tenant, { id }: { id: string }, body: unknown) =>
  updatePersonnelEvent({ client: writer.client, path: { id }, body: body as { endDate: string } });

/** Makes a call that must fail, checks that it changed no row, and returns its result. */
const refusal = async (tenant: Tenant, event: { id: string }, body: unknown) => {
  const before = await dumpPersonnelTables(server);
  const result = await update(tenant, event, body);
  expect(await dumpPersonnelTables(server)).toEqual(before);
  return result;
};
/** An approved leave that begins today; its suspensions are open. */
async function givenStartedLeave(tenant: Tenant, endDate: string | null = null) {
  const { person } = await givenPerson(server, tenant);
  return completeApproval(tenant, await givenLeave(tenant, person.id, today(server), endDate));
}

it('404: returns the same error for an unknown event and for one of another organization, which does not change', async () => {
  const tenant = await givenTenant(server);
  const leave = async (foreign: Tenant) => givenLeave(foreign, (await givenIdentity(server, foreign)).id, today(server));
  for (const id of await unknownIds(server, leave))
    expect(messageOf(await refusal(tenant, { id }, { endDate: '2035-01-01' }))).toEqual([404, `Personnel Event with id ${id} not found`]);
});

it('400: rejects a return date that is malformed or not after the start of the leave', async () => {
  const tenant = await givenTenant(server);
  const leave = await givenStartedLeave(tenant, daysFromToday(server, 5));
  const tooEarly = [400, [{ field: 'endDate', message: 'Must be after the effective date' }]];
  for (const endDate of [today(server), daysFromToday(server, -1), `${today(server)}T00:00:00Z`])
    expect(errorsOf(await refusal(tenant, leave, { endDate }))).toEqual(tooEarly);
  const notADate = [
    400,
    [
      {
        field: 'endDate',
        message: expect.stringMatching(/^Must be (an ISO 8601 date or an ISO 8601 instant|from the year 1000 to 9998)$/),
      },
    ],
  ];
  for (const endDate of ['2035-02-30', '9999-12-31', '0001-01-01', '2035-12-31T23:59:60Z', 'soon'])
    expect(errorsOf(await refusal(tenant, leave, { endDate }))).toEqual(notADate);
  expect(errorsOf(await refusal(tenant, leave, { effectiveDate: '2035-01-01' }))).toEqual([
    400,
    [
      { field: 'endDate', message: 'Is required' },
      { field: 'effectiveDate', message: 'Is not a known field' },
    ],
  ]);
  expect(errorsOf(await refusal(tenant, { id: 'leave' }, { endDate: null }))).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
});

it('422: refuses a return date for an event that is not a leave', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  const events = [await givenOnboard(tenant, '2035-01-01'), await givenTransition(tenant, id, '2035-01-01', { endDate: '2035-02-01' })];
  for (const event of [...events, await givenOffboard(server, tenant, id, '2035-01-01')])
    expect(messageOf(await refusal(tenant, event, { endDate: '2035-03-01' }))).toEqual([
      422,
      `Personnel Event ${event.number} is not a leave of absence and has no return date`,
    ]);
});

it('409: refuses a return date once the return is open or the leave has ended', async () => {
  const tenant = await givenTenant(server);
  const leave = await givenStartedLeave(tenant, `${today(server)}T00:00:00.001Z`);
  const attempt = async (event: { id: string }) => messageOf(await refusal(tenant, event, { endDate: '2035-01-01' }));
  await completeOpenRequests(tenant.writer.client, leave);
  expect(await attempt(leave)).toEqual([409, "Personnel Event 1 is Open, and its return date can't be changed any more"]);
  await completeOpenRequests(tenant.writer.client, leave);
  expect(await attempt(leave)).toEqual([409, "Personnel Event 1 is Completed, and its return date can't be changed any more"]);
  const canceled = await givenStartedLeave(tenant);
  await cancelPersonnelEvent({ client: tenant.writer.client, path: { id: canceled.id } });
  expect(await attempt(canceled)).toEqual([409, "Personnel Event 2 is Canceled, and its return date can't be changed any more"]);
});
