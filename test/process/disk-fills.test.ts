import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { createApplication, getLog, getReadiness } from '../../generated/sdk.gen.ts';
import { buildNext, countLeftoverRows, readImport, recordsOf } from '../support/builds.ts';
import { givenApplication, givenImport, givenTenant, usersCsv, usersGroup } from '../support/given.ts';
import { logRowOf } from '../support/given-logs.ts';
import { until } from '../support/process.ts';
import { multipartType, openSocket, orphanedFiles, responseOf, unfinishedMultipart } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const enough = 1_000_000;
const space = { bsize: 4096, blocks: 10 * enough, bavail: enough };
const server = useServer({ diskReserveBytes: 1_000_000, uploadBytesMax: 64 * 1024 ** 2 }, {}, async () => space);
const message = /^The disk of the (database|uploads) has less free space than DISK_RESERVE_BYTES; free space on it$/;
const isReady = async () => (await getReadiness({ client: server.client() })).response?.status === 200;

async function fillDisk(): Promise<void> {
  space.bavail = 100;
  await until('the server is not ready', async () => !(await isReady()));
}
afterEach(async () => {
  space.bavail = enough;
  await until('the server is ready', isReady);
});

it('503: an upload ends when the disk becomes too full while it arrives, and keeps no file', async () => {
  const { writer } = await givenTenant(server);
  const socket = openSocket(server);
  const head = [
    'POST /api/application-imports/upload HTTP/1.1',
    'Host: x',
    `Authorization: Bearer ${writer.secret}`,
    `Content-Type: ${multipartType}`,
    `Content-Length: ${32 * 1024 ** 2}`,
  ];
  const content = 'x'.repeat(100_000);
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.write(unfinishedMultipart({ name: 'x', fileName: 'x.csv', content }));
  await until('the upload has a file', async () => (await orphanedFiles(server)).length > 0);
  await fillDisk();
  const sending = setInterval(() => socket.write(content), 10);
  try {
    const response = responseOf(await Promise.race([socket.received(), wait(15_000, '', { ref: false })]));
    expect(response.status).toBe(503);
    expect((await response.json()).message).toMatch(message);
  } finally {
    clearInterval(sending);
    socket.destroy();
  }
  expect(await orphanedFiles(server)).toEqual([]);
});

it('a build fails when the disk becomes too full while it copies or loads, and leaves no files and no records', async () => {
  const tenant = await givenTenant(server);
  const groups = [usersGroup(), usersGroup()];
  let isDone = false;
  for (let at = 1; !isDone; at++) {
    const application = await givenApplication(server, tenant, { groups });
    for (const { path } of application.import_schedule?.files ?? []) server.share(application, usersCsv(path), path);
    const pending = await givenImport(server, application);
    let checks = 0;
    const diskShortage = () => (++checks >= at ? 'The disk is too full' : undefined);
    await buildNext(server, { diskShortage });
    const { status, log } = await readImport(server, pending);
    isDone = checks < at;
    // The build asks before each file and for each part that it loads.
    if (isDone) expect(checks).toBeGreaterThan(4);
    expect([at, status]).toEqual([at, isDone ? 'Finished' : 'Failed']);
    if (isDone) break;
    expect([at, log.trimEnd().split('\n').at(-1)]).toEqual([at, 'Failed: The disk is too full']);
    expect([at, await recordsOf(server.db, application), await orphanedFiles(server)]).toEqual([at, {}, []]);
    expect(at).toBeLessThan(1_000);
  }
  expect(isDone).toBe(true);
  expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
});

it('201, 400: calls of known callers are logged without bodies while the disk is too full, and the entry says so', async () => {
  const { administrator } = await givenTenant(server);
  const client = administrator.client;
  const create = () => createApplication({ client, body: { name: 'x' } });
  const refused = () => createApplication({ client, body: { name: '' } });
  const before = await create();
  await fillDisk();
  const calls = [await create(), await refused()];
  expect(calls.map(({ response }) => response?.status)).toEqual([201, 400]);
  for (const { response } of calls) {
    const row = await logRowOf(server, response as Response);
    expect([row?.request_body, row?.response_body]).toEqual([null, null]);
    const id = response?.headers.get('x-correlation-id') as string;
    const { data } = await getLog({ client, path: { id } });
    expect([data?.request, data?.response]).toEqual([
      { body: null, isCut: true, files: [] },
      { body: null, isCut: true },
    ]);
  }
  const whole = await getLog({ client, path: { id: before.response?.headers.get('x-correlation-id') as string } });
  expect([whole.data?.request.isCut, whole.data?.request.body]).toEqual([false, '{"name":"x"}']);
});
