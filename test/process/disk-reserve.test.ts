import { expect, it } from 'vitest';
import { getCurrentToken, getReadiness, stageApplicationImport } from '../../generated/sdk.gen.ts';
import { readConfig } from '../../server/process/config.ts';
import { watchDiskReserve } from '../../server/process/disk-reserve.ts';
import { givenApplication, givenTenant, usersCsv, usersGroup } from '../support/given.ts';
import { logRowOf, sendRequest } from '../support/given-logs.ts';
import { until } from '../support/process.ts';
import { multipart, sendUpload } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const gigabyte = 1024 ** 3;
const megabyte = 1024 ** 2;
const space = { bsize: 4096, blocks: (100 * gigabyte) / 4096, bavail: (10 * gigabyte) / 4096 };
const server = useServer({ diskReserveBytes: 1_000_000 }, {}, async () => space);
const message = 'The disk of the uploads has less free space than DISK_RESERVE_BYTES; free space on it';

const readiness = async () => {
  const { error, response } = await getReadiness({ client: server.client() });
  return [response?.status, error?.message];
};

it('503: a full disk refuses uploads and staging, is shown by /readyz, and stores nothing of unknown callers; known callers are served', async () => {
  const tenant = await givenTenant(server);
  const { reader, writer } = tenant;
  const group = usersGroup();
  const { id: applicationId } = await givenApplication(server, tenant, { groups: [group] });
  const stage = () => stageApplicationImport({ client: writer.client, body: { applicationId } });
  const upload = () =>
    sendUpload(
      server,
      writer.secret,
      multipart({ name: 'applicationId', content: applicationId }, { name: group.id, fileName: 'users.csv', content: usersCsv('ann') }),
    );
  expect(await readiness()).toEqual([200, undefined]);

  space.bavail = 100;
  await until('the server is not ready', async () => (await readiness())[0] === 503);
  expect((await readiness())[1]).toMatch(
    /^The disk of the (database|uploads) has less free space than DISK_RESERVE_BYTES; free space on it$/,
  );
  for (let sent = 0; sent < 7; sent++) expect((await sendRequest(server, '/api/identities')).status).toBe(401);
  const staged = await stage();
  expect([staged.response?.status, staged.error?.message.replace('database', 'uploads')]).toEqual([503, message]);
  expect((await upload()).status).toBe(503);
  const read = await getCurrentToken({ client: reader.client });
  expect(await logRowOf(server, read.response as Response)).toMatchObject({ status: 200 });
  expect(await server.logDb('api_log').where({ organization_id: '' }).select()).toEqual([]);
  expect(await server.db('application_imports').select()).toEqual([]);

  space.bavail = (10 * gigabyte) / 4096;
  await until('the server is ready', async () => (await readiness())[0] === 200);
  expect([(await stage()).response?.status, (await upload()).status]).toEqual([201, 201]);
  // The row is stored first, and its count just afterwards.
  const row = await until('the calls of unknown callers are counted', async () => {
    const found = await server.logDb('api_log').where({ organization_id: '' }).first();
    return Number(found?.call_count) === 7 && found;
  });
  expect([row.status, Number(row.call_count)]).toEqual([401, 7]);
});

it('the default reserve is 256 MB, but at most a twentieth of a small disk; a disk that cannot be checked is not short', async () => {
  const config = readConfig({ DATABASE_URL: 'sqlite:/somewhere/that/does/not/exist/x.db' });
  const isShort = async (bytes: number, freeBytes: number, diskReserveBytes?: number) => {
    const statFs = async () => ({ bsize: 1, blocks: bytes, bavail: freeBytes });
    const { shortage, stop } = await watchDiskReserve({ ...config, diskReserveBytes }, server.log, statFs);
    stop();
    return shortage() !== undefined;
  };
  expect(await isShort(500 * gigabyte, 255 * megabyte)).toBe(true);
  expect(await isShort(500 * gigabyte, 257 * megabyte)).toBe(false);
  expect(await isShort(gigabyte, 60 * megabyte)).toBe(false);
  expect(await isShort(gigabyte, 40 * megabyte)).toBe(true);
  expect(await isShort(gigabyte, 60 * megabyte, 100 * megabyte)).toBe(true);
  expect(await isShort(gigabyte, 0, 0)).toBe(false);
  const unknown = await watchDiskReserve(config, server.log, async () => Promise.reject(new Error('no such call')));
  expect(unknown.shortage()).toBeUndefined();
  unknown.stop();
  const real = await watchDiskReserve({ ...config, diskReserveBytes: 1 }, server.log);
  expect(real.shortage()).toBeUndefined();
  real.stop();
});
