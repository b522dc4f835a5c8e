import { expect, it } from 'vitest';
import { downloadImportFile, getApplicationImport, uploadApplicationImport } from '../../../generated/sdk.gen.ts';
import { givenApplication, givenImport, givenTenant, type Tenant, usersCsv, usersGroup } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const unknownId = '00000000-0000-4000-8000-000000000000';

async function givenUpload(tenant: Tenant, content: Buffer | string, name = 'users.csv') {
  const group = usersGroup();
  const application = await givenApplication(server, tenant, { groups: [group] });
  const file = new File([typeof content === 'string' ? content : new Uint8Array(content)], name);
  const { data } = await uploadApplicationImport({
    client: tenant.writer.client,
    body: { applicationId: application.id, [group.id]: file },
  });
  return { id: data?.id as string, fileId: data?.files[0]?.id as string };
}
const download = (tenant: Tenant, path: { id: string; fileId: string }) => downloadImportFile({ client: tenant.reader.client, path });
const bytesOf = async (tenant: Tenant, path: { id: string; fileId: string }) => {
  const { data } = await downloadImportFile({ client: tenant.reader.client, path, parseAs: 'arrayBuffer' });
  return Buffer.from(data as unknown as ArrayBuffer);
};

it('200: returns every byte of the file unchanged', async () => {
  const tenant = await givenTenant(server);
  const allBytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const contents = [
    Buffer.from('\ufeffLogin,Full Name\r\nann,"Ann\r\nLee"\r\n'),
    Buffer.from('Login\rann\r'),
    Buffer.concat([Buffer.from('Login\n'), allBytes, allBytes]),
    Buffer.alloc(900_000, allBytes),
    Buffer.from('\r\n--gatehouse-test--\r\n'),
  ];
  for (const content of contents) expect((await bytesOf(tenant, await givenUpload(tenant, content))).equals(content)).toBe(true);
});

it('200: sends type, length and the file name in ASCII and in full', async () => {
  const tenant = await givenTenant(server);
  const headersOf = async (name: string) => {
    const { response } = await download(tenant, await givenUpload(tenant, 'Login\nann', name));
    return ['content-type', 'content-length', 'content-disposition'].map((header) => response?.headers.get(header));
  };
  expect(await headersOf('users.csv')).toEqual(['text/csv', '9', 'attachment; filename="users.csv"; filename*=UTF-8\'\'users.csv']);
  expect((await headersOf("Zürich (東) 'a' 100%*.csv"))[2]).toBe(
    "attachment; filename=\"Z_rich (_) 'a' 100%*.csv\"; filename*=UTF-8''Z%C3%BCrich%20%28%E6%9D%B1%29%20%27a%27%20100%25%2A.csv",
  );
});

it('200: returns a scheduled file as it was imported, even if the shared file has changed since', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  server.share(application, usersCsv('ann'));
  const { id } = await givenImport(server, application);
  await server.build();
  server.share(application, usersCsv('bob'));
  const { data } = await getApplicationImport({ client: tenant.reader.client, path: { id } });
  expect(String(await bytesOf(tenant, { id, fileId: data?.files[0]?.id as string }))).toBe(usersCsv('ann'));
});

it('404: a deleted file, although its import still lists it', async () => {
  const tenant = await givenTenant(server);
  const path = await givenUpload(tenant, 'Login\nann');
  await server.importFiles.remove(path.fileId);
  const { error, response } = await download(tenant, path);
  expect([response?.status, error?.message]).toEqual([404, `Import file with id ${path.fileId} not found`]);
  const { data } = await getApplicationImport({ client: tenant.reader.client, path: { id: path.id } });
  expect(data?.files.map(({ id }) => id)).toEqual([path.fileId]);
});

it('404: unknown imports and files, files of other imports, and files of another organization', async () => {
  const tenant = await givenTenant(server);
  const [first, second] = [await givenUpload(tenant, 'Login\nann'), await givenUpload(tenant, 'Login\nbob')];
  const foreign = await givenUpload(await givenTenant(server), 'Login\nsecret');
  const messageOf = async (path: { id: string; fileId: string }) => {
    const { error, response } = await download(tenant, path);
    return [response?.status, error?.message];
  };
  expect(await messageOf({ id: unknownId, fileId: first.fileId })).toEqual([404, `Application Import with id ${unknownId} not found`]);
  expect(await messageOf({ id: first.id, fileId: unknownId })).toEqual([404, `Import file with id ${unknownId} not found`]);
  expect(await messageOf({ id: first.id, fileId: second.fileId })).toEqual([404, `Import file with id ${second.fileId} not found`]);
  expect(await messageOf({ id: first.id, fileId: foreign.fileId })).toEqual([404, `Import file with id ${foreign.fileId} not found`]);
  expect(await messageOf(foreign)).toEqual([404, `Application Import with id ${foreign.id} not found`]);
});
