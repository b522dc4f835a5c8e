import { expect, it } from 'vitest';
import { cancelAccessRequest, completeAccessRequest, resolveAccessRequest, updatePersonnelEvent } from '../../../generated/sdk.gen.ts';
import type { AccessRequestSummary } from '../../../generated/types.gen.ts';
import { errorsOf, messageOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  activityTextsOf,
  completeApproval,
  dumpPersonnelTables,
  givenLeave,
  givenOpenRequests,
  givenPerson,
  miscountedLists,
  readAccessRequest,
  requestStatesOf,
  setClock,
  unknownIds,
  withoutTable,
} from '../../support/given-events.ts';
import { concurrently } from '../../support/given-facts.ts';
import { accessRequestsOf, completeOpenRequests, moveToDay, readEvent, stageStatusesOf } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const cancel = ({ writer }: Tenant, { id }: { id: string }) => cancelAccessRequest({ client: writer.client, path: { id } });

/** Makes a call that must fail, checks that it changed no row, and returns its error. */
const refusal = async (tenant: Tenant, request: { id: string }) => {
  const before = await dumpPersonnelTables(server);
  const error = messageOf(await cancel(tenant, request));
  expect(await dumpPersonnelTables(server)).toEqual(before);
  return error;
};

it('404: returns the same error for an unknown access request and for one of another organization, which stays open', async () => {
  const tenant = await givenTenant(server);
  for (const id of await unknownIds(server, async (foreign) => (await givenOpenRequests(server, foreign)).request))
    expect(await refusal(tenant, { id })).toEqual([404, `Access Request with id ${id} not found`]);
});

it('400: rejects a malformed id', async () => {
  expect(errorsOf(await cancel(await givenTenant(server), { id: '501' }))).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
});

it('200: cancels an open and a resolved request; the stage completes when its last request has ended', async () => {
  const tenant = await givenTenant(server);
  const { event, requests } = await givenOpenRequests(server, tenant, 2);
  const [open, resolved] = requests as [AccessRequestSummary, AccessRequestSummary];
  setClock(server, '2035-06-15T12:00:00Z');
  const { data, response } = await cancel(tenant, { id: open.id.toUpperCase() });
  expect([response?.status, data?.status, data?.completedOn]).toEqual([200, 'Canceled', '2035-06-15T12:00:00.000Z']);
  expect(data && activityTextsOf(data).at(-1)).toBe('API Token - Nightly: Canceled');
  expect(await readAccessRequest(tenant, open)).toEqual(data);
  expect((await readEvent(tenant.reader.client, event)).status).toBe('Open');

  await resolveAccessRequest({ client: tenant.writer.client, path: { id: resolved.id } });
  expect((await cancel(tenant, resolved)).data?.status).toBe('Canceled');
  const now = await readEvent(tenant.reader.client, event);
  expect([now.status, stageStatusesOf(now).Provision, await miscountedLists(tenant)]).toEqual(['Resolved', 'Completed', []]);
});

it('200: scheduled and snoozed requests never open once they are canceled; the leave completes with the remaining ones', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { person } = await givenPerson(server, tenant, 2);
  const leave = await completeApproval(tenant, await givenLeave(tenant, person.id, '2030-06-20'));
  const [restore, suspend] = (await accessRequestsOf(tenant.reader.client, leave)) as [AccessRequestSummary, AccessRequestSummary];
  for (const request of [restore, suspend]) expect((await cancel(tenant, request)).data?.status).toBe('Canceled');
  await moveToDay(server, '2030-06-20');
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Open', 'Restore Snoozed', 'Suspend Canceled', 'Restore Canceled']);
  await completeOpenRequests(tenant.writer.client, leave);
  await updatePersonnelEvent({ client: tenant.writer.client, path: { id: leave.id }, body: { endDate: '2030-06-21' } });
  await moveToDay(server, '2030-06-21');
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Completed', 'Restore Open', 'Suspend Canceled', 'Restore Canceled']);
  await completeOpenRequests(tenant.writer.client, leave);
  expect((await readEvent(tenant.reader.client, leave)).status).toBe('Completed');
});

it('200: a stage whose requests are all canceled still waits for its date', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { person } = await givenPerson(server, tenant);
  const leave = await completeApproval(tenant, await givenLeave(tenant, person.id, '2030-06-20', '2030-06-25'));
  for (const request of await accessRequestsOf(tenant.reader.client, leave)) await cancel(tenant, request);
  expect((await readEvent(tenant.reader.client, leave)).status).toBe('Scheduled');
  await moveToDay(server, '2030-06-20');
  expect(stageStatusesOf(await readEvent(tenant.reader.client, leave))).toMatchObject({ Provision: 'Completed', Removal: 'Scheduled' });
  await moveToDay(server, '2030-06-25');
  expect((await readEvent(tenant.reader.client, leave)).status).toBe('Completed');
});

it('409: refuses to cancel a completed or canceled request', async () => {
  const tenant = await givenTenant(server);
  const { requests } = await givenOpenRequests(server, tenant, 2);
  const [completed, canceled] = requests as [AccessRequestSummary, AccessRequestSummary];
  await completeAccessRequest({ client: tenant.writer.client, path: { id: completed.id } });
  expect(await refusal(tenant, completed)).toEqual([409, "Access Request 1 is Completed and can't be canceled"]);
  await cancel(tenant, canceled);
  expect(await refusal(tenant, canceled)).toEqual([409, "Access Request 2 is Canceled and can't be canceled"]);
});

it('200, 409: of concurrent calls, exactly one cancels the request', async () => {
  const tenant = await givenTenant(server);
  const { request } = await givenOpenRequests(server, tenant);
  expect(statusesOf(await concurrently(4, () => cancel(tenant, request)))).toEqual([200, 409, 409, 409]);
  expect(await miscountedLists(tenant)).toEqual([]);
});

it.each(['activities', 'identities', 'list_blocks'])(
  '500: cancels with all consequences or changes nothing, here without %s',
  async (table) => {
    const tenant = await givenTenant(server);
    const { request } = await givenOpenRequests(server, tenant);
    const before = await dumpPersonnelTables(server);
    expect((await withoutTable(server, table, () => cancel(tenant, request))).response?.status).toBe(500);
    expect(await dumpPersonnelTables(server)).toEqual(before);
    expect((await cancel(tenant, request)).data?.status).toBe('Canceled');
  },
);
