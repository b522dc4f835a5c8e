import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { downloadImportFile, downloadImportLog, getApplicationImport, uploadApplicationImport } from '../../../generated/sdk.gen.ts';
import { createImportLog } from '../../../server/applications/build/import-log.ts';
import { readImport, runImport } from '../../support/builds.ts';
import { givenApplication, givenImport, givenTenant, usersCsv, usersGroup } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const lineEnds = ['\n', '\r', '\r\n', '\u0085', '\u2028', '\u2029', '\u000b', '\u000c', '\0', '\u001b[2K\u001b[1A', '\u009b1A', '\u202e'];
const forgery = (end: string) => `x${end}Finished: 9 added`;
const plain = /^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]*$/u;

/** Expects that each line of a log begins as the server writes it, and has no unprintable characters. */
function expectUnforged(log: string) {
  const lines = log.split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.filter((line) => !plain.test(line) || /^x?(Finished: 9|Failed: a$)/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.startsWith('Failed:')).length).toBeLessThan(2);
}

it.each(lineEnds)('cannot be given another line by names, columns, keys and values with %j', async (end) => {
  const tenant = await givenTenant(server);
  const name = forgery(end);
  const groups = [usersGroup({ name, columns: { key: name, name: `N${end}`, emailAddress: 'Mail' } })];
  const application = await givenApplication(server, tenant, { groups });
  const quoted = (text: string) => `"${text}"`;
  const header = [quoted(name), quoted(`N${end}`), 'Mail'].join(',');
  const contents = [
    `${header}\n,,\n${quoted(forgery(end))},a,b\n${quoted(forgery(end))},a,b\nb,${'n'.repeat(10_001)},c\nc\n`,
    `${quoted(forgery(end))},${quoted(`a${end}Failed: a`)}\n1,2\n`,
    '',
  ];
  for (const content of contents) {
    server.share(application, content);
    const { log } = await runImport(server, application);
    expectUnforged(log);
  }

  const scheduled = await givenApplication(server, tenant);
  for (const path of [forgery(end), `a/${forgery(end)}.csv`, `../${forgery(end)}`]) {
    const files = [{ fileGroupId: scheduled.connector?.fileGroups[0]?.id, path }];
    await server
      .db('applications')
      .where({ id: scheduled.id })
      .update({ import_schedule: JSON.stringify({ cron: null, timeZone: 'UTC', files }) });
    expectUnforged((await runImport(server, scheduled)).log);
  }
});

it('limits each line to 2,000 characters, and keeps the log of an earlier build', () => {
  const log = createImportLog('earlier\n');
  log.add('a'.repeat(2000));
  log.add('b'.repeat(2001));
  expect(log.text()).toBe(`earlier\n${'a'.repeat(2000)}\n${'b'.repeat(2000)} …\n`);
});

it('200: names of uploaded files reach logs and headers of downloads without unprintable characters', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  const groupId = application.connector?.fileGroups[0]?.id as string;
  for (const end of lineEnds.filter((text) => !/[\r\n\0]/.test(text))) {
    const file = new File([usersCsv(`ann ${randomUUID()}`)], `users${end}Finished.csv`);
    const body = { applicationId: application.id, [groupId]: file };
    const { data } = await uploadApplicationImport({ client: tenant.writer.client, body: body as never });
    await server.build();
    const id = data?.id as string;
    const found = (await getApplicationImport({ client: tenant.reader.client, path: { id } })).data;
    expect(found?.files[0]?.name).toMatch(plain);
    const download = await downloadImportFile({ client: tenant.reader.client, path: { id, fileId: found?.files[0]?.id as string } });
    expect(download.response?.headers.get('content-disposition')).toMatch(
      /^attachment; filename="users[ -~]*Finished\.csv"; filename\*=UTF-8''[!-~]+$/,
    );
    expectUnforged(String((await downloadImportLog({ client: tenant.reader.client, path: { id } })).data));
  }
});

it('200: names that an earlier version stored do not reach the headers of downloads either', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  server.share(application, usersCsv('ann'));
  const row = await givenImport(server, application);
  await server.build();
  const { id } = await readImport(server, row);
  for (const end of lineEnds) {
    await server
      .db('application_import_files')
      .where({ application_import_id: id })
      .update({ name: `users${end}.csv` });
    const file = await server.db('application_import_files').where({ application_import_id: id }).first();
    const { response } = await downloadImportFile({ client: tenant.reader.client, path: { id, fileId: file.id } });
    expect(response?.headers.get('content-disposition')).toMatch(
      /^attachment; filename="users[ -~]*\.csv"; filename\*=UTF-8''users[!-~]*\.csv$/,
    );
    expect(decodeURIComponent(response?.headers.get('content-disposition')?.split("''")[1] as string)).toMatch(plain);
  }
});
