import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { getApplication, getApplicationImport, listApplicationRecords } from '../../../generated/sdk.gen.ts';
import type { FileGroup } from '../../../generated/types.gen.ts';
import { insertApplicationImport } from '../../../server/applications/store/application-imports.ts';
import { rowsPerLoad } from '../../../server/applications/store/bulk-records.ts';
import { buildNext, importCounts, readImport, recordsOf, runImport } from '../../support/builds.ts';
import { type GivenApplication, givenApplication, givenImport, givenTenant, usersCsv, usersGroup } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const group = (name: string, rows: FileGroup['rows'], columns: Record<string, string>): FileGroup =>
  usersGroup({ id: randomUUID(), name, rows, columns });
const groupsOfAllKinds = (): FileGroup[] => [
  usersGroup(),
  group('Groups', 'groups', { key: 'Group', name: 'Title' }),
  group('Rights', 'privileges', { name: 'Right', userKey: 'Login', groupKey: 'Group', value: 'Value' }),
  group('People', 'identities', { key: 'Number', firstName: 'First', supervisorKey: 'Boss' }),
];
const share = (application: GivenApplication, ...files: string[]) => {
  for (const [index, { path }] of (application.import_schedule?.files ?? []).entries())
    server.share(application, files[index] as string, path);
};

it('counts added, changed, removed, unchanged and rejected rows for each kind of rows', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant, { groups: groupsOfAllKinds() });
  share(
    application,
    usersCsv('ann', 'bob', 'cid', 'dan'),
    'Group,Title\nadmins,Administrators\nstaff,Staff',
    'Right,Login,Group,Value\nread,ann,,1\nread,bob,,1\nread,,staff,\nwrite,ann,admins,all',
    'Number,First,Boss\n1,Ann,\n2,Bob,1\n3,Cid,1',
  );
  expect((await runImport(server, application)).metrics).toEqual({
    users: importCounts(4, 4, 0, 0, 0, 0),
    groups: importCounts(2, 2, 0, 0, 0, 0),
    privileges: importCounts(4, 4, 0, 0, 0, 0),
    identities: importCounts(3, 3, 0, 0, 0, 0),
    durationMs: 0,
  });

  share(
    application,
    `${usersCsv('ann', 'bob', 'eve', ' ', 'fay').replace('Name of bob', 'Bob')}\nann,again,`,
    'Group,Title',
    'Right,Login,Group,Value\nread,ann,,2\nread,bob,,1\n,bob,,1\nread,,,1\nread,,admins,\nwrite,ann,admins,all',
    'Number,First,Boss\n3,Cid,1\n2,Bob,1\n1,Ann,\n4,Dan,1',
  );
  const second = await givenImport(server, application);
  await server.build();
  const { data } = await getApplicationImport({ client: tenant.reader.client, path: { id: second.id } });
  expect(data?.metrics).toEqual({
    users: importCounts(6, 2, 1, 2, 1, 2),
    groups: importCounts(0, 0, 0, 2, 0, 0),
    privileges: importCounts(6, 1, 1, 1, 2, 2),
    identities: importCounts(4, 1, 0, 0, 3, 0),
    durationMs: 0,
  });
  expect(data?.log).toContain('Finished: 4 added, 2 changed, 5 removed, 6 unchanged, 4 rejected\n');
  const { data: applicationNow } = await getApplication({ client: tenant.reader.client, path: { id: application.id } });
  expect(applicationNow?.recordCounts).toEqual({ users: 4, groups: 0, privileges: 4, identities: 4 });
  const { data: identities } = await listApplicationRecords({
    client: tenant.reader.client,
    path: { id: application.id },
    query: { rows: 'identities' },
  });
  expect(identities?.items.map(({ key, attributes }) => [key, attributes])).toEqual([
    ['1', { firstName: 'Ann' }],
    ['2', { firstName: 'Bob', supervisorKey: '1' }],
    ['3', { firstName: 'Cid', supervisorKey: '1' }],
    ['4', { firstName: 'Dan', supervisorKey: '1' }],
  ]);
});

it('matches column names in any order and case, ignores surrounding blanks and unmapped columns', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  server.share(application, usersCsv('ann', 'bob'));
  await runImport(server, application);
  const lines = ['\ufeff e-MAIL ,Phone,"LOGIN", full name ', 'bob@example.com,1,bob,Name of bob', ' ann@example.com ,,ann ,"Name of ann"'];
  server.share(application, lines.join('\r\n'));
  expect((await runImport(server, application)).metrics?.users).toEqual(importCounts(2, 0, 0, 0, 2, 0));
});

it('compares all keys of generations larger than one comparison step', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  const size = 2 * rowsPerLoad + 10_003;
  const logins = Array.from({ length: size }, (_, index) => `user${index}`);
  server.share(application, usersCsv(...logins));
  expect((await runImport(server, application)).metrics?.users).toEqual(importCounts(size, size, 0, 0, 0, 0));

  const changed = usersCsv(...logins.slice(3), 'aaa', 'zzz', 'user10x').replace(/Name of user\d*99,/g, 'Other,');
  const changes = changed.split('Other,').length - 1;
  server.share(application, changed);
  expect((await runImport(server, application)).metrics?.users).toEqual(importCounts(size, 3, changes, 3, size - 3 - changes, 0));
});

it('removes all records if the file has only a header', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  server.share(application, usersCsv('ann', 'bob'));
  await runImport(server, application);
  server.share(application, usersCsv());
  expect(await runImport(server, application)).toMatchObject({ status: 'Finished', metrics: { users: importCounts(0, 0, 0, 2, 0, 0) } });
  expect(await recordsOf(server.db, application)).toEqual({});
});

it('retains the records of an optional file group whose file was not uploaded', async () => {
  const groups = [usersGroup(), { ...group('Groups', 'groups', { key: 'Group', name: 'Title' }), isRequired: false }] as const;
  const application = await givenApplication(server, await givenTenant(server), { groups: [...groups] });
  share(application, usersCsv('ann'), 'Group,Title\nstaff,Staff\nadmins,Administrators');
  await runImport(server, application);

  const file = await server.importFiles.store(Readable.from([Buffer.from(usersCsv('bob'))]));
  const row = await insertApplicationImport(
    server.db,
    server.clock.now,
    { environment_id: application.environment_id, application_id: application.id, type: 'Manual', created_by: 'a test' },
    [{ ...file, file_group_id: groups[0].id.toUpperCase(), file_group: 'Users', name: 'users.csv' }],
  );
  await server.build();
  const { metrics, log } = await readImport(server, row);
  expect([metrics?.users, metrics?.groups]).toEqual([importCounts(1, 1, 0, 1, 0, 0), importCounts(0, 0, 0, 0, 0, 0)]);
  expect(log).toContain('No file for groups: the existing 2 stay unchanged\n');
  expect(await recordsOf(server.db, application)).toEqual({ bob: { name: 'Name of bob', emailAddress: 'bob@example.com' } });
  expect(await recordsOf(server.db, application, 'groups')).toEqual({ staff: { name: 'Staff' }, admins: { name: 'Administrators' } });

  share(application, usersCsv('bob'), 'Group,Title\nstaff,Staff');
  const { metrics: next } = await runImport(server, application);
  expect([next?.users, next?.groups]).toEqual([importCounts(1, 0, 0, 0, 1, 0), importCounts(1, 0, 0, 1, 1, 0)]);
});

it('fails and changes nothing if an import exceeds the change limit, except the first import', async () => {
  const application = await givenApplication(server, await givenTenant(server), { change_limit_percent: 20 });
  const logins = Array.from({ length: 10 }, (_, index) => `user${index}`);
  server.share(application, usersCsv(...logins));
  expect((await runImport(server, application)).status).toBe('Finished');

  server.share(application, usersCsv(...logins.slice(1), 'new'));
  expect((await runImport(server, application)).status).toBe('Finished');
  const before = await recordsOf(server.db, application);

  server.share(application, usersCsv(...logins.slice(2), 'newer'));
  const { status, log, metrics } = await runImport(server, application);
  expect([status, metrics]).toEqual(['Failed', null]);
  expect(log).toContain(
    'Failed: 3 changes to 10 records are more than the limit of 20 %; nothing was changed. If they are intended, raise the limit',
  );
  server.share(application, usersCsv());
  expect((await runImport(server, application)).status).toBe('Failed');
  expect(await recordsOf(server.db, application)).toEqual(before);
});

it('returns false if no import is pending', async () => {
  expect(await buildNext(server)).toBe(false);
});
