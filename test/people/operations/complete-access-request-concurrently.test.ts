import { expect, it } from 'vitest';
import { cancelAccessRequest, cancelPersonnelEvent, completeAccessRequest, updatePersonnelEvent } from '../../../generated/sdk.gen.ts';
import { statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  activityTextsOf,
  completeApproval,
  dumpPersonnelTables,
  givenLeave,
  givenOpenRequests,
  givenPerson,
  miscountedLists,
  requestStatesOf,
  withoutTable,
} from '../../support/given-events.ts';
import { concurrently } from '../../support/given-facts.ts';
import { accessRequestsOf, readEvent, stageStatusesOf, today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const complete = ({ writer }: Tenant, { id }: { id: string }) => completeAccessRequest({ client: writer.client, path: { id } });
const countActivities = async ({ reader }: Tenant, event: { id: string }, line: string) =>
  activityTextsOf(await readEvent(reader.client, event)).filter((activity) => activity === line).length;

it('200: access requests that are completed concurrently complete their stage exactly once', async () => {
  const tenant = await givenTenant(server);
  for (const count of [2, 2, 2, 2, 12]) {
    const { event, requests } = await givenOpenRequests(server, tenant, count);
    const results = await Promise.all(requests.map((request) => complete(tenant, request)));
    expect(new Set(statusesOf(results))).toEqual(new Set([200]));
    const now = await readEvent(tenant.reader.client, event);
    expect([now.status, stageStatusesOf(now).Provision, now.affectedIdentity?.status]).toEqual(['Resolved', 'Completed', 'Disabled']);
    expect(await countActivities(tenant, event, 'Gatehouse: Completed the stage Provision')).toBe(1);
    expect(await countActivities(tenant, event, 'Gatehouse: Disabled the identity')).toBe(1);
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200: the stage completes if the last two requests are completed and canceled concurrently', async () => {
  const tenant = await givenTenant(server);
  for (let round = 0; round < 5; round++) {
    const { event, requests } = await givenOpenRequests(server, tenant, 2);
    const [completed, canceled] = requests as [{ id: string } & (typeof requests)[0], { id: string } & (typeof requests)[0]];
    const results = await Promise.all([
      complete(tenant, completed),
      cancelAccessRequest({ client: tenant.writer.client, path: { id: canceled.id } }),
    ]);
    expect([statusesOf(results), stageStatusesOf(await readEvent(tenant.reader.client, event)).Provision]).toEqual([
      [200, 200],
      'Completed',
    ]);
  }
});

it('200, 409: of concurrent calls, exactly one completes the request', async () => {
  const tenant = await givenTenant(server);
  const { event, request } = await givenOpenRequests(server, tenant);
  expect(statusesOf(await concurrently(6, () => complete(tenant, request)))).toEqual([200, 409, 409, 409, 409, 409]);
  expect(await countActivities(tenant, event, 'Gatehouse: Completed the stage Provision')).toBe(1);
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200, 409: of a concurrent completion and cancellation, exactly one succeeds', async () => {
  const tenant = await givenTenant(server);
  for (let round = 0; round < 6; round++) {
    const { event, request } = await givenOpenRequests(server, tenant);
    const calls = [() => complete(tenant, request), () => cancelAccessRequest({ client: tenant.writer.client, path: { id: request.id } })];
    const results = await Promise.all((round % 2 ? calls.reverse() : calls).map((call) => call()));
    expect(statusesOf(results)).toEqual([200, 409]);
    const winner = results.find(({ response }) => response?.status === 200);
    expect(await requestStatesOf(tenant, event)).toEqual([`Remove ${winner?.data?.status}`]);
    expect((await readEvent(tenant.reader.client, event)).status).toBe('Resolved');
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200, 409: the last request and its event end consistently if one is completed while the other is canceled', async () => {
  const tenant = await givenTenant(server);
  for (let round = 0; round < 8; round++) {
    const { event, request, requests } = await givenOpenRequests(server, tenant, 2);
    await complete(tenant, requests[1] as (typeof requests)[0]);
    const calls = [() => complete(tenant, request), () => cancelPersonnelEvent({ client: tenant.writer.client, path: { id: event.id } })];
    const results = await Promise.all((round % 2 ? calls.reverse() : calls).map((call) => call()));
    const [completing, canceling] = round % 2 ? results.reverse() : results;
    // An event can be canceled in its last stage, so canceling always succeeds.
    expect([canceling?.response?.status, [200, 409].includes(completing?.response?.status as number)]).toEqual([200, true]);
    const isCompleted = completing?.response?.status === 200;
    const now = await readEvent(tenant.reader.client, event);
    expect([now.status, stageStatusesOf(now).Provision, now.affectedIdentity?.status, await requestStatesOf(tenant, event)]).toEqual(
      isCompleted
        ? ['Canceled', 'Completed', 'Disabled', ['Remove Completed', 'Remove Completed']]
        : ['Canceled', 'Canceled', 'Active', ['Remove Canceled', 'Remove Completed']],
    );
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200: the return opens if the last suspension is completed while the return date is set, in either order', async () => {
  const tenant = await givenTenant(server);
  for (let round = 0; round < 6; round++) {
    const { person } = await givenPerson(server, tenant);
    const leave = await completeApproval(tenant, await givenLeave(tenant, person.id, today(server)));
    const [, suspend] = (await accessRequestsOf(tenant.reader.client, leave)) as [unknown, { id: string }];
    const endDate = `${today(server)}T00:00:00.001Z`;
    const calls = [
      () => complete(tenant, suspend),
      () => updatePersonnelEvent({ client: tenant.writer.client, path: { id: leave.id }, body: { endDate } }),
    ];
    expect(statusesOf(await Promise.all((round % 2 ? calls.reverse() : calls).map((call) => call())))).toEqual([200, 200]);
    expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Completed', 'Restore Open']);
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it.each(['activities', 'identities', 'list_blocks'])(
  '500: completes with all consequences or changes nothing, here without %s',
  async (table) => {
    const tenant = await givenTenant(server);
    const { event, request } = await givenOpenRequests(server, tenant);
    const before = await dumpPersonnelTables(server);
    expect((await withoutTable(server, table, () => complete(tenant, request))).response?.status).toBe(500);
    expect(await dumpPersonnelTables(server)).toEqual(before);
    await complete(tenant, request);
    expect((await readEvent(tenant.reader.client, event)).affectedIdentity?.status).toBe('Disabled');
  },
);
