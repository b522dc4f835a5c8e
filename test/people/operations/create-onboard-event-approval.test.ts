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

const grantAtOnboarding = async (tenant: Tenant, name: string, body: object = {}) => {
  const application = await givenApplication(server, tenant, { name });
  const client = tenant.writer.client;
  dataOf(await updateApplication({ client, path: { id: application.id }, body: { isGrantedAtOnboarding: true, ...body } }));
};
const requestedAccountsOf = async ({ reader }: Tenant, event: { id: string }) =>
  (await accessRequestsOf(reader.client, event))
    .reverse()
    .map(({ action, target, application }) => `${action} ${target.name} ${application.name}`);

it('201: creates the identity from fields that have other names in the response, and from the fewest fields', async () => {
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
  const fullEvent = await completeApproval(tenant, await givenOnboard(tenant, daysFromToday(server, 9), { identity }));
  const { firstName, lastName, company, division, department, office, title } = identity;
  expect(fullEvent.affectedIdentity).toEqual({
    ...{ id: fullEvent.affectedIdentity?.id, kind: 'Identity', firstName, lastName, company, division, department, office, title },
    emailAddress: 'Jane.Smith@Example.com',
    type: 'Service Account',
    supervisorName: 'Martinez, Robert',
    createdDate: '2030-06-15T12:00:00.000Z',
    updatedDate: '2030-06-15T12:00:00.000Z',
    firstSeenDate: '2030-06-15T12:00:00.000Z',
    inactivatedDate: null,
    status: 'Active',
  });
  const id = fullEvent.affectedIdentity?.id as string;
  expect((await getIdentity({ client: tenant.reader.client, path: { id } })).data).toEqual(fullEvent.affectedIdentity);
  expect(fullEvent.requestedIdentity).toEqual(identity);

  const minimalEvent = await completeApproval(tenant, await givenOnboard(tenant, today(server)));
  const nothing = { emailAddress: null, supervisorName: null, company: null, department: null, title: null };
  expect(minimalEvent.affectedIdentity).toMatchObject({ firstName: 'Jane', lastName: 'Smith', type: 'Employee', ...nothing });
});

it('201: converts every identity type to the type in the response', async () => {
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

it('201: requests an account in each application that is granted at onboarding, and in no other', async () => {
  const [tenant, foreign] = [await givenTenant(server), await givenTenant(server)];
  await grantAtOnboarding(tenant, 'Silverlake');
  await grantAtOnboarding(tenant, 'Branch');
  await grantAtOnboarding(tenant, 'Archived', { isArchived: true });
  await grantAtOnboarding(tenant, 'Withdrawn', { isGrantedAtOnboarding: false });
  await givenApplication(server, tenant, { name: 'Never granted' });
  await grantAtOnboarding(foreign, 'Theirs');
  const identity = { firstName: 'Jane', lastName: 'Smith' };
  const event = await givenOnboard(tenant, daysFromToday(server, 3), { identity: { ...identity, email: 'jane@example.com' } });
  expect(await requestedAccountsOf(tenant, event)).toEqual([]);
  await completeApproval(tenant, event);
  expect(await requestedAccountsOf(tenant, event)).toEqual(['Add jane@example.com Branch', 'Add jane@example.com Silverlake']);
  expect(await requestStatesOf(tenant, event)).toEqual(['Add Scheduled', 'Add Scheduled']);

  const withoutEmail = await completeApproval(tenant, await givenOnboard(tenant, today(server), { identity }));
  expect(await requestedAccountsOf(tenant, withoutEmail)).toEqual(['Add Jane Smith Branch', 'Add Jane Smith Silverlake']);
  expect(await requestStatesOf(tenant, withoutEmail)).toEqual(['Add Open', 'Add Open']);
});

it('201: waits only for the date if no application is granted at onboarding', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const event = await completeApproval(tenant, await givenOnboard(tenant, '2030-06-20'));
  expect([event.status, stageStatusesOf(event).Provision]).toEqual(['Scheduled', 'Scheduled']);
  await moveToDay(server, '2030-06-20');
  const laterEvent = await readEvent(tenant.reader.client, event);
  expect([laterEvent.status, stageStatusesOf(laterEvent)]).toEqual([
    'Resolved',
    { Approval: 'Completed', Provision: 'Completed', Verification: 'Open' },
  ]);
});

it('201: stores names of the maximum length in any alphabet', async () => {
  const tenant = await givenTenant(server);
  await grantAtOnboarding(tenant, 'Silverlake');
  const [firstName, lastName] = ['👩'.repeat(256), 'İß'.repeat(128)];
  const event = await completeApproval(tenant, await givenOnboard(tenant, today(server), { identity: { firstName, lastName } }));
  expect(event.affectedIdentity).toMatchObject({ firstName, lastName });
  expect(await requestedAccountsOf(tenant, event)).toEqual([`Add ${firstName} ${lastName} Silverlake`]);
  expect((await listIdentities({ client: tenant.reader.client })).data?.items).toMatchObject([{ firstName, lastName }]);
});

it('201: an approval after the effective date opens the stage at once', async () => {
  const tenant = await givenTenant(server);
  await grantAtOnboarding(tenant, 'Silverlake');
  setClock(server, '2030-06-15T12:00:00Z');
  const event = await givenOnboard(tenant, '2030-06-20');
  await moveToDay(server, '2030-06-25');
  expect((await readEvent(tenant.reader.client, event)).status).toBe('Pending');
  expect([(await completeApproval(tenant, event)).status, await requestStatesOf(tenant, event)]).toEqual(['Open', ['Add Open']]);
});
