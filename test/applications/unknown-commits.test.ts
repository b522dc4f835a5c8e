import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { uploadApplicationImport } from '../../generated/sdk.gen.ts';
import { deleteUnusedFiles } from '../../server/applications/delete-unused-files.ts';
import type { Db } from '../../server/database/database.ts';
import { givenApplication, givenTenant, usersCsv, usersGroup } from '../support/given.ts';
import { givenHostToken } from '../support/given-levels.ts';
import { orphanedFiles, storedFileNames } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const dayMs = 24 * 3_600_000;
beforeAll(async () => void (await givenHostToken(server)));

async function givenUpload() {
  const tenant = await givenTenant(server);
  const group = usersGroup();
  const application = await givenApplication(server, tenant, { groups: [group] });
  const upload = async (headers = {}) => {
    const body = { applicationId: application.id, [group.id]: new File([usersCsv('ann')], 'users.csv') };
    const { response, error } = await uploadApplicationImport({ client: tenant.writer.client, body, headers });
    return { status: response?.status, message: error?.message, isReplayed: response?.headers.get('Idempotency-Replayed') };
  };
  const imports = () => server.db('application_imports').where({ application_id: application.id });
  return { upload, imports };
}

const connectionLost = () =>
  Object.assign(new Error('Connection lost: The server closed the connection.'), { code: 'PROTOCOL_CONNECTION_LOST' });

type Loss = 'before the commit' | 'at a commit that is done' | 'at a commit that is not done';
type Work = (trx: Db) => Promise<unknown>;

/** A transaction that inserts an import loses its connection until `restore` is called. */
function loseConnection(when: Loss): { restore: () => void } {
  const { context } = server.db as unknown as { context: { transaction: (work: Work, config?: object) => Promise<unknown> } };
  const { transaction } = context;
  context.transaction = async function (this: unknown, work, config) {
    let insertsImport = false;
    const result = await transaction.call(
      this,
      async (trx) => {
        trx.on('query', ({ sql }: { sql: string }) => {
          if (!/^insert into .application_imports/i.test(sql)) return;
          insertsImport = true;
          if (when === 'before the commit') throw connectionLost();
        });
        const done = await work(trx);
        if (insertsImport && when === 'at a commit that is not done') throw connectionLost();
        return done;
      },
      config,
    );
    if (insertsImport) throw connectionLost();
    return result;
  };
  const restore = () => {
    context.transaction = transaction;
  };
  onTestFinished(restore);
  return { restore };
}

const unknown =
  'The database broke off while it stored the changes, so they may be stored; check that, or send the request again with its Idempotency-Key';
const deleteOld = () => deleteUnusedFiles(server.db, server.importFiles, new Date(Date.now() + 2 * dayMs));

it.each([{}, { 'Idempotency-Key': 'nightly' }])(
  '503: an upload whose connection is lost at a commit that is done keeps the files of its import (headers %j)',
  async (headers) => {
    const { upload, imports } = await givenUpload();
    const before = storedFileNames(server).length;
    const { restore } = loseConnection('at a commit that is done');
    expect(await upload(headers)).toMatchObject({ status: 503, message: unknown });
    restore();
    expect(await imports()).toHaveLength(1);
    await deleteOld();
    expect([storedFileNames(server).length, await orphanedFiles(server)]).toEqual([before + 1, []]);
    const [{ id }] = await imports();
    const file = await server.db('application_import_files').where({ application_import_id: id }).first();
    expect(await server.importFiles.has(file.id)).toBe(true);
    await server.build();
    expect((await imports())[0].status).toBe('Finished');
    if (!('Idempotency-Key' in headers)) return;
    expect(await upload(headers)).toMatchObject({ status: 201, isReplayed: 'true' });
    expect([(await imports()).length, storedFileNames(server).length, await orphanedFiles(server)]).toEqual([1, before + 1, []]);
  },
);

it.each([{}, { 'Idempotency-Key': 'nightly' }])(
  '503: the files of an upload whose connection is lost at a commit that is not done are deleted a day later (headers %j)',
  async (headers) => {
    const { upload, imports } = await givenUpload();
    const { restore } = loseConnection('at a commit that is not done');
    expect(await upload(headers)).toMatchObject({ status: 503, message: unknown });
    restore();
    expect(await imports()).toEqual([]);
    // The server cannot know that the commit was not done.
    expect(await orphanedFiles(server)).toHaveLength(1);
    await deleteUnusedFiles(server.db, server.importFiles, new Date());
    expect(await orphanedFiles(server)).toHaveLength(1);
    await deleteOld();
    expect(await orphanedFiles(server)).toEqual([]);
    expect(await upload(headers)).toMatchObject({ status: 201, isReplayed: null });
    expect(await orphanedFiles(server)).toEqual([]);
  },
);

it('503: an upload whose connection is lost before the commit leaves no file', async () => {
  const { upload, imports } = await givenUpload();
  const { restore } = loseConnection('before the commit');
  expect(await upload()).toMatchObject({ status: 503, message: "The database can't be reached; try again" });
  restore();
  expect([await imports(), await orphanedFiles(server)]).toEqual([[], []]);
});
