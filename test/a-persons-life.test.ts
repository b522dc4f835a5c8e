import { beforeAll, expect, it } from 'vitest';
import {
  completeAccessRequest,
  createLeaveOfAbsenceEvent,
  createOnboardEvent,
  createRoleTransitionEvent,
  getIdentity,
  listAccessRequests,
  listIdentities,
  listPersonnelEvents,
  resolveAccessRequest,
  updateApplication,
  updatePersonnelEvent,
} from '../generated/sdk.gen.ts';
import type { PersonnelEvent } from '../generated/types.gen.ts';
import type { ApplicationRow } from '../server/store/applications.ts';
import { givenApplication, givenImport, givenTenant, type Tenant, usersGroup } from './support/given.ts';
import {
  completed,
  completeOpenRequests,
  eventNow,
  givenOffboard,
  inDays,
  onDay,
  requestsOf,
  stagesOf,
  today,
} from './support/given-people.ts';
import { useServer } from './support/server.ts';

const server = useServer();
let hr: Tenant;
let directory: ApplicationRow & { path: string };
let silverlake: ApplicationRow & { path: string };
let jane = '';

const people = {
  key: 'No',
  firstName: 'First',
  lastName: 'Last',
  emailAddress: 'Mail',
  title: 'Title',
  supervisorKey: 'Boss',
  status: 'State',
};
const header = 'No,First,Last,Mail,Title,Boss,State';
const robert = '1,Robert,Martinez,robert@example.com,Head of Lending,,Active';
const importInto = async (application: ApplicationRow & { path: string }, ...lines: string[]) => {
  server.share(application.path, lines.join('\n'));
  await givenImport(server, application);
  await server.build();
};
const client = () => hr.writer.client;
const identity = async () => (await getIdentity({ client: client(), path: { id: jane } })).data;
const actions = async (event: { id: string }) =>
  (await requestsOf(client(), event)).map(({ action, status, target, application }) => [action, status, target.name, application.name]);
const created = ({ data, error }: { data?: PersonnelEvent | undefined; error?: unknown }): PersonnelEvent => {
  if (!data) throw new Error(JSON.stringify(error));
  return data;
};

beforeAll(async () => {
  server.clock.now = new Date('2030-01-01T12:00:00Z');
  hr = await givenTenant(server);
  directory = await givenApplication(server, hr, { name: 'Directory', groups: [usersGroup({ rows: 'identities', columns: people })] });
  silverlake = await givenApplication(server, hr, { name: 'Silverlake' });
  await updateApplication({ client: hr.administrator.client, path: { id: silverlake.id }, body: { isGrantedAtOnboarding: true } });
});

it('the directory brings her supervisor', async () => {
  await importInto(directory, header, robert);
  const { data } = await listIdentities({ client: client() });
  expect(data?.items).toMatchObject([{ firstName: 'Robert', title: 'Head of Lending', status: 'Active', supervisorName: null }]);
});

it('onboarding makes her when it is approved, and asks for her accounts', async () => {
  const boss = (await listIdentities({ client: client(), query: { email: 'Robert@Example.com' } })).data?.items[0];
  const names = { firstName: 'Jane', lastName: 'Smith', email: 'jane@example.com', title: 'Teller' };
  const event = created(
    await createOnboardEvent({
      client: client(),
      body: { identity: { ...names, supervisorId: boss?.id as string }, effectiveDate: inDays(server, 14), comment: 'Welcome' },
    }),
  );
  expect([event.type, event.status, event.affectedIdentity, stagesOf(event)]).toEqual([
    'Onboard',
    'Scheduled',
    null,
    { Approval: 'Open', Provision: 'Scheduled', Verification: 'Pending' },
  ]);
  expect([event.reporter.name, event.comments.map(({ text }) => text)]).toEqual(['API Token - Nightly', ['Welcome']]);
  expect((await listIdentities({ client: client(), query: { search: 'smith' } })).data?.totalCount).toBe(0);

  const approved = await completed(client(), event, 'Approval');
  jane = approved.affectedIdentity?.id as string;
  expect(await identity()).toMatchObject({
    ...{ firstName: 'Jane', lastName: 'Smith' },
    supervisorName: 'Martinez, Robert',
    status: 'Active',
  });
  expect((await listIdentities({ client: client(), query: { search: 'smith, ja' } })).data?.items.map(({ id }) => id)).toEqual([jane]);
  expect(await actions(event)).toEqual([['Add', 'Scheduled', 'jane@example.com', 'Silverlake']]);

  await onDay(server, inDays(server, 14));
  expect(await actions(event)).toEqual([['Add', 'Open', 'jane@example.com', 'Silverlake']]);
  const [request] = await requestsOf(client(), event);
  await resolveAccessRequest({ client: client(), path: { id: request?.id as string } });
  expect((await eventNow(client(), event)).status).toBe('Open');
  const { items } = (await listAccessRequests({ client: client(), query: { status: 'resolved', type: 'add' } })).data ?? {};
  expect(items?.map(({ id }) => id)).toEqual([request?.id]);
});

it('the last request completes the stage, and verification the event', async () => {
  const event = (await listPersonnelEvents({ client: client(), query: { type: 'on board' } })).data?.items[0] as { id: string };
  const [request] = await requestsOf(client(), event);
  await completeAccessRequest({ client: client(), path: { id: request?.id as string } });
  expect((await eventNow(client(), event)).status).toBe('Resolved');
  expect((await completed(client(), event, 'Verification')).status).toBe('Completed');
  const { activity, completedOn } = await eventNow(client(), event);
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

it('the directory, which knows her now, is the same person; so is the account', async () => {
  await importInto(directory, header, robert, '2,Jane,Smith,JANE@example.com,Teller,1,Active');
  await importInto(silverlake, 'Login,Full Name,E-Mail', 'jsmith,Jane Smith,jane@example.com');
  expect((await listIdentities({ client: client() })).data?.items.map(({ lastName, id }) => [lastName, id === jane])).toEqual([
    ['Martinez', false],
    ['Smith', true],
  ]);
});

it('a role transition changes her on its day, and ends the old access on another', async () => {
  const event = created(
    await createRoleTransitionEvent({
      client: client(),
      body: {
        identityId: jane,
        effectiveDate: inDays(server, 7),
        endDate: inDays(server, 21),
        identity: { title: 'Head Teller', department: 'Lending' },
      },
    }),
  );
  await completed(client(), event, 'Approval');
  expect([(await identity())?.title, await actions(event)]).toEqual([
    'Teller',
    [
      ['Change', 'Scheduled', 'jsmith', 'Silverlake'],
      ['Change', 'Scheduled', 'jsmith', 'Silverlake'],
    ],
  ]);
  await onDay(server, inDays(server, 7));
  expect(await identity()).toMatchObject({ title: 'Head Teller', department: 'Lending', firstName: 'Jane' });
  expect((await actions(event)).map(([, status]) => status)).toEqual(['Scheduled', 'Open']);
  await completeOpenRequests(client(), event);
  expect(stagesOf(await eventNow(client(), event))).toEqual({
    Approval: 'Completed',
    Provision: 'Completed',
    Removal: 'Scheduled',
    Verification: 'Pending',
  });
  await onDay(server, inDays(server, 14));
  await completeOpenRequests(client(), event);
  expect((await completed(client(), event, 'Verification')).status).toBe('Completed');

  // What the directory says again does not undo it.
  await importInto(directory, header, robert, '2,Jane,Smith,JANE@example.com,Teller,1,Active');
  expect((await identity())?.title).toBe('Head Teller');
});

it('a leave suspends, and restores when the return date is known and has come', async () => {
  const event = created(await createLeaveOfAbsenceEvent({ client: client(), body: { identityId: jane, effectiveDate: today(server) } }));
  expect([event.type, event.status, stagesOf(event)]).toEqual([
    'Absence',
    'Pending',
    { Approval: 'Open', Provision: 'Pending', Removal: 'Snoozed' },
  ]);
  await completed(client(), event, 'Approval');
  expect((await actions(event)).map(([action, status]) => [action, status])).toEqual([
    ['Restore', 'Snoozed'],
    ['Suspend', 'Open'],
  ]);
  await completeOpenRequests(client(), event);
  expect([
    (await eventNow(client(), event)).status,
    (await listAccessRequests({ client: client(), query: { status: 'Snoozed' } })).data?.totalCount,
  ]).toEqual(['Snoozed', 1]);

  const { data } = await updatePersonnelEvent({ client: client(), path: { id: event.id }, body: { endDate: inDays(server, 30) } });
  expect([data?.status, data && stagesOf(data).Removal]).toEqual(['Scheduled', 'Scheduled']);
  await onDay(server, inDays(server, 30));
  expect((await actions(event)).map(([action, status]) => [action, status])).toEqual([
    ['Restore', 'Open'],
    ['Suspend', 'Completed'],
  ]);
  await completeOpenRequests(client(), event);
  expect((await eventNow(client(), event)).status).toBe('Completed');
});

it('offboarding removes her accounts, request by request, and then she is disabled', async () => {
  await importInto(await givenApplication(server, hr, { name: 'Branch' }), 'Login,Full Name,E-Mail', 'E-2,J. Smith,Jane@Example.com');
  const leave = created(
    await createLeaveOfAbsenceEvent({ client: client(), body: { identityId: jane, effectiveDate: inDays(server, 90) } }),
  );
  const event = await givenOffboard(server, hr, jane, inDays(server, 10));
  await completed(client(), event, 'Approval');
  expect(await actions(event)).toEqual([
    ['Remove', 'Scheduled', 'jsmith', 'Silverlake'],
    ['Remove', 'Scheduled', 'E-2', 'Branch'],
  ]);
  await onDay(server, inDays(server, 10));
  expect((await eventNow(client(), leave)).status).toBe('Canceled');
  await completeOpenRequests(client(), event);
  expect([(await eventNow(client(), event)).status, await identity()]).toMatchObject([
    'Resolved',
    { status: 'Disabled', inactivatedDate: server.clock.now.toISOString() },
  ]);
  expect((await completed(client(), event, 'Verification')).status).toBe('Completed');
  expect((await listIdentities({ client: client(), query: { status: 'disabled' } })).data?.items.map(({ id }) => id)).toEqual([jane]);
  expect((await listIdentities({ client: client(), query: { status: 'Active' } })).data?.totalCount).toBe(1);
});

it('her life is in the lists, the latest effective date first', async () => {
  const { data } = await listPersonnelEvents({ client: client(), query: { identityId: jane } });
  expect(data?.items.map(({ type, status }) => [type, status])).toEqual([
    ['Absence', 'Canceled'],
    ['Offboard', 'Completed'],
    ['Absence', 'Completed'],
    ['Role Transition', 'Completed'],
    ['Onboard', 'Completed'],
  ]);
  const all = (await listPersonnelEvents({ client: client() })).data;
  expect([all?.totalCount, all?.items.map(({ number }) => number)]).toEqual([5, data?.items.map(({ number }) => number)]);
  const done = (await listAccessRequests({ client: client(), query: { identityId: jane, status: 'COMPLETED' } })).data;
  expect(done?.items.map(({ action }) => action)).toEqual(['Remove', 'Remove', 'Restore', 'Suspend', 'Change', 'Change', 'Add']);
  expect((await listAccessRequests({ client: client(), query: { applicationId: silverlake.id } })).data?.totalCount).toBe(6);
});
