import { expect, it } from 'vitest';
import { getIdentity, listIdentities, updateApplication } from '../../../generated/sdk.gen.ts';
import { dataOf } from '../../support/api-results.ts';
import { givenApplication, givenTenant, type Tenant } from '../../support/given.ts';
import { completeApproval, givenOnboard, requestStatesOf, setClock } from '../../support/given-events.ts';
import {
  accessRequestsOf,
  daysFromToday,
  givenIdentity,
  moveToDay,
  readEvent,
  stageStatusesOf,
  today,
} from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const granted = async (tenant: Tenant, name: string, body: object = {}) => {
  const application = await givenApplication(server, tenant, { name });
  const client = tenant.writer.client;
  dataOf(await updateApplication({ client, path: { id: application.id }, body: { isGrantedAtOnboarding: true, ...body } }));
};
const askedOf = async ({ reader }: Tenant, event: { id: string }) =>
  (await accessRequestsOf(reader.client, event))
    .reverse()
    .map(({ action, target, application }) => `${action} ${target.name} ${application.name}`);

it('201: what is written under other names than it is read, and what is not written', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const boss = await givenIdentity(server, tenant, { first_name: 'Robert', last_name: 'Martinez' });
  const identity = {
    firstName: 'Jane',
    lastName: 'Smith',
    email: 'Jane.Smith@Example.com',
    identityType: 'ServiceAccount',
    supervisorId: boss.id.toUpperCase(),
    company: 'Valkyrie',
    division: 'Lending',
    department: 'd'.repeat(128),
    office: 'Fargo',
    title: 'Teller',
  } as const;
  const whole = await completeApproval(tenant, await givenOnboard(tenant, daysFromToday(server, 9), { identity }));
  const { firstName, lastName, company, division, department, office, title } = identity;
  expect(whole.affectedIdentity).toEqual({
    ...{ id: whole.affectedIdentity?.id, kind: 'Identity', firstName, lastName, company, division, department, office, title },
    emailAddress: 'Jane.Smith@Example.com',
    type: 'Service Account',
    supervisorName: 'Martinez, Robert',
    createdDate: '2030-06-15T12:00:00.000Z',
    updatedDate: '2030-06-15T12:00:00.000Z',
    firstSeenDate: '2030-06-15T12:00:00.000Z',
    inactivatedDate: null,
    status: 'Active',
  });
  const id = whole.affectedIdentity?.id as string;
  expect((await getIdentity({ client: tenant.reader.client, path: { id } })).data).toEqual(whole.affectedIdentity);
  expect(whole.requestedIdentity).toEqual(identity);

  const least = await completeApproval(tenant, await givenOnboard(tenant, today(server)));
  const nothing = { emailAddress: null, supervisorName: null, company: null, department: null, title: null };
  expect(least.affectedIdentity).toMatchObject({ firstName: 'Jane', lastName: 'Smith', type: 'Employee', ...nothing });
});

it('201: every type there is becomes the type that is read', async () => {
  const tenant = await givenTenant(server);
  const types = [
    'Employee',
    'ServiceAccount',
    'Vendor',
    'Shared',
    'Mailbox',
    'Client',
    'Temporary',
    'Administrator',
    'Auditor',
    'Unknown',
  ] as const;
  for (const identityType of types) {
    const event = await givenOnboard(tenant, today(server), { identity: { firstName: 'Jane', lastName: 'Smith', identityType } });
    expect((await completeApproval(tenant, event)).affectedIdentity?.type).toBe(
      identityType === 'ServiceAccount' ? 'Service Account' : identityType,
    );
  }
});

it('201: an account is asked for in each application that is granted at onboarding, and in no other', async () => {
  const [tenant, foreign] = [await givenTenant(server), await givenTenant(server)];
  await granted(tenant, 'Silverlake');
  await granted(tenant, 'Branch');
  await granted(tenant, 'Archived', { isArchived: true });
  await granted(tenant, 'Withdrawn', { isGrantedAtOnboarding: false });
  await givenApplication(server, tenant, { name: 'Never granted' });
  await granted(foreign, 'Theirs');
  const identity = { firstName: 'Jane', lastName: 'Smith' };
  const event = await givenOnboard(tenant, daysFromToday(server, 3), { identity: { ...identity, email: 'jane@example.com' } });
  expect(await askedOf(tenant, event)).toEqual([]);
  await completeApproval(tenant, event);
  expect(await askedOf(tenant, event)).toEqual(['Add jane@example.com Branch', 'Add jane@example.com Silverlake']);
  expect(await requestStatesOf(tenant, event)).toEqual(['Add Scheduled', 'Add Scheduled']);

  const withoutEmail = await completeApproval(tenant, await givenOnboard(tenant, today(server), { identity }));
  expect(await askedOf(tenant, withoutEmail)).toEqual(['Add Jane Smith Branch', 'Add Jane Smith Silverlake']);
  expect(await requestStatesOf(tenant, withoutEmail)).toEqual(['Add Open', 'Add Open']);
});

it('201: where nothing is granted, only the day is waited for', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const event = await completeApproval(tenant, await givenOnboard(tenant, '2030-06-20'));
  expect([event.status, stageStatusesOf(event).Provision]).toEqual(['Scheduled', 'Scheduled']);
  await moveToDay(server, '2030-06-20');
  const then = await readEvent(tenant.reader.client, event);
  expect([then.status, stageStatusesOf(then)]).toEqual([
    'Resolved',
    { Approval: 'Completed', Provision: 'Completed', Verification: 'Open' },
  ]);
});

it('201: the longest names there may be, of letters from anywhere, are kept whole', async () => {
  const tenant = await givenTenant(server);
  await granted(tenant, 'Silverlake');
  const [firstName, lastName] = ['👩'.repeat(256), 'İß'.repeat(128)];
  const event = await completeApproval(tenant, await givenOnboard(tenant, today(server), { identity: { firstName, lastName } }));
  expect(event.affectedIdentity).toMatchObject({ firstName, lastName });
  expect(await askedOf(tenant, event)).toEqual([`Add ${firstName} ${lastName} Silverlake`]);
  expect((await listIdentities({ client: tenant.reader.client })).data?.items).toMatchObject([{ firstName, lastName }]);
});

it('201: an approval that comes after the effective date opens everything at once', async () => {
  const tenant = await givenTenant(server);
  await granted(tenant, 'Silverlake');
  setClock(server, '2030-06-15T12:00:00Z');
  const event = await givenOnboard(tenant, '2030-06-20');
  await moveToDay(server, '2030-06-25');
  expect((await readEvent(tenant.reader.client, event)).status).toBe('Pending');
  expect([(await completeApproval(tenant, event)).status, await requestStatesOf(tenant, event)]).toEqual(['Open', ['Add Open']]);
});
