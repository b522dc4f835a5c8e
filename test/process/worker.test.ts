import { afterEach, expect, it, vi } from 'vitest';
import type { ImportFiles } from '../../server/applications/import-files.ts';
import { claimNextImport } from '../../server/applications/store/build-queue.ts';
import { createBulkWriter } from '../../server/applications/store/bulk-records.ts';
import { insertGeneration } from '../../server/applications/store/generations.ts';
import { toInstant } from '../../server/database/instants.ts';
import { startWorker, type Worker } from '../../server/process/worker.ts';
import { interruptReads, readImport, recordsOf, runImport } from '../support/builds.ts';
import { givenApplication, givenImport, givenTenant, usersCsv } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const workers: Worker[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
});
const startTestWorker = (importFiles: ImportFiles = server.importFiles, importConcurrency = 2): Worker => {
  const worker = startWorker(server.db, server.logDb, importFiles, server.log, {
    ...server.config,
    importConcurrency,
    importFileRetentionDays: 30,
    apiLogRetentionDays: 90,
  });
  workers.push(worker);
  return worker;
};
const soon = { timeout: 20_000, interval: 10 };

it('builds pending imports of several applications at once, and imports that are staged later', async () => {
  const tenant = await givenTenant(server);
  const applications = await Promise.all(Array.from({ length: 4 }, () => givenApplication(server, tenant)));
  for (const application of applications) server.share(application, usersCsv('ann', 'bob'));
  const pending = await Promise.all(applications.map((application) => givenImport(server, application)));
  startTestWorker();
  const statuses = () => Promise.all(pending.map(async (row) => (await readImport(server, row)).status));
  await vi.waitFor(async () => expect(await statuses()).toEqual(pending.map(() => 'Finished')), soon);
  pending.push(await givenImport(server, applications[0] as (typeof applications)[number]));
  await vi.waitFor(async () => expect(await statuses()).toEqual(pending.map(() => 'Finished')), soon);
});

it('stages and builds scheduled imports', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  server.share(application, usersCsv('ann'));
  await server
    .db('applications')
    .where({ id: application.id })
    .update({ next_run_at: toInstant(new Date(Date.now() - 1000)) });
  startTestWorker();
  await vi.waitFor(async () => expect(Object.keys(await recordsOf(server.db, application))).toEqual(['ann']), soon);
  expect(await server.db('application_imports').where({ application_id: application.id }).first()).toMatchObject({
    created_by: 'Schedule',
  });
});

it('deletes only the records of replaced generations and of interrupted builds', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  server.share(application, usersCsv('ann'));
  await runImport(server, application);
  server.share(application, usersCsv('bob'));
  await runImport(server, application);
  const broken = await givenImport(server, application);
  const lease = await claimNextImport(server.db, new Date(Date.now() - 60_000), 1000);
  const generation = await insertGeneration(server.db, lease as NonNullable<typeof lease>, new Date());
  const writer = createBulkWriter(server.db, generation, 'users');
  await writer.add([{ key: 'left', position: 1, attributes: '{}', personNumber: null, personEmail: null }]);
  await writer.end();
  expect(lease?.import.id).toBe(broken.id);

  startTestWorker();
  await vi.waitFor(async () => expect((await readImport(server, broken)).status).toBe('Finished'), soon);
  const generations = () => server.db('generations').where({ application_id: application.id });
  await vi.waitFor(async () => expect((await generations()).length).toBe(1), soon);
  expect(await server.db('application_records').where({ generation_id: generation })).toEqual([]);
  expect(Object.keys(await recordsOf(server.db, application))).toEqual(['bob']);
});

it('stop: releases the lease of the running build within seconds, so that another worker finishes it', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  server.share(application, usersCsv(...Array.from({ length: 20_000 }, (_, index) => `user${index}`)));
  const pending = await givenImport(server, application);
  const isReading = Promise.withResolvers<void>();
  const continueReading = Promise.withResolvers<void>();
  const importFiles = interruptReads(server.importFiles, () => {
    isReading.resolve();
    return continueReading.promise;
  });
  const worker = startTestWorker(importFiles, 1);
  await isReading.promise;
  const startedAt = performance.now();
  const stopping = worker.stop();
  continueReading.resolve();
  await stopping;
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(await readImport(server, pending)).toMatchObject({ status: 'Running', lease_id: null, lease_until: null });
  expect(await recordsOf(server.db, application)).toEqual({});

  startTestWorker();
  await vi.waitFor(async () => expect((await readImport(server, pending)).status).toBe('Finished'), soon);
  expect((await readImport(server, pending)).metrics?.users).toMatchObject({ read: 20_000, added: 20_000 });
});

it('stop: ends at once without work, and can be called twice', async () => {
  const worker = startTestWorker();
  const startedAt = performance.now();
  await worker.stop();
  await worker.stop();
  expect(performance.now() - startedAt).toBeLessThan(3000);
});

it('logs a failure and continues', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  server.share(application, usersCsv('ann'));
  const pending = await givenImport(server, application);
  let failures = 0;
  const read: ImportFiles['read'] = (id) => {
    if (failures++ === 0) throw new Error('Simulated disk failure');
    return server.importFiles.read(id);
  };
  startTestWorker({ ...server.importFiles, read });
  await vi.waitFor(async () => expect((await readImport(server, pending)).status).toBe('Failed'), soon);
  const next = await givenImport(server, application);
  await vi.waitFor(async () => expect((await readImport(server, next)).status).toBe('Finished'), soon);
  expect(server.logged()).toContain('Simulated disk failure');
  expect((await readImport(server, pending)).log).toContain(`an unexpected error; the server's log has it under ${pending.id}`);
});
