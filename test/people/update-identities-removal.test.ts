import { beforeEach, expect, it } from 'vitest';
import { importCounts, runImport } from '../support/builds.ts';
import { givenApplication, givenTenant, type Tenant, usersCsv, usersGroup } from '../support/given.ts';
import {
  type Directory,
  givenDirectory,
  importPeople,
  listAllIdentities,
  miscountedIdentityLists,
  type Person,
  peopleCsv,
  peopleGroup,
  storedIdentities,
} from '../support/given-directories.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
let tenant: Tenant;
let directory: Directory;
beforeEach(async () => {
  tenant = await givenTenant(server);
  directory = await givenDirectory(server, tenant);
});

const importDirectory = (...people: Person[]) => importPeople(server, directory, ...people);
const shown = async () => (await listAllIdentities(tenant)).map(({ lastName, status }) => `${lastName} ${status}`);

it('keeps all identities if an import has no file of identities', async () => {
  const groups = [{ ...peopleGroup(), isRequired: false }, usersGroup()] as const;
  const directoryAndUsers = await givenApplication(server, tenant, { groups: [...groups] });
  const schedule = (path: string) => {
    const files = groups.map((group, index) => ({ fileGroupId: group.id, path: index === 0 ? path : 'users.csv' }));
    return { import_schedule: JSON.stringify({ cron: null, timeZone: 'UTC', files }) };
  };
  server.share(directoryAndUsers, peopleCsv([{ No: '1', Last: 'Chen' }]));
  server.share(directoryAndUsers, usersCsv('ann'), `${directoryAndUsers.id}-1.csv`);
  server.share(directoryAndUsers, usersCsv('bob'), 'users.csv');
  expect((await runImport(server, directoryAndUsers)).status).toBe('Finished');
  const before = await storedIdentities(server, tenant);
  await server.db('applications').where({ id: directoryAndUsers.id }).update(schedule('gone.csv'));
  const { status, log } = await runImport(server, directoryAndUsers);
  expect([status, log]).toEqual(['Finished', expect.stringContaining('No file for identities: the existing 1 stay unchanged')]);
  expect(await storedIdentities(server, tenant)).toEqual(before);
});

it('removes all identities if the file has only a header, and if the connector no longer has a file group of identities', async () => {
  const otherDirectory = await givenDirectory(server, tenant);
  await importPeople(server, otherDirectory, { No: '1', Last: 'Other' });
  await importDirectory({ No: '1', Last: 'Adams' }, { No: '2', Last: 'Baker' });
  await importDirectory();
  expect(await shown()).toEqual(['Adams Removed', 'Baker Removed', 'Other Active']);

  await importDirectory({ No: '1', Last: 'Adams' });
  expect(await shown()).toEqual(['Adams Active', 'Baker Removed', 'Other Active']);
  const users = usersGroup();
  const connector = JSON.stringify({ name: 'Users alone', version: null, fileGroups: [users] });
  const import_schedule = JSON.stringify({ cron: null, timeZone: 'UTC', files: [{ fileGroupId: users.id, path: directory.path }] });
  await server.db('applications').where({ id: directory.id }).update({ connector, import_schedule });
  server.share(directory, 'Login,Full Name,E-Mail\nann,,');
  expect((await runImport(server, directory)).metrics?.identities).toEqual(importCounts(0, 0, 0, 1, 0, 0));
  expect(await shown()).toEqual(['Adams Removed', 'Baker Removed', 'Other Active']);
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
});

it('changes no identity if an import exceeds its change limit', async () => {
  await server.db('applications').where({ id: directory.id }).update({ change_limit_percent: 10 });
  await importDirectory({ No: '1', Last: 'Adams' }, { No: '2', Last: 'Baker' });
  const before = await storedIdentities(server, tenant);
  server.share(directory, peopleCsv([]));
  expect((await runImport(server, directory)).status).toBe('Failed');
  expect(await storedIdentities(server, tenant)).toEqual(before);
});
