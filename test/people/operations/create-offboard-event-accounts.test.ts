import { expect, it } from 'vitest';
import { completeStage, updateApplication } from '../../../generated/sdk.gen.ts';
import { messageOf } from '../../support/api-results.ts';
import { givenApplication, givenImport, givenTenant, type Tenant, usersGroup } from '../../support/given.ts';
import { completeApproval, dumpPersonnelTables, givenPerson, readAccessRequest } from '../../support/given-events.ts';
import {
  accessRequestsOf,
  daysFromToday,
  givenAccounts,
  givenIdentity,
  givenOffboard,
  stageStatusesOf,
  today,
} from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const group = usersGroup({ columns: { key: 'Login', employeeNumber: 'No', emailAddress: 'Mail' } });
/** Imports an application with these accounts. A line is `login,employee number,e-mail address`. */
const givenUsers = async (tenant: Tenant, name: string, ...lines: string[]) => {
  const application = await givenApplication(server, tenant, { name, groups: [group] });
  server.share(application, ['Login,No,Mail', ...lines].join('\n'));
  await givenImport(server, application);
  await server.build();
  return application;
};
/** Approves an offboarding and returns the accounts that it removes, oldest access request first. */
const approveAndListRemovals = async (tenant: Tenant, identityId: string) => {
  const event = await completeApproval(tenant, await givenOffboard(server, tenant, identityId, daysFromToday(server, 5)));
  return (await accessRequestsOf(tenant.reader.client, event))
    .reverse()
    .map(({ target, application }) => `${application.name} ${target.name}`);
};

it('201: ignores accounts of another organization with the same e-mail address and number', async () => {
  const [tenant, foreign] = [await givenTenant(server), await givenTenant(server)];
  const person = await givenIdentity(server, tenant, { email_address: 'jane@example.com', source_key: 'E-7' });
  await givenUsers(foreign, 'Theirs', 'jane,E-7,jane@example.com');
  await givenUsers(tenant, 'Ours', 'jsmith,E-7,jane@example.com');
  expect(await approveAndListRemovals(tenant, person.id)).toEqual(['Ours jsmith']);
});

it('201: finds each account once, by employee number or e-mail address in upper or lower case', async () => {
  const tenant = await givenTenant(server);
  const person = await givenIdentity(server, tenant, { email_address: 'Jane.Smith@Example.com', source_key: 'e-7' });
  await givenUsers(
    tenant,
    'Silverlake',
    'both,E-7,jane.smith@example.com',
    'number,E-7,other@example.com',
    'address,E-8,JANE.SMITH@EXAMPLE.COM',
    'neither,E-70,jane.smith@example.com.org',
    'empty,,',
  );
  expect((await approveAndListRemovals(tenant, person.id)).sort()).toEqual(['Silverlake address', 'Silverlake both', 'Silverlake number']);
});

it('201: finds no accounts for an identity without number and e-mail address', async () => {
  const tenant = await givenTenant(server);
  const person = await givenIdentity(server, tenant, { email_address: null });
  await givenUsers(tenant, 'Silverlake', 'empty,,', 'null,null,null');
  expect(await approveAndListRemovals(tenant, person.id)).toEqual([]);
});

it('201: ignores archived applications and accounts that the latest import does not contain', async () => {
  const tenant = await givenTenant(server);
  const person = await givenIdentity(server, tenant);
  const [gone, archived] = [
    await givenAccounts(server, tenant, [person], 'Gone'),
    await givenAccounts(server, tenant, [person], 'Archived'),
  ];
  await givenAccounts(server, tenant, [person, person], 'Kept');
  await updateApplication({ client: tenant.writer.client, path: { id: archived.id }, body: { isArchived: true } });
  server.share(gone, 'Login,Full Name,E-Mail\nuser0,Somebody else,else@example.com');
  await givenImport(server, gone);
  await server.build();
  expect(await approveAndListRemovals(tenant, person.id)).toEqual(['Kept user0', 'Kept user1']);
});

it('201: stores the privileges of each account at the time of the access request', async () => {
  const tenant = await givenTenant(server);
  const person = await givenIdentity(server, tenant);
  const columns = { userKey: 'Login', groupKey: 'Group', name: 'Privilege', value: 'Limit', description: 'Says' };
  const groups = [usersGroup(), usersGroup({ name: 'Privileges', rows: 'privileges', columns })];
  const application = await givenApplication(server, tenant, { groups });
  const users = ['u', 'u1', '"u', 'ü,1'];
  const line = (login: string) => `"${login.replaceAll('"', '""')}"`;
  server.share(application, ['Login,Full Name,E-Mail', ...users.map((login) => `${line(login)},J,${person.email_address}`)].join('\n'));
  const privileges = users.map((login) => `${line(login)},,${line(`of ${login}`)},5,`);
  const more = ['u,Tellers,Approve,"1,000",Approves loans', ',Tellers,Of the group only,,', 'uu,,Of another,,'];
  server.share(application, ['Login,Group,Privilege,Limit,Says', ...privileges, ...more].join('\n'), `${application.id}-1.csv`);
  await givenImport(server, application);
  await server.build();

  const event = await completeApproval(tenant, await givenOffboard(server, tenant, person.id, today(server)));
  server.share(application, 'Login,Group,Privilege,Limit,Says', `${application.id}-1.csv`);
  await givenImport(server, application);
  await server.build();
  const found = new Map<string, unknown>();
  for (const request of await accessRequestsOf(tenant.reader.client, event))
    found.set(request.target.name, (await readAccessRequest(tenant, request)).privileges);
  const privilegeNamed = (name: string) => ({ name, groupKey: null, value: '5', description: null });
  expect(Object.fromEntries(found)).toEqual({
    u: [privilegeNamed('of u'), { name: 'Approve', groupKey: 'Tellers', value: '1,000', description: 'Approves loans' }],
    u1: [privilegeNamed('of u1')],
    '"u': [privilegeNamed('of "u')],
    'ü,1': [privilegeNamed('of ü,1')],
  });
});

it('201: completes the stage and disables the identity at once if there are no accounts', async () => {
  const tenant = await givenTenant(server);
  const person = await givenIdentity(server, tenant);
  const event = await completeApproval(tenant, await givenOffboard(server, tenant, person.id));
  expect([event.status, stageStatusesOf(event), event.affectedIdentity?.status]).toEqual([
    'Resolved',
    { Approval: 'Completed', Provision: 'Completed', Verification: 'Open' },
    'Disabled',
  ]);
  expect(event.affectedIdentity?.inactivatedDate).toBe(server.clock.now.toISOString());
});

it('409: refuses to approve for more than 1,000 accounts; creates one access request for each of 1,000', async () => {
  const tenant = await givenTenant(server);
  const [allowed, overflowing] = [await givenPerson(server, tenant, 1000), await givenPerson(server, tenant, 1001)];
  const refusedEvent = await givenOffboard(server, tenant, overflowing.person.id);
  const before = await dumpPersonnelTables(server);
  const result = await completeStage({ client: tenant.writer.client, path: { id: refusedEvent.id, stage: 'Approval' } });
  expect(messageOf(result)).toEqual([409, expect.stringMatching(/^More than 1000 accounts /)]);
  expect(await dumpPersonnelTables(server)).toEqual(before);
  const event = await completeApproval(tenant, await givenOffboard(server, tenant, allowed.person.id));
  const [count] = await server.db('access_requests').where({ personnel_event_id: event.id, status: 'Open' }).count({ count: '*' });
  expect([Number(count?.count), event.activity.map(({ description }) => description)]).toEqual([
    1000,
    expect.arrayContaining(['Made 1000 access requests']),
  ]);
});
