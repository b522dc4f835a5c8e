import { beforeAll, expect, it } from 'vitest';
import { completeAccessRequest, resolveAccessRequest, updatePersonnelEvent } from '../../generated/sdk.gen.ts';
import { givenApplication } from '../support/given.ts';
import { givenLifecycle, peopleHeader } from '../support/given-lifecycle.ts';
import {
  accessRequestsOf,
  completeOpenRequests,
  completeStageOf,
  daysFromToday,
  givenOffboard,
  moveToDay,
  readEvent,
  stageStatusesOf,
  today,
} from '../support/given-people.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
let scene: Awaited<ReturnType<typeof givenLifecycle>>;
let jane = '';
const robert = '1,Robert,Martinez,robert@example.com,Head of Lending,,Active';
const client = () => scene.client;
const identity = () => scene.identity(jane);
const actions = (event: { id: string }) => scene.actions(event);
const actionStatuses = async (event: { id: string }) => (await actions(event)).map(([action, status]) => `${action} ${status}`);

beforeAll(async () => {
  server.clock.now = new Date('2030-01-01T12:00:00Z');
  scene = await givenLifecycle(server);
});

it('the directory imports her supervisor', async () => {
  await scene.importInto(scene.directory, peopleHeader, robert);
  const data = await scene.identities();
  expect(data?.items).toMatchObject([{ firstName: 'Robert', title: 'Head of Lending', status: 'Active', supervisorName: null }]);
});

it('an approved onboarding creates her identity and requests her accounts', async () => {
  const boss = (await scene.identities({ email: 'Robert@Example.com' }))?.items[0];
  const supervisorId = boss?.id as string;
  const requestedIdentity = { firstName: 'Jane', lastName: 'Smith', email: 'jane@example.com', title: 'Teller', supervisorId };
  const event = await scene.onboard({ identity: requestedIdentity, effectiveDate: daysFromToday(server, 14), comment: 'Welcome' });
  expect([event.type, event.status, event.affectedIdentity, stageStatusesOf(event)]).toEqual([
    'Onboard',
    'Scheduled',
    null,
    { Approval: 'Open', Provision: 'Scheduled', Verification: 'Pending' },
  ]);
  expect([event.reporter.name, event.comments.map(({ text }) => text)]).toEqual(['API Token - Nightly', ['Welcome']]);
  expect((await scene.identities({ search: 'smith' }))?.totalCount).toBe(0);

  const approved = await completeStageOf(client(), event, 'Approval');
  jane = approved.affectedIdentity?.id as string;
  expect(await identity()).toMatchObject({
    ...{ firstName: 'Jane', lastName: 'Smith' },
    supervisorName: 'Martinez, Robert',
    status: 'Active',
  });
  expect((await scene.identities({ search: 'smith, ja' }))?.items.map(({ id }) => id)).toEqual([jane]);
  expect(await actions(event)).toEqual([['Add', 'Scheduled', 'jane@example.com', 'Silverlake']]);

  await moveToDay(server, daysFromToday(server, 14));
  expect(await actions(event)).toEqual([['Add', 'Open', 'jane@example.com', 'Silverlake']]);
  const [request] = await accessRequestsOf(client(), event);
  await resolveAccessRequest({ client: client(), path: { id: request?.id as string } });
  expect((await readEvent(client(), event)).status).toBe('Open');
  const { items } = (await scene.requests({ status: 'resolved', type: 'add' })) ?? {};
  expect(items?.map(({ id }) => id)).toEqual([request?.id]);
});

it('the last access request completes the stage, and the verification completes the event', async () => {
  const event = (await scene.events({ type: 'on board' }))?.items[0] as { id: string };
  const [request] = await accessRequestsOf(client(), event);
  await completeAccessRequest({ client: client(), path: { id: request?.id as string } });
  expect((await readEvent(client(), event)).status).toBe('Resolved');
  expect((await completeStageOf(client(), event, 'Verification')).status).toBe('Completed');
  const { activity, completedOn } = await readEvent(client(), event);
  expect(completedOn).toBe(server.clock.now.toISOString());
  expect(activity.map(({ user, description }) => `${user}: ${description}`)).toEqual([
    'API Token - Nightly: Created the event',
    'API Token - Nightly: Completed the stage Approval',
    'Gatehouse: Made the identity',
    'Gatehouse: Made 1 access request',
    'Gatehouse: Opened the stage Provision',
    'Gatehouse: Completed the stage Provision',
    'API Token - Nightly: Completed the stage Verification',
    'Gatehouse: Completed the event',
  ]);
});

it('the directory imports the same identity, and an application imports her account', async () => {
  await scene.importInto(scene.directory, peopleHeader, robert, '2,Jane,Smith,JANE@example.com,Teller,1,Active');
  await scene.importInto(scene.silverlake, 'Login,Full Name,E-Mail', 'jsmith,Jane Smith,jane@example.com');
  expect((await scene.identities())?.items.map(({ lastName, id }) => [lastName, id === jane])).toEqual([
    ['Martinez', false],
    ['Smith', true],
  ]);
});

it('a role transition changes her identity on its date and ends the old access on its end date', async () => {
  const event = await scene.transition({
    identityId: jane,
    effectiveDate: daysFromToday(server, 7),
    endDate: daysFromToday(server, 21),
    identity: { title: 'Head Teller', department: 'Lending' },
  });
  await completeStageOf(client(), event, 'Approval');
  expect([(await identity())?.title, await actions(event)]).toEqual([
    'Teller',
    [
      ['Change', 'Scheduled', 'jsmith', 'Silverlake'],
      ['Change', 'Scheduled', 'jsmith', 'Silverlake'],
    ],
  ]);
  await moveToDay(server, daysFromToday(server, 7));
  expect(await identity()).toMatchObject({ title: 'Head Teller', department: 'Lending', firstName: 'Jane' });
  expect((await actions(event)).map(([, status]) => status)).toEqual(['Scheduled', 'Open']);
  await completeOpenRequests(client(), event);
  expect(stageStatusesOf(await readEvent(client(), event))).toEqual({
    Approval: 'Completed',
    Provision: 'Completed',
    Removal: 'Scheduled',
    Verification: 'Pending',
  });
  await moveToDay(server, daysFromToday(server, 14));
  await completeOpenRequests(client(), event);
  expect((await completeStageOf(client(), event, 'Verification')).status).toBe('Completed');

  // An import with unchanged values does not undo the role transition.
  await scene.importInto(scene.directory, peopleHeader, robert, '2,Jane,Smith,JANE@example.com,Teller,1,Active');
  expect((await identity())?.title).toBe('Head Teller');
});

it('a leave suspends her access and restores it on the return date', async () => {
  const event = await scene.leave({ identityId: jane, effectiveDate: today(server) });
  expect([event.type, event.status, stageStatusesOf(event)]).toEqual([
    'Absence',
    'Pending',
    { Approval: 'Open', Provision: 'Pending', Removal: 'Snoozed' },
  ]);
  await completeStageOf(client(), event, 'Approval');
  expect(await actionStatuses(event)).toEqual(['Restore Snoozed', 'Suspend Open']);
  await completeOpenRequests(client(), event);
  expect([(await readEvent(client(), event)).status, (await scene.requests({ status: 'Snoozed' }))?.totalCount]).toEqual(['Snoozed', 1]);

  const { data } = await updatePersonnelEvent({ client: client(), path: { id: event.id }, body: { endDate: daysFromToday(server, 30) } });
  expect([data?.status, data && stageStatusesOf(data).Removal]).toEqual(['Scheduled', 'Scheduled']);
  await moveToDay(server, daysFromToday(server, 30));
  expect(await actionStatuses(event)).toEqual(['Restore Open', 'Suspend Completed']);
  await completeOpenRequests(client(), event);
  expect((await readEvent(client(), event)).status).toBe('Completed');
});

it('an offboarding removes her accounts and then disables her identity', async () => {
  await scene.importInto(
    await givenApplication(server, scene.hr, { name: 'Branch' }),
    'Login,Full Name,E-Mail',
    'E-2,J. Smith,Jane@Example.com',
  );
  const leave = await scene.leave({ identityId: jane, effectiveDate: daysFromToday(server, 90) });
  const event = await givenOffboard(server, scene.hr, jane, daysFromToday(server, 10));
  await completeStageOf(client(), event, 'Approval');
  expect(await actions(event)).toEqual([
    ['Remove', 'Scheduled', 'jsmith', 'Silverlake'],
    ['Remove', 'Scheduled', 'E-2', 'Branch'],
  ]);
  await moveToDay(server, daysFromToday(server, 10));
  expect((await readEvent(client(), leave)).status).toBe('Canceled');
  await completeOpenRequests(client(), event);
  expect([(await readEvent(client(), event)).status, await identity()]).toMatchObject([
    'Resolved',
    { status: 'Disabled', inactivatedDate: server.clock.now.toISOString() },
  ]);
  expect((await completeStageOf(client(), event, 'Verification')).status).toBe('Completed');
  expect((await scene.identities({ status: 'disabled' }))?.items.map(({ id }) => id)).toEqual([jane]);
  expect((await scene.identities({ status: 'Active' }))?.totalCount).toBe(1);
});

it('the lists contain all her events and access requests, the latest first', async () => {
  const data = await scene.events({ identityId: jane });
  expect(data?.items.map(({ type, status }) => `${type} ${status}`)).toEqual([
    'Absence Canceled',
    'Offboard Completed',
    'Absence Completed',
    'Role Transition Completed',
    'Onboard Completed',
  ]);
  const allEvents = await scene.events();
  expect([allEvents?.totalCount, allEvents?.items.map(({ number }) => number)]).toEqual([5, data?.items.map(({ number }) => number)]);
  const completed = (await scene.requests({ identityId: jane, status: 'COMPLETED' }))?.items.map(({ action }) => action);
  expect(completed).toEqual(['Remove', 'Remove', 'Restore', 'Suspend', 'Change', 'Change', 'Add']);
  expect((await scene.requests({ applicationId: scene.silverlake.id }))?.totalCount).toBe(6);
});
