import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { downloadImportFile, getApplicationImport } from '../../../generated/sdk.gen.ts';
import { createImportFiles } from '../../../server/applications/import-files.ts';
import { updateApplication } from '../../../server/applications/store/applications.ts';
import { buildNext, readImport } from '../../support/builds.ts';
import { givenApplication, givenImport, givenTenant, type Tenant, usersCsv, usersGroup } from '../../support/given.ts';
import { givenHostToken, givenTwoEnvironments } from '../../support/given-levels.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const groupId = 'b0d1b9a4-59a5-4f0e-8a0e-6f1f0d3c1a11';

/** Builds an import of one path in an environment. Returns its status and the last line of its log. */
async function importOf(tenant: Tenant, path: string, importFiles = server.importFiles) {
  const files = [{ fileGroupId: groupId, path }];
  const application = await givenApplication(server, tenant, { groups: [usersGroup({ id: groupId })] });
  await updateApplication(server.db, application, { import_schedule: { cron: null, timeZone: 'UTC', files } });
  const row = await givenImport(server, application);
  await buildNext(server, { importFiles });
  const { status, log } = await readImport(server, row);
  return { id: row.id, status, log, end: log.trimEnd().split('\n').at(-1) };
}

let bank: Awaited<ReturnType<typeof givenTwoEnvironments>>;
let other: Tenant;
beforeAll(async () => {
  bank = await givenTwoEnvironments(server);
  other = await givenTenant(server);
  // The marked name of a column would be in the message about a missing column.
  for (const tenant of [bank.here, bank.whole]) {
    server.share(tenant, 'Login,Full Name,E-Mail\nann,OfAnother,a@b.c', 'salaries.csv');
    server.share(tenant, 'OfAnother\n1', 'headers.csv');
  }
});

it('finds the same path in each environment only in its own folder, and does not tell what others have', async () => {
  expect((await importOf(bank.here, 'salaries.csv')).status).toBe('Finished');
  const pathsTo = (folder: string) => [
    ...['salaries.csv', 'headers.csv', 'nowhere.csv'].flatMap((name) => [name, `${folder}/${name}`, `./${folder}/${name}`, `x/../${name}`]),
    ...folder.split('/').map((_, index, parts) => `${'../'.repeat(3)}${parts.slice(0, index + 1).join('/')}/salaries.csv`),
  ];
  for (const tenant of [bank.there, other])
    for (const folder of [bank.here.sharedFolder, bank.whole.sharedFolder])
      for (const path of pathsTo(folder)) {
        server.share(tenant, usersCsv('own'), 'own.csv');
        const { status, log } = await importOf(tenant, path);
        const reason = path.includes('..')
          ? "is not a path inside the environment's shared folder"
          : "does not exist in the environment's shared folder";
        expect([status, log]).toEqual(['Failed', `Failed: Users: ${path} ${reason}\n`]);
      }
});

it('404: an environment downloads no file that another one imported', async () => {
  const { id } = await importOf(bank.here, 'salaries.csv');
  const { data } = await getApplicationImport({ client: bank.here.reader.client, path: { id } });
  const path = { id, fileId: data?.files[0]?.id as string };
  expect((await downloadImportFile({ client: bank.here.reader.client, path })).response?.status).toBe(200);
  for (const tenant of [bank.there, other, bank.whole])
    expect((await downloadImportFile({ client: tenant.reader.client, path })).response?.status).toBe(404);
});

it('names the missing folder of the environment, and creates nothing', async () => {
  const tenant = await givenTenant(server);
  rmSync(join(server.config.sharedDirectory, tenant.sharedFolder), { recursive: true });
  expect((await importOf(tenant, 'users.csv')).end).toBe(
    `Failed: Users: the folder ${tenant.sharedFolder} of the shared directory, which has the files of this environment, does not exist`,
  );
  expect(existsSync(`${server.config.sharedDirectory}/${tenant.sharedFolder}`)).toBe(false);
});

it('refuses a file that is larger than the maximum, without copying it', async () => {
  server.share(other, usersCsv('ann'), 'large.csv');
  const importFiles = createImportFiles({ ...server.config, sharedFileBytesMax: 10 });
  expect((await importOf(other, 'large.csv', importFiles)).end).toMatch(
    /^Failed: Users: large\.csv has \d+ bytes, more than the maximum of 10$/,
  );
});

it('reads nothing from the shared directory itself while several organizations exist, whatever this process was told', async () => {
  const host = await givenHostToken(server);
  const hostTenant = {
    ...other,
    environmentId: (await server.db('organizations').where({ id: host.row.organization_id }).first()).default_environment_id,
  };
  const importFiles = createImportFiles({ ...server.config, sharedDirectoryLayout: 'default-environment-only' });
  for (const tenant of [hostTenant, bank.here, other])
    expect((await importOf(tenant, `${bank.here.sharedFolder}/salaries.csv`, importFiles)).end).toBe(
      'Failed: this server has shared files only for the default environment of a single organization; upload the files',
    );
});
