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
/** An application with these accounts, each `login,number,address`. */
const givenUsers = async (tenant: Tenant, name: string, ...lines: string[]) => {
  const application = await givenApplication(server, tenant, { name, groups: [group] });
  server.share(application.path, ['Login,No,Mail', ...lines].join('\n'));
  await givenImport(server, application);
  await server.build();
  return application;
};
/** The accounts that an approved offboarding is to remove, oldest request first. */
const removedOf = async (tenant: Tenant, identityId: string) => {
  const event = await completeApproval(tenant, await givenOffboard(server, tenant, identityId, daysFromToday(server, 5)));
  return (await accessRequestsOf(tenant.reader.client, event))
    .reverse()
    .map(({ target, application }) => `${application.name} ${target.name}`);
};

it('201: accounts of another organization are never asked for, even with the same address and number', async () => {
  const [tenant, foreign] = [await givenTenant(server), await givenTenant(server)];
  const person = await givenIdentity(server, tenant, { email_address: 'jane@example.com', source_key: 'E-7' });
  await givenUsers(foreign, 'Theirs', 'jane,E-7,jane@example.com');
  await givenUsers(tenant, 'Ours', 'jsmith,E-7,jane@example.com');
  expect(await removedOf(tenant, person.id)).toEqual(['Ours jsmith']);
});

it('201: accounts are found by the employee number or by the address, in any case, and each once', async () => {
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
  expect((await removedOf(tenant, person.id)).sort()).toEqual(['Silverlake address', 'Silverlake both', 'Silverlake number']);
});

it('201: nobody without number and address has accounts, not those of others without either', async () => {
  const tenant = await givenTenant(server);
  const person = await givenIdentity(server, tenant, { email_address: null });
  await givenUsers(tenant, 'Silverlake', 'empty,,', 'null,null,null');
  expect(await removedOf(tenant, person.id)).toEqual([]);
});

it('201: archived applications get no requests, nor does what the latest import no longer has', async () => {
  const tenant = await givenTenant(server);
  const person = await givenIdentity(server, tenant);
  const [gone, archived] = [
    await givenAccounts(server, tenant, [person], 'Gone'),
    await givenAccounts(server, tenant, [person], 'Archived'),
  ];
  await givenAccounts(server, tenant, [person, person], 'Kept');
  await updateApplication({ client: tenant.writer.client, path: { id: archived.id }, body: { isArchived: true } });
  server.share(gone.path, 'Login,Full Name,E-Mail\nuser0,Somebody else,else@example.com');
  await givenImport(server, gone);
  await server.build();
  expect(await removedOf(tenant, person.id)).toEqual(['Kept user0', 'Kept user1']);
});

it('201: each request knows the privileges of its own account, as they were when it was made', async () => {
  const tenant = await givenTenant(server);
  const person = await givenIdentity(server, tenant);
  const columns = { userKey: 'Login', groupKey: 'Group', name: 'Privilege', value: 'Limit', description: 'Says' };
  const groups = [usersGroup(), usersGroup({ name: 'Privileges', rows: 'privileges', columns })];
  const application = await givenApplication(server, tenant, { groups });
  const users = ['u', 'u1', '"u', 'ü,1'];
  const line = (login: string) => `"${login.replaceAll('"', '""')}"`;
  server.share(
    application.path,
    ['Login,Full Name,E-Mail', ...users.map((login) => `${line(login)},J,${person.email_address}`)].join('\n'),
  );
  const privileges = users.map((login) => `${line(login)},,${line(`of ${login}`)},5,`);
  const more = ['u,Tellers,Approve,"1,000",Approves loans', ',Tellers,Of the group only,,', 'uu,,Of another,,'];
  server.share(`${application.id}-1.csv`, ['Login,Group,Privilege,Limit,Says', ...privileges, ...more].join('\n'));
  await givenImport(server, application);
  await server.build();

  const event = await completeApproval(tenant, await givenOffboard(server, tenant, person.id, today(server)));
  server.share(`${application.id}-1.csv`, 'Login,Group,Privilege,Limit,Says');
  await givenImport(server, application);
  await server.build();
  const found = new Map<string, unknown>();
  for (const request of await accessRequestsOf(tenant.reader.client, event))
    found.set(request.target.name, (await readAccessRequest(tenant, request)).privileges);
  const own = (name: string) => ({ name, groupKey: null, value: '5', description: null });
  expect(Object.fromEntries(found)).toEqual({
    u: [own('of u'), { name: 'Approve', groupKey: 'Tellers', value: '1,000', description: 'Approves loans' }],
    u1: [own('of u1')],
    '"u': [own('of "u')],
    'ü,1': [own('of ü,1')],
  });
});

it('201: with no accounts at all, the stage completes and the person is disabled at once', async () => {
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

it('409: with more than 1,000 accounts nothing is approved; 1,000 are asked for, each', async () => {
  const tenant = await givenTenant(server);
  const [one, other] = [await givenPerson(server, tenant, 1000), await givenPerson(server, tenant, 1001)];
  const tooMany = await givenOffboard(server, tenant, other.person.id);
  const before = await dumpPersonnelTables(server);
  const answer = await completeStage({ client: tenant.writer.client, path: { id: tooMany.id, stage: 'Approval' } });
  expect(messageOf(answer)).toEqual([409, expect.stringMatching(/^More than 1000 accounts /)]);
  expect(await dumpPersonnelTables(server)).toEqual(before);
  const event = await completeApproval(tenant, await givenOffboard(server, tenant, one.person.id));
  const [count] = await server.db('access_requests').where({ personnel_event_id: event.id, status: 'Open' }).count({ count: '*' });
  expect([Number(count?.count), event.activity.map(({ description }) => description)]).toEqual([
    1000,
    expect.arrayContaining(['Made 1000 access requests']),
  ]);
});
