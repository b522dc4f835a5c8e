import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { claimNextImport } from '../../../server/applications/store/build-queue.ts';
import { createBulkWriter } from '../../../server/applications/store/bulk-records.ts';
import { insertGeneration } from '../../../server/applications/store/generations.ts';
import { accountsMax, listAccounts, listPrivileges, privilegesMax } from '../../../server/people/store/accounts.ts';
import type { IdentityRow } from '../../../server/people/store/identity-rows.ts';
import { runImport } from '../../support/builds.ts';
import { type GivenApplication, givenApplication, givenImport, givenTenant, type Tenant, usersGroup } from '../../support/given.ts';
import { givenIdentity } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
let tenant: Tenant;
beforeEach(async () => {
  tenant = await givenTenant(server);
});

const columns = { key: 'Login', emailAddress: 'Mail', employeeNumber: 'Number' };
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const csv = (header: string, rows: string[][]) => [header, ...rows.map((row) => row.map(quoted).join(','))].join('\n');
/** Imports an application with these users. A row is a login, an e-mail address and an employee number. */
async function givenUsers(name: string, rows: string[][], owner = tenant) {
  const application = await givenApplication(server, owner, { name, groups: [usersGroup({ columns })] });
  server.share(application, csv('Login,Mail,Number', rows));
  expect((await runImport(server, application)).status).toBe('Finished');
  return application;
}
const importAgain = async (application: GivenApplication, rows: string[][]) => {
  server.share(application, csv('Login,Mail,Number', rows));
  await runImport(server, application);
};
const givenPerson = (email_address: string | null, source_key: string | null = null): Promise<IdentityRow> =>
  givenIdentity(server, tenant, { email_address, source_key, application_id: source_key === null ? null : randomUUID() });
const accountsOf = async (person: IdentityRow) => {
  const accounts = await listAccounts(server.db, person);
  const names = new Map((await server.db('applications').select('id', 'name')).map(({ id, name }) => [id, name]));
  return accounts.map(({ application_id, record_key }) => `${names.get(application_id)}: ${record_key}`);
};

it('finds accounts by employee number and by e-mail address, in upper or lower case, each once', async () => {
  await givenUsers('Silverlake', [
    ['both', 'ann@example.com', 'e-17'],
    ['number', 'other@example.com', 'E-17'],
    ['email', 'ANN@Example.com', ''],
    ['neither', 'anna@example.com', 'e-170'],
    ['empty', '', ''],
  ]);
  await givenUsers('Branch', [
    [' number ', '', ' E-17 '],
    ['nobody', 'e-17', 'ann@example.com'],
  ]);
  const person = await givenPerson('Ann@EXAMPLE.com', 'E-17');
  expect(await accountsOf(person)).toEqual(['Branch: number', 'Silverlake: both', 'Silverlake: number', 'Silverlake: email']);
  expect(await accountsOf({ ...person, source_key: null })).toEqual(['Silverlake: both', 'Silverlake: email']);
  expect(await accountsOf({ ...person, email_address: null, source_key: 'e-17' })).toEqual([
    'Branch: number',
    'Silverlake: both',
    'Silverlake: number',
  ]);
  expect(await accountsOf(await givenPerson(null))).toEqual([]);
  expect(await accountsOf(await givenPerson(''))).toEqual([]);
});

it('compares accents, wildcards, zeros and inner blanks exactly', async () => {
  await givenUsers('Silverlake', [
    ['accent', 'ÄNN@example.com', '00123'],
    ['plain', 'ann@example.com', '123'],
    ['wild', 'a%_@example.com', '%'],
    ['blank', 'a b@example.com', '1 2'],
    ['emoji', '😀@Example.com', "'; --"],
    ['backslash', '\\N', 'null'],
  ]);
  const found = async (email: string | null, key: string | null = null) => accountsOf(await givenPerson(email, key));
  expect(await found('änn@example.com', '00123')).toEqual(['Silverlake: accent']);
  expect(await found('Ann@example.com', '123')).toEqual(['Silverlake: plain']);
  expect(await found('A%_@example.com', '%')).toEqual(['Silverlake: wild']);
  expect(await found('😀@example.com', "'; --")).toEqual(['Silverlake: emoji']);
  expect(await found('\\n', 'NULL')).toEqual(['Silverlake: backslash']);
  expect([await found('ab@example.com'), await found(null, '12'), await found('%'), await found(null, '_')]).toEqual([[], [], [], []]);
});

it('finds only users of the last finished import, in applications of the same environment that are not archived', async () => {
  const person = await givenPerson('ann@example.com', 'E-17');
  const ann = (login: string) => [login, 'ann@example.com', 'E-17'];
  const current = await givenUsers('Current', [ann('before'), ann('kept')]);
  await importAgain(current, [ann('kept'), ann('after')]);
  const archived = await givenUsers('Archived', [ann('archived')]);
  await server.db('applications').where({ id: archived.id }).update({ is_archived: 1 });
  await givenUsers('Foreign', [ann('foreign')], await givenTenant(server));
  await givenApplication(server, tenant, { name: 'Never imported' });
  const group = usersGroup({ rows: 'identities', columns: { key: 'Login', emailAddress: 'Mail' } });
  const directory = await givenApplication(server, tenant, { name: 'Directory', groups: [group] });
  server.share(directory, csv('Login,Mail', [['E-17', 'ann@example.com']]));
  await runImport(server, directory);

  // A generation of an unfinished build.
  await givenImport(server, current);
  const lease = await claimNextImport(server.db, server.clock.now, 30_000);
  const writer = createBulkWriter(
    server.db,
    await insertGeneration(server.db, lease as NonNullable<typeof lease>, server.clock.now),
    'users',
  );
  await writer.add([{ key: 'next', position: 1, attributes: '{}', personNumber: 'e-17', personEmail: 'ann@example.com' }]);
  await writer.end();
  expect(await accountsOf(person)).toEqual(['Current: after', 'Current: kept']);
  await server.db('applications').where({ id: archived.id }).update({ is_archived: 0 });
  expect(await accountsOf(person)).toEqual(['Archived: archived', 'Current: after', 'Current: kept']);
  await server.db('application_imports').delete();
});

it('returns one account more than the limit on overflow', async () => {
  const rows = Array.from({ length: accountsMax + 5 }, (_, index) => [`u${index}`, 'shared@example.com', '']);
  await givenUsers('Silverlake', rows);
  expect((await listAccounts(server.db, await givenPerson('shared@example.com'))).length).toBe(accountsMax + 1);
});

it('finds no accounts for a number or an address that is too long', async () => {
  await givenUsers('Silverlake', [['long', `${'x'.repeat(300)}@example.com`, 'y'.repeat(300)]]);
  expect(await accountsOf(await givenPerson('x'.repeat(256), 'y'.repeat(512)))).toEqual([]);
});

it('lists the privileges of exactly one account, with any characters in the keys', async () => {
  const logins = ['a', 'a","b', 'a"', 'a,', 'a,b', 'ab', 'A', 'a\\', 'a\\"', '["a"', 'a]', 'ä', '😀', '%', 'a%', '', 'a"]'];
  const groups = [
    usersGroup(),
    usersGroup({
      name: 'Privileges',
      rows: 'privileges',
      columns: { userKey: 'Login', groupKey: 'Group', name: 'Right', value: 'Value', description: 'About' },
    }),
  ];
  const application = await givenApplication(server, tenant, { groups });
  const users = logins.filter((login) => login !== '');
  server.share(application, csv('Login,Full Name,E-Mail', [...users.map((login) => [login, '', 'ann@example.com']), ['none', '', '']]));
  const rights = logins.flatMap((login) => [
    [login, '', `of ${login}`, '1', ''],
    [login, 'staff', `of ${login}`, '', 'By group'],
  ]);
  server.share(application, csv('Login,Group,Right,Value,About', rights), `${application.id}-1.csv`);
  const { metrics } = await runImport(server, application);
  expect(metrics?.privileges.rejected).toBe(1);

  const accounts = await listAccounts(server.db, await givenPerson('ann@example.com'));
  expect(accounts.map(({ record_key }) => record_key).sort()).toEqual(users.toSorted());
  for (const account of accounts)
    expect(await listPrivileges(server.db, account)).toEqual([
      { name: `of ${account.record_key}`, groupKey: null, value: '1', description: null },
      { name: `of ${account.record_key}`, groupKey: 'staff', value: null, description: 'By group' },
    ]);
  expect(await listPrivileges(server.db, { ...(accounts[0] as (typeof accounts)[number]), record_key: 'none' })).toEqual([]);
});

it('lists only the first privileges of an account that exceeds the limit', async () => {
  const groups = [usersGroup(), usersGroup({ name: 'Privileges', rows: 'privileges', columns: { userKey: 'Login', name: 'Right' } })];
  const application = await givenApplication(server, tenant, { groups });
  server.share(application, 'Login,Full Name,E-Mail\na,,ann@example.com');
  const names = Array.from({ length: privilegesMax + 2 }, (_, index) => `r${String(index).padStart(5, '0')}`);
  server.share(application, ['Login,Right', ...names.map((name) => `a,${name}`)].join('\n'), `${application.id}-1.csv`);
  await runImport(server, application);
  const [account] = await listAccounts(server.db, await givenPerson('ann@example.com'));
  const found = await listPrivileges(server.db, account as NonNullable<typeof account>);
  expect(found.map(({ name }) => name)).toEqual(names.slice(0, privilegesMax));
});
