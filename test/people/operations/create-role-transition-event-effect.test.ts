import { expect, it } from 'vitest';
import { cancelAccessRequest, cancelPersonnelEvent, getIdentity, listIdentities } from '../../../generated/sdk.gen.ts';
import { dataOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { activityTextsOf, completeApproval, givenPerson, givenTransition, requestStatesOf, setClock } from '../../support/given-events.ts';
import {
  accessRequestsOf,
  completeOpenRequests,
  completeStageOf,
  givenIdentity,
  moveToDay,
  readEvent,
} from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const identityNow = async ({ reader }: Tenant, id: string) => dataOf(await getIdentity({ client: reader.client, path: { id } }));
const full = {
  first_name: 'Jane',
  last_name: 'Smith',
  title: 'Teller',
  company: 'Valkyrie',
  division: 'Retail',
  department: 'Branches',
  office: 'Fargo',
};

it('200: changes the identity only after both the effective date and the approval', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { id } = await givenIdentity(server, tenant, full);
  const titleNow = async () => (await identityNow(tenant, id)).title;
  const event = await givenTransition(tenant, id, '2030-06-20', { identity: { title: 'Head Teller' } });
  await moveToDay(server, '2030-06-19');
  await completeApproval(tenant, event);
  expect(await titleNow()).toBe('Teller');
  await moveToDay(server, '2030-06-20');
  expect(await titleNow()).toBe('Head Teller');

  const late = await givenTransition(tenant, id, '2030-06-21', { identity: { title: 'Head of Lending' } });
  await moveToDay(server, '2030-06-25');
  expect([await titleNow(), (await readEvent(tenant.reader.client, late)).status]).toEqual(['Head Teller', 'Pending']);
  expect((await completeApproval(tenant, late)).affectedIdentity?.title).toBe('Head of Lending');
});

it('200: keeps fields that are not named, clears fields that are null or blank, and updates the search by name', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const boss = await givenIdentity(server, tenant, { first_name: 'Robert', last_name: 'Martinez' });
  const { id, email_address } = await givenIdentity(server, tenant, full);
  const change = async (identity: object) =>
    (await completeApproval(tenant, await givenTransition(tenant, id, '2030-06-15', { identity }))).affectedIdentity;
  const before = await identityNow(tenant, id);

  const named = { lastName: 'Jones', title: 'Head Teller', supervisorId: boss.id.toUpperCase(), identityType: 'ServiceAccount' };
  const changed = { ...before, lastName: 'Jones', title: 'Head Teller', supervisorName: 'Martinez, Robert', type: 'Service Account' };
  expect(await change(named)).toEqual(changed);
  expect(await change({})).toEqual(changed);

  const nothing = { company: null, division: ' ', department: null, office: '\u00a0', title: null, email: null, supervisorId: null };
  const emptied = { company: null, division: null, department: null, office: null, title: null, emailAddress: null, supervisorName: null };
  expect(await change(nothing)).toEqual({ ...changed, ...emptied });
  const found = async (query: object) => (await listIdentities({ client: tenant.reader.client, query })).data?.totalCount;
  expect([await found({ search: 'Jones' }), await found({ search: 'Smith' }), await found({ email: email_address })]).toEqual([1, 0, 0]);
});

it('200: requests each account once without an end date, and a second time on the end date', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { person } = await givenPerson(server, tenant, 2);
  const short = await completeApproval(tenant, await givenTransition(tenant, person.id, '2030-06-15'));
  expect([short.status, await requestStatesOf(tenant, short)]).toEqual(['Open', ['Change Open', 'Change Open']]);

  const long = await completeApproval(tenant, await givenTransition(tenant, person.id, '2030-06-15', { endDate: '2030-06-30' }));
  const requests = (await accessRequestsOf(tenant.reader.client, long)).reverse();
  expect(requests.map(({ action, status, target, neededOn }) => [action, status, target.name, neededOn?.slice(0, 10)])).toEqual([
    ['Change', 'Open', 'user0', '2030-06-15'],
    ['Change', 'Scheduled', 'user0', '2030-06-30'],
    ['Change', 'Open', 'user1', '2030-06-15'],
    ['Change', 'Scheduled', 'user1', '2030-06-30'],
  ]);
});

it('200: opens the stage `Removal` on its date, but not before `Provision` has completed', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { person } = await givenPerson(server, tenant);
  const { client } = tenant.writer;
  const event = await completeApproval(tenant, await givenTransition(tenant, person.id, '2030-06-15', { endDate: '2030-06-30' }));
  await moveToDay(server, '2030-07-01');
  expect(await requestStatesOf(tenant, event)).toEqual(['Change Open', 'Change Pending']);
  await completeOpenRequests(client, event);
  expect(await requestStatesOf(tenant, event)).toEqual(['Change Completed', 'Change Open']);
  await completeOpenRequests(client, event);
  const done = await completeStageOf(client, event, 'Verification');
  expect([done.status, activityTextsOf(done).slice(3)]).toEqual([
    'Completed',
    [
      'Gatehouse: Opened the stage Provision',
      'Gatehouse: Completed the stage Provision',
      'Gatehouse: Opened the stage Removal',
      'Gatehouse: Completed the stage Removal',
      'API Token - Nightly: Completed the stage Verification',
      'Gatehouse: Completed the event',
    ],
  ]);
});

it('200: a canceled role transition changes no identity and opens no access requests', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { person } = await givenPerson(server, tenant, 1, full);
  const event = await completeApproval(
    tenant,
    await givenTransition(tenant, person.id, '2030-06-20', { identity: { title: 'Head Teller' } }),
  );
  await cancelPersonnelEvent({ client: tenant.writer.client, path: { id: event.id } });
  await moveToDay(server, '2030-06-21');
  expect([(await identityNow(tenant, person.id)).title, await requestStatesOf(tenant, event)]).toEqual(['Teller', ['Change Canceled']]);
});

it('200: changes the identity on the effective date even if all access requests are canceled', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { person } = await givenPerson(server, tenant, 1, full);
  const event = await completeApproval(
    tenant,
    await givenTransition(tenant, person.id, '2030-06-20', { identity: { title: 'Head Teller' } }),
  );
  for (const { id } of await accessRequestsOf(tenant.reader.client, event))
    await cancelAccessRequest({ client: tenant.writer.client, path: { id } });
  expect((await readEvent(tenant.reader.client, event)).status).toBe('Scheduled');
  await moveToDay(server, '2030-06-20');
  expect([(await identityNow(tenant, person.id)).title, (await readEvent(tenant.reader.client, event)).status]).toEqual([
    'Head Teller',
    'Resolved',
  ]);
});
