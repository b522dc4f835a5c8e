import { createHash, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { getApplication, getApplicationImport, uploadApplicationImport } from '../../../generated/sdk.gen.ts';
import { givenApplication, givenTenant, usersCsv, usersGroup } from '../../support/given.ts';
import { multipart, orphanedFiles, sendUpload, storedFileNames, streamOf } from '../../support/raw-http.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const failingServer = useServer();

async function givenTwoGroups() {
  const tenant = await givenTenant(server);
  const groups = [
    usersGroup({ name: 'Staff' }),
    usersGroup({ name: 'Contractors' }),
    usersGroup({ name: 'Guests', isRequired: false }),
  ] as const;
  const application = await givenApplication(server, tenant, { groups: [...groups], import_schedule: null });
  return { tenant, application, groups };
}
const csv = (name: string, ...logins: string[]) => new File([usersCsv(...logins)], name, { type: 'text/csv' });

it('201: stores a file for each required file group, and the build imports them', async () => {
  const { tenant, application, groups } = await givenTwoGroups();
  const { data, response } = await uploadApplicationImport({
    client: tenant.writer.client,
    body: { applicationId: application.id, [groups[1].id]: csv('contractors.csv', 'cy'), [groups[0].id]: csv('staff.csv', 'ann', 'bob') },
  });
  expect(response?.status).toBe(201);
  expect(data).toEqual({
    id: data?.id,
    kind: 'Application Import',
    number: 1,
    type: 'API',
    status: 'Pending',
    createdBy: 'API Token - Nightly',
    buildStart: null,
    buildEnd: null,
    log: null,
    files: [
      { id: data?.files[0]?.id, fileGroupId: groups[0].id, fileGroup: 'Staff', name: 'staff.csv' },
      { id: data?.files[1]?.id, fileGroupId: groups[1].id, fileGroup: 'Contractors', name: 'contractors.csv' },
    ],
    metrics: null,
    application: { id: application.id, kind: 'Application', name: 'Silverlake', priority: 'None', isArchived: false, lastUpdated: null },
  });
  const row = await server.db('application_import_files').where({ id: data?.files[0]?.id }).first();
  expect(Buffer.from(row.sha256).toString('hex')).toBe(createHash('sha256').update(usersCsv('ann', 'bob')).digest('hex'));

  await server.build();
  const { data: built } = await getApplicationImport({ client: tenant.reader.client, path: { id: data?.id as string } });
  expect(built).toMatchObject({ status: 'Finished', files: data?.files, metrics: { users: { read: 3, added: 3, rejected: 0 } } });
});

it('201: accepts applicationId before or after the files, as a query parameter, or as both, in upper or lower case', async () => {
  const { tenant, application, groups } = await givenTwoGroups();
  const files = () => ({ [groups[0].id]: csv('a.csv', 'ann'), [groups[1].id.toUpperCase()]: csv('b.csv', 'bob') });
  const requests = [
    { body: { applicationId: application.id, ...files() } },
    { body: { ...files(), applicationId: application.id } },
    { body: files(), query: { applicationId: application.id } },
    { body: { applicationId: application.id, ...files() }, query: { applicationId: application.id.toUpperCase() } },
  ];
  for (const request of requests) {
    const { data, response } = await uploadApplicationImport({ client: tenant.writer.client, ...request });
    expect([response?.status, data?.application.id, data?.files.map(({ fileGroupId }) => fileGroupId)]).toEqual([
      201,
      application.id,
      [groups[0].id, groups[1].id],
    ]);
  }
});

it('201: accepts an upload without the file of an optional group and retains the records of that group', async () => {
  const tenant = await givenTenant(server);
  const [users, identities] = [
    usersGroup(),
    usersGroup({ name: 'People', rows: 'identities', columns: { key: 'Login' }, isRequired: false }),
  ];
  const application = await givenApplication(server, tenant, { groups: [users, identities] });
  const upload = async (body: Record<string, File>) => {
    await uploadApplicationImport({ client: tenant.writer.client, body: { applicationId: application.id, ...body } });
    await server.build();
    const { data } = await getApplication({ client: tenant.reader.client, path: { id: application.id } });
    return data?.recordCounts;
  };
  expect(await upload({ [users.id]: csv('u.csv', 'ann'), [identities.id]: csv('i.csv', 'a', 'b', 'c') })).toMatchObject({
    users: 1,
    identities: 3,
  });
  expect(await upload({ [users.id]: csv('u.csv', 'ann', 'bob') })).toMatchObject({ users: 2, identities: 3 });
});

const names: [sent: string, returned: string][] = [
  ['users.csv', 'users.csv'],
  ['../../../../etc/passwd', 'passwd'],
  ['/etc/cron.d/job.csv', 'job.csv'],
  ['C:\\Users\\ann\\users.csv', 'users.csv'],
  ['..', 'file'],
  ['', 'file'],
  ['folder/', 'file'],
  ['Zürich – 東京 😀.csv', 'Zürich – 東京 😀.csv'],
  ['a\u0000b\u0007c\u007f.csv', 'abc.csv'],
  ['constructor', 'constructor'],
  ['😀'.repeat(300), '😀'.repeat(255)],
];
it('201: returns the base name of a file without control characters and never uses it as a path', async () => {
  const tenant = await givenTenant(server);
  const [group] = [usersGroup()];
  const application = await givenApplication(server, tenant, { groups: [group] });
  const before = readdirSync(dirname(server.config.uploadDirectory));
  for (const [sent, returned] of names) {
    const body = multipart({ name: group.id, fileName: sent, content: usersCsv('ann') });
    const response = await sendUpload(server, tenant.writer.secret, body, { query: `?applicationId=${application.id}` });
    const { files } = (await response.json()) as { files: { name: string }[] };
    expect([response.status, files.map(({ name }) => name)]).toEqual([201, [returned]]);
  }
  expect(readdirSync(dirname(server.config.uploadDirectory))).toEqual(before.includes('uploads') ? before : [...before, 'uploads'].sort());
  expect(storedFileNames(server).filter((name) => !/^[0-9a-f-]{36}\.csv$/.test(name))).toEqual([]);
});

it('201: accepts files of exactly the size limit, with and without Content-Length, and text around the parts', async () => {
  const tenant = await givenTenant(server);
  const group = usersGroup();
  const application = await givenApplication(server, tenant, { groups: [group] });
  const content = Buffer.alloc(server.config.uploadBytesMax, 'x');
  const body = multipart({ name: 'applicationId', content: application.id }, { name: group.id, fileName: 'full.csv', content });
  const withSurroundingText = Buffer.concat([Buffer.from('text before the parts\r\n'), body, Buffer.from('text after the parts\r\n')]);
  for (const bytes of [body, streamOf(body), withSurroundingText]) {
    const response = await sendUpload(server, tenant.writer.secret, bytes);
    const { id } = (await response.json()) as { id: string };
    const file = await server.db('application_import_files').where({ application_import_id: id }).first();
    expect([response.status, Number(file?.bytes)]).toEqual([201, content.length]);
  }
});

it('201: concurrent uploads create separate imports with their own files', async () => {
  const { tenant, application, groups } = await givenTwoGroups();
  const uploads = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      uploadApplicationImport({
        client: tenant.writer.client,
        body: {
          applicationId: application.id,
          [groups[0].id]: csv(`${index}.csv`, `ann${index}`),
          [groups[1].id]: csv('c.csv', randomUUID()),
        },
      }),
    ),
  );
  expect(uploads.map(({ data }) => data?.number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(uploads.map(({ data }) => data?.files[0]?.name)).toEqual(uploads.map((_, index) => `${index}.csv`));
  expect(new Set(uploads.flatMap(({ data }) => data?.files.map(({ id }) => id))).size).toBe(16);
  expect(await orphanedFiles(server)).toEqual([]);
});

it('413: rejects files that exceed the limit together, with and without Content-Length, and stores nothing', async () => {
  const { tenant, application, groups } = await givenTwoGroups();
  const limit = server.config.uploadBytesMax;
  const field = { name: 'applicationId', content: application.id };
  const ofSizes = (...sizes: number[]) =>
    multipart(
      field,
      ...sizes.map((size, index) => ({ name: groups[index]?.id ?? '', fileName: 'x.csv', content: Buffer.alloc(size, 'x') })),
    );
  for (const body of [ofSizes(limit + 1, 1), ofSizes(limit / 2, limit / 2 + 1), ofSizes(3 * limit, 1)])
    for (const bytes of [body, streamOf(body)]) {
      const response = await sendUpload(server, tenant.writer.secret, bytes);
      expect([response.status, await response.json()]).toMatchObject([413, { message: `The body is larger than ${limit} bytes` }]);
      expect(await orphanedFiles(server)).toEqual([]);
    }
  expect(await server.db('application_imports').where({ application_id: application.id })).toEqual([]);
});

it('500: an upload whose last insert fails leaves no file and no row', async () => {
  const tenant = await givenTenant(failingServer);
  const group = usersGroup();
  const application = await givenApplication(failingServer, tenant, { groups: [group] });
  await failingServer.db.schema.renameTable('application_import_files', 'elsewhere');
  const body = { applicationId: application.id, [group.id]: csv('users.csv', 'ann') };
  const { error, response } = await uploadApplicationImport({ client: tenant.writer.client, body });
  expect([response?.status, error?.error]).toEqual([500, 'server_error']);
  expect(storedFileNames(failingServer)).toEqual([]);
  expect(await failingServer.db('application_imports').select()).toEqual([]);
});
