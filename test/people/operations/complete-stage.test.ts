import { expect, it } from 'vitest';
import { cancelPersonnelEvent, completeStage } from '../../../generated/sdk.gen.ts';
import type { StageName } from '../../../generated/types.gen.ts';
import { errorsOf, messageOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  activityTextsOf,
  completeApproval,
  dumpPersonnelTables,
  givenLeave,
  givenOnboard,
  givenOpenRequests,
  givenTransition,
  setClock,
  unknownIds,
} from '../../support/given-events.ts';
import {
  completeOpenRequests,
  daysFromToday,
  givenIdentity,
  givenOffboard,
  readEvent,
  stageStatusesOf,
  today,
} from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const complete = ({ writer }: Tenant, { id }: { id: string }, stage: string) =>
  completeStage({ client: writer.client, path: { id, stage: stage as StageName } });

/** Makes a call that must fail, checks that it changed no row, and returns its error. */
const refusal = async (tenant: Tenant, event: { id: string }, stage: string) => {
  const before = await dumpPersonnelTables(server);
  const error = messageOf(await complete(tenant, event, stage));
  expect(await dumpPersonnelTables(server)).toEqual(before);
  return error;
};

it('404: returns the same error for an unknown event and for one of another organization, which is not approved', async () => {
  const tenant = await givenTenant(server);
  const onboard = (foreign: Tenant) => givenOnboard(foreign, today(server));
  for (const id of await unknownIds(server, onboard))
    expect(await refusal(tenant, { id }, 'Approval')).toEqual([404, `Personnel Event with id ${id} not found`]);
});

it('404: refuses a stage that the type of event does not have', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  const [offboard, leave] = [await givenOffboard(server, tenant, id), await givenLeave(tenant, id, today(server))];
  expect(await refusal(tenant, offboard, 'Removal')).toEqual([404, `Removal stage of personnel event with id ${offboard.id} not found`]);
  expect(await refusal(tenant, leave, 'Verification')).toEqual([
    404,
    `Verification stage of personnel event with id ${leave.id} not found`,
  ]);
  const short = await givenTransition(tenant, id, today(server));
  expect((await refusal(tenant, short, 'Removal'))[0]).toBe(404);
});

it('400: rejects an unknown stage name and a malformed id', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenOnboard(tenant, today(server));
  const stage = { field: 'stage', message: 'Must be one of Approval, Provision, Removal, Verification' };
  for (const name of ['approval', 'APPROVAL', 'Approve', 'Approval '])
    expect(errorsOf(await complete(tenant, { id }, name))).toEqual([400, [stage]]);
  expect(errorsOf(await complete(tenant, { id: 'jane' }, 'Begin'))).toEqual([
    400,
    expect.arrayContaining([{ field: 'id', message: 'Must be a GUID' }, stage]),
  ]);
  expect(stageStatusesOf(await readEvent(tenant.reader.client, { id })).Approval).toBe('Open');
});

it('409: refuses to complete a stage twice, before its turn, or if its access requests complete it', async () => {
  const tenant = await givenTenant(server);
  const waiting = await givenOnboard(tenant, daysFromToday(server, 5));
  const stageMessage = (stage: string, number: number, problem: string) => `The stage ${stage} of personnel event ${number} ${problem}`;
  expect(await refusal(tenant, waiting, 'Provision')).toEqual([409, stageMessage('Provision', 1, "is Scheduled and can't be completed")]);
  expect(await refusal(tenant, waiting, 'Verification')).toEqual([
    409,
    stageMessage('Verification', 1, "is Pending and can't be completed"),
  ]);

  const { event } = await givenOpenRequests(server, tenant);
  expect(await refusal(tenant, event, 'Approval')).toEqual([409, stageMessage('Approval', 2, "is Completed and can't be completed")]);
  expect(await refusal(tenant, event, 'Verification')).toEqual([409, stageMessage('Verification', 2, "is Pending and can't be completed")]);
  expect(await refusal(tenant, event, 'Provision')).toEqual([
    409,
    stageMessage('Provision', 2, 'completes automatically when its access requests have ended'),
  ]);
  await completeOpenRequests(tenant.writer.client, event);
  expect(await refusal(tenant, event, 'Provision')).toEqual([409, stageMessage('Provision', 2, "is Completed and can't be completed")]);
  expect((await complete(tenant, event, 'Verification')).data?.status).toBe('Completed');
  for (const stage of ['Approval', 'Provision', 'Verification']) expect((await refusal(tenant, event, stage))[0]).toBe(409);
});

it('409: refuses to approve a canceled event', async () => {
  const tenant = await givenTenant(server);
  const event = await givenOnboard(tenant, today(server));
  await cancelPersonnelEvent({ client: tenant.writer.client, path: { id: event.id } });
  expect(await refusal(tenant, event, 'Approval')).toEqual([
    409,
    "The stage Approval of personnel event 1 is Canceled and can't be completed",
  ]);
});

it('200: returns the actor and the time of each change of the event and its stages', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T08:00:00Z');
  const { id } = await givenIdentity(server, tenant);
  const event = await givenOffboard(server, tenant, id, '2030-06-15');
  server.clock.now = new Date('2030-06-15T09:00:00.5Z');
  const { data, response } = await completeStage({
    client: tenant.administrator.client,
    path: { id: event.id.toUpperCase(), stage: 'Approval' },
  });
  expect([response?.status, data?.status]).toEqual([200, 'Resolved']);
  server.clock.now = new Date('2030-06-16T10:00:00Z');
  const done = (await complete(tenant, event, 'Verification')).data;
  expect([done?.status, done?.completedOn]).toEqual(['Completed', '2030-06-16T10:00:00.000Z']);
  expect(done?.stages.map(({ name, completedOn }) => `${name} ${completedOn}`)).toEqual([
    'Approval 2030-06-15T09:00:00.500Z',
    'Provision 2030-06-15T09:00:00.500Z',
    'Verification 2030-06-16T10:00:00.000Z',
  ]);
  expect(done && activityTextsOf(done)).toEqual([
    'API Token - Nightly: Created the event',
    'API Token - Administrator: Completed the stage Approval',
    'Gatehouse: Made 0 access requests',
    'Gatehouse: Opened the stage Provision',
    'Gatehouse: Completed the stage Provision',
    'Gatehouse: Disabled the identity',
    'API Token - Nightly: Completed the stage Verification',
    'Gatehouse: Completed the event',
  ]);
  expect(await readEvent(tenant.reader.client, event)).toEqual(done);
});

it('200: numbers access requests from 1 in each organization', async () => {
  const [tenant, otherTenant] = [await givenTenant(server), await givenTenant(server)];
  for (const owner of [tenant, otherTenant])
    expect((await givenOpenRequests(server, owner, 2)).requests.map(({ number }) => number)).toEqual([1, 2]);
  expect((await completeApproval(otherTenant, await givenOnboard(otherTenant, today(server)))).number).toBe(2);
});
