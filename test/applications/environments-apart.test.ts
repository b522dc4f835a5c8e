import { expect, it } from 'vitest';
import { listAccessRequests, listApplicationImports } from '../../generated/sdk.gen.ts';
import { dataOf } from '../support/api-results.ts';
import { stageDue } from '../support/builds.ts';
import { givenApplication, type Tenant, usersCsv } from '../support/given.ts';
import { givenDirectory, importPeople, listAllIdentities } from '../support/given-directories.ts';
import { completeApproval, givenOpenRequests } from '../support/given-events.ts';
import { givenTwoEnvironments } from '../support/given-levels.ts';
import { givenIdentity, givenOffboard, today } from '../support/given-people.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

it('a scheduled import belongs to the environment of its application', async () => {
  const { whole, here, there } = await givenTwoEnvironments(server);
  const next_run_at = '2026-02-20 02:00:00.000';
  const application = await givenApplication(server, here, { next_run_at });
  server.share(application, usersCsv('ann'));
  expect(await stageDue(server, new Date('2026-02-20T02:00:00Z'))).toBe(1);
  await server.build();
  const importsOf = async ({ reader: { client } }: Tenant) =>
    dataOf(await listApplicationImports({ client })).items.map(({ number, type, status }) => [number, type, status]);
  expect(await importsOf(here)).toEqual([[1, 'Scheduled', 'Finished']]);
  for (const otherTenant of [there, whole]) expect(await importsOf(otherTenant)).toEqual([]);
});

it('an import of identities affects only the environment of its application', async () => {
  const { whole, here, there } = await givenTwoEnvironments(server);
  const [directoryHere, directoryThere] = [await givenDirectory(server, here), await givenDirectory(server, there)];
  const [ann, bob] = [
    { No: '1', First: 'Ann', Last: 'Lee', Mail: 'ann@example.com' },
    { No: '2', First: 'Bob', Last: 'Ray' },
  ];
  await importPeople(server, directoryHere, ann, bob);
  expect([await listAllIdentities(there), await listAllIdentities(whole)]).toEqual([[], []]);
  await importPeople(server, directoryThere, { ...ann, First: 'Anna' });
  const namesOf = async (tenant: Tenant) => (await listAllIdentities(tenant)).map(({ firstName, status }) => `${firstName} ${status}`);
  expect([await namesOf(here), await namesOf(there)]).toEqual([['Ann Active', 'Bob Active'], ['Anna Active']]);
  await importPeople(server, directoryHere, bob);
  expect(await namesOf(there)).toEqual(['Anna Active']);
  expect(await namesOf(here)).not.toContain('Ann Active');
});

it('an approval creates access requests only for accounts in its own environment', async () => {
  const { here, there } = await givenTwoEnvironments(server);
  const { person } = await givenOpenRequests(server, there);
  const namesake = await givenIdentity(server, here, { email_address: person.email_address });
  await completeApproval(here, await givenOffboard(server, here, namesake.id, today(server)));
  expect((await listAccessRequests({ client: here.reader.client })).data?.totalCount).toBe(0);
  expect((await listAccessRequests({ client: there.reader.client })).data?.totalCount).toBe(1);
});
