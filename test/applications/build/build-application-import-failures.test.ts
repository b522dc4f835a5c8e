import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { getApplicationImport } from '../../../generated/sdk.gen.ts';
import { type ApplicationRow, updateApplication } from '../../../server/applications/store/applications.ts';
import { rowsPerLoad } from '../../../server/applications/store/bulk-records.ts';
import { countLeftoverRows, recordsOf, runImport, visibleStateOf } from '../../support/builds.ts';
import {
  type GivenApplication,
  givenApplication,
  givenImport,
  givenTenant,
  type Tenant,
  usersCsv,
  usersGroup,
} from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await givenTenant(server);
});

const groupId = 'b0d1b9a4-59a5-4f0e-8a0e-6f1f0d3c1a11';

/** An application with two imported users, whose schedule then reads `path`. */
async function givenImported(path?: string): Promise<GivenApplication> {
  const application = await givenApplication(server, tenant, { groups: [usersGroup({ id: groupId })] });
  server.share(application, usersCsv('ann', 'bob'));
  await runImport(server, application);
  const files = [{ fileGroupId: groupId, path: path ?? application.path }];
  if (path) await updateApplication(server.db, application, { import_schedule: { cron: null, timeZone: 'UTC', files } });
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  return application;
}

/** Runs an import, expects it to fail without changes or leftovers, and returns the last line of its log. */
async function failureOf(application: ApplicationRow): Promise<string | undefined> {
  const before = await visibleStateOf(server, application);
  expect(Object.keys(before.records[0] as object)).toEqual(['ann', 'bob']);
  const { status, log, metrics, build_end, lease_id } = await runImport(server, application);
  expect([status, metrics, build_end === null, lease_id]).toEqual(['Failed', null, false, null]);
  expect(await visibleStateOf(server, application)).toEqual(before);
  expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
  return log.trimEnd().split('\n').at(-1);
}

it('fails and names the missing columns of a file', async () => {
  const application = await givenImported();
  server.share(application, 'Login;Full Name;E-Mail\nann;Ann;a');
  expect(await failureOf(application)).toBe(
    `Failed: Users: ${application.path} has no column "Login", "Full Name", "E-Mail"; it has "Login;Full Name;E-Mail"`,
  );
  server.share(application, 'Login,E-Mail\nann,a');
  expect(await failureOf(application)).toBe(`Failed: Users: ${application.path} has no column "Full Name"; it has "Login", "E-Mail"`);
});

it('fails if the line with the column names has a bad quote', async () => {
  const application = await givenImported();
  server.share(application, '"Login,Full Name,E-Mail\nann,Ann,a');
  expect(await failureOf(application)).toBe(
    `Failed: Users: ${application.path} line 1, which should be the column names, can't be read: a quote is not closed, or is in the middle of a value`,
  );
});

it('fails on a file without any row', async () => {
  const application = await givenImported();
  for (const empty of ['', '\n\r\n', '\ufeff']) {
    server.share(application, empty);
    expect(await failureOf(application)).toBe(`Failed: Users: ${application.path} is empty; it needs at least a line with column names`);
  }
});

it('fails on UTF-16 and on lines that are too long', async () => {
  const application = await givenImported();
  server.share(application, Buffer.from(`\ufeff${usersCsv('ann')}`, 'utf16le'));
  expect(await failureOf(application)).toBe(`Failed: Users: ${application.path} is UTF-16; save it as "CSV UTF-8"`);
  server.share(application, `${usersCsv('ann')}\n${'x'.repeat(200_001)}`);
  expect(await failureOf(application)).toBe(`Failed: Users: ${application.path} line 3 has more than 200,000 characters`);
});

it('fails on more than 1,000 columns, and shortens long names of columns in the log', async () => {
  const application = await givenImported();
  server.share(application, `Login,Full Name,E-Mail${',x'.repeat(998)}\nann`);
  expect(await failureOf(application)).toBe(`Failed: Users: ${application.path} has 1,001 columns; the maximum is 1,000`);
  server.share(application, `${'x'.repeat(10_000)},Full Name\nann`);
  expect((await failureOf(application))?.length).toBeLessThan(500);
});

it('fails and deletes the loaded records if an error follows the first bulk load', async () => {
  const application = await givenImported();
  const logins = Array.from({ length: rowsPerLoad + 1 }, (_, index) => `user${index}`);
  server.share(application, `${usersCsv(...logins)}\n${'x'.repeat(300_000)}`);
  expect(await failureOf(application)).toContain(`line ${logins.length + 2} has more than 200,000 characters`);
});

it('fails if the file does not exist', async () => {
  expect(await failureOf(await givenImported('not/there.csv'))).toBe(
    "Failed: Users: not/there.csv does not exist in the environment's shared folder",
  );
});

it('fails for a path that leads out of the shared folder, a link, a folder and a named pipe', async () => {
  const folder = join(server.config.sharedDirectory, tenant.sharedFolder);
  writeFileSync(join(server.config.sharedDirectory, 'outside.csv'), usersCsv('mallory'));
  mkdirSync(join(folder, 'folder.csv'));
  symlinkSync('../../../outside.csv', join(folder, 'link.csv'));
  execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
  const reasons = {
    '../../../outside.csv': "is not a path inside the environment's shared folder",
    'folder.csv': 'is not a regular file',
    'link.csv': 'is, or lies in, a symbolic link; links are not followed',
    'pipe.csv': 'is not a regular file',
  };
  for (const [path, reason] of Object.entries(reasons))
    expect(await failureOf(await givenImported(path))).toBe(`Failed: Users: ${path} ${reason}`);
});

it('fails if the schedule was removed before the build', async () => {
  const application = await givenImported();
  await updateApplication(server.db, application, { import_schedule: null });
  expect(await failureOf(application)).toBe(
    "Failed: the application no longer has an import schedule, or none of its files exists in the environment's shared folder",
  );
});

it('returns a failed import with its log and without metrics', async () => {
  const application = await givenImported('not/there.csv');
  const { id } = await givenImport(server, application);
  await server.build();
  const { data } = await getApplicationImport({ client: tenant.reader.client, path: { id } });
  expect(data).toMatchObject({ status: 'Failed', metrics: null, files: [], buildEnd: server.clock.now.toISOString() });
  expect(data?.log).toContain('not/there.csv does not exist');
  expect(await recordsOf(server.db, application)).toHaveProperty('ann');
});
