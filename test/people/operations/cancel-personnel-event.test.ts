import { expect, it } from 'vitest';
import { cancelPersonnelEvent, completeAccessRequest, getIdentity } from '../../../generated/sdk.gen.ts';
import type { AccessRequestSummary } from '../../../generated/types.gen.ts';
import { errorsOf, messageOf, statusesOf } from '../../support/api-results.ts';
import { givenApplication, givenImport, givenTenant, type Tenant, usersGroup } from '../../support/given.ts';
import {
  activityTextsOf,
  completeApproval,
  dumpPersonnelTables,
  givenLeave,
  givenOnboard,
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
import {
  completeOpenRequests,
  completeStageOf,
  givenIdentity,
  givenOffboard,
  moveToDay,
  readEvent,
  stageStatusesOf,
  today,
} from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const cancel = ({ writer }: Tenant, { id }: { id: string }) => cancelPersonnelEvent({ client: writer.client, path: { id } });

/** Makes a call that must fail, checks that it changed no row, and returns its result. */
const refusal = async (tenant: Tenant, event: { id: string }) => {
  const before = await dumpPersonnelTables(server);
  const result = await cancel(tenant, event);
  expect(await dumpPersonnelTables(server)).toEqual(before);
  return result;
};

it('404: returns the same error for an unknown event and for one of another organization, which continues', async () => {
  const tenant = await givenTenant(server);
  for (const id of await unknownIds(server, async (foreign) => (await givenOpenRequests(server, foreign)).event))
    expect(messageOf(await refusal(tenant, { id }))).toEqual([404, `Personnel Event with id ${id} not found`]);
});

it('400: rejects a malformed id', async () => {
  expect(errorsOf(await refusal(await givenTenant(server), { id: '314' }))).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
});

it('200: cancels the event, its stages and its access requests, except those that are completed', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { event, requests, person } = await givenOpenRequests(server, tenant, 2);
  const [done, open] = requests as [AccessRequestSummary, AccessRequestSummary];
  await completeAccessRequest({ client: tenant.writer.client, path: { id: done.id } });
  server.clock.now = new Date('2030-06-16T12:00:00Z');
  const { data, response } = await cancelPersonnelEvent({ client: tenant.administrator.client, path: { id: event.id.toUpperCase() } });
  expect([response?.status, data?.status, data?.completedOn]).toEqual([200, 'Canceled', '2030-06-16T12:00:00.000Z']);
  expect(data?.stages.map(({ name, status, completedOn }) => `${name} ${status} ${completedOn}`)).toEqual([
    'Approval Completed 2030-06-15T12:00:00.000Z',
    'Provision Canceled null',
    'Verification Canceled null',
  ]);
  expect(data && activityTextsOf(data).at(-1)).toBe('API Token - Administrator: Canceled the event');
  expect(await readEvent(tenant.reader.client, event)).toEqual(data);

  expect(await readAccessRequest(tenant, done)).toMatchObject({ status: 'Completed', completedOn: '2030-06-15T12:00:00.000Z' });
  const canceled = await readAccessRequest(tenant, open);
  expect([canceled.status, canceled.completedOn, activityTextsOf(canceled).at(-1)]).toEqual([
    'Canceled',
    '2030-06-16T12:00:00.000Z',
    'API Token - Administrator: Canceled',
  ]);
  expect((await getIdentity({ client: tenant.reader.client, path: { id: person.id } })).data?.status).toBe('Active');
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200: an event canceled before its date or its approval has no effect later', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { person } = await givenPerson(server, tenant);
  const events = [
    await givenOnboard(tenant, '2030-06-20'),
    await givenOffboard(server, tenant, person.id, '2030-06-20'),
    await completeApproval(tenant, await givenLeave(tenant, person.id, '2030-06-20')),
  ];
  for (const event of events) expect((await cancel(tenant, event)).data?.status).toBe('Canceled');
  await moveToDay(server, '2030-06-21');
  for (const event of events) {
    const now = await readEvent(tenant.reader.client, event);
    expect([now.status, now.completedOn, stageStatusesOf(now).Provision]).toEqual(['Canceled', '2030-06-15T12:00:00.000Z', 'Canceled']);
  }
  expect(await server.db('access_requests').where({ identity_id: person.id, status: 'Open' })).toEqual([]);
});

it('200: disables the identity that an onboarding created, unless a directory has imported it', async () => {
  const tenant = await givenTenant(server);
  const onboard = async (email: string) =>
    completeApproval(tenant, await givenOnboard(tenant, today(server), { identity: { firstName: 'Jane', lastName: 'Smith', email } }));
  const [unimported, imported] = [await onboard('alone@example.com'), await onboard('known@example.com')];
  const columns = { key: 'No', firstName: 'First', emailAddress: 'Mail' };
  const directory = await givenApplication(server, tenant, { name: 'Directory', groups: [usersGroup({ rows: 'identities', columns })] });
  server.share(directory, 'No,First,Mail\n1,Jane,KNOWN@example.com');
  await givenImport(server, directory);
  await server.build();
  expect((await cancel(tenant, unimported)).data?.affectedIdentity).toMatchObject({
    status: 'Disabled',
    inactivatedDate: server.clock.now.toISOString(),
  });
  expect((await cancel(tenant, imported)).data?.affectedIdentity).toMatchObject({
    id: imported.affectedIdentity?.id,
    status: 'Active',
    inactivatedDate: null,
  });
});

it('409: refuses to cancel a completed or canceled event', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  const canceled = await givenOnboard(tenant, today(server));
  await cancel(tenant, canceled);
  expect(messageOf(await refusal(tenant, canceled))).toEqual([409, "Personnel Event 1 is Canceled and can't be canceled"]);
  const done = await completeApproval(tenant, await givenOffboard(server, tenant, id));
  await completeStageOf(tenant.writer.client, done, 'Verification');
  expect(messageOf(await refusal(tenant, done))).toEqual([409, "Personnel Event 2 is Completed and can't be canceled"]);
});

it('409: refuses to cancel a leave that has suspended access, because the access would never be restored', async () => {
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant, 2);
  const leave = await completeApproval(tenant, await givenLeave(tenant, person.id, today(server)));
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Open', 'Restore Snoozed', 'Suspend Open', 'Restore Snoozed']);
  await completeOpenRequests(tenant.writer.client, leave);
  const refused = await refusal(tenant, leave);
  expect(messageOf(refused)).toEqual([
    409,
    'Personnel Event 1 has already suspended access; set its return date, so that the access is restored',
  ]);
  expect(await requestStatesOf(tenant, leave)).toEqual(['Suspend Completed', 'Restore Snoozed', 'Suspend Completed', 'Restore Snoozed']);
});

it('200, 409: of concurrent calls, exactly one cancels the event', async () => {
  const tenant = await givenTenant(server);
  const { event } = await givenOpenRequests(server, tenant, 2);
  expect(statusesOf(await concurrently(5, () => cancel(tenant, event)))).toEqual([200, 409, 409, 409, 409]);
  const lines = activityTextsOf(await readEvent(tenant.reader.client, event)).filter((line) => line.endsWith('Canceled the event'));
  expect([lines.length, await requestStatesOf(tenant, event), await miscountedLists(tenant)]).toEqual([
    1,
    ['Remove Canceled', 'Remove Canceled'],
    [],
  ]);
});

it.each(['access_requests', 'activities', 'list_blocks'])('500: cancels completely or changes nothing, here without %s', async (table) => {
  const tenant = await givenTenant(server);
  const { event } = await givenOpenRequests(server, tenant);
  const before = await dumpPersonnelTables(server);
  expect((await withoutTable(server, table, () => cancel(tenant, event))).response?.status).toBe(500);
  expect(await dumpPersonnelTables(server)).toEqual(before);
  expect((await cancel(tenant, event)).data?.status).toBe('Canceled');
});
