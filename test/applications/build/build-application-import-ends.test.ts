import { expect, it } from 'vitest';
import { cancelApplicationImport } from '../../../generated/sdk.gen.ts';
import type { BuildSettings } from '../../../server/applications/build/build-settings.ts';
import { findApplication } from '../../../server/applications/store/applications.ts';
import {
  buildNext as buildNextWith,
  countLeftoverRows,
  importCounts,
  interruptReads,
  leaseMs,
  readImport,
  recordsOf,
  runImport,
  visibleStateOf,
} from '../../support/builds.ts';
import { givenApplication, givenImport, givenTenant, type Tenant, usersCsv } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const rowsPerLoad = 5_000;
const buildNext = (on: typeof server, changes: Partial<BuildSettings> = {}) => buildNextWith(on, { rowsPerLoad, ...changes });

/** An application with two users, and a pending import of several bulk loads. */
async function givenPendingImport(tenant?: Tenant) {
  const application = await givenApplication(server, tenant ?? (await givenTenant(server)));
  server.share(application, usersCsv('ann', 'bob'));
  await runImport(server, application);
  const size = 2 * rowsPerLoad + 10;
  server.share(application, usersCsv('ann', ...Array.from({ length: size - 1 }, (_, index) => `user${index}`)));
  const pending = await givenImport(server, application);
  return { application, pending, size };
}
const passLease = () => {
  server.clock.now = new Date(server.clock.now.getTime() + leaseMs + 1);
};

it('ends Canceled and changes nothing when it is canceled in the middle of a file', async () => {
  const tenant = await givenTenant(server);
  const { application, pending } = await givenPendingImport(tenant);
  const before = await visibleStateOf(server, application);
  const cancel = async () => {
    const { response } = await cancelApplicationImport({
      client: tenant.writer.client,
      body: { applicationImportId: pending.id },
    });
    expect(response?.status).toBe(200);
  };
  expect(await buildNext(server, { importFiles: interruptReads(server.importFiles, cancel) })).toBe(true);
  const { status, log, metrics, lease_id, build_end } = await readImport(server, pending);
  expect([status, metrics, lease_id, build_end === null]).toEqual(['Canceled', null, null, false]);
  expect(log).toMatch(/Canceled: the application's records are unchanged\n$/);
  expect(await visibleStateOf(server, application)).toEqual(before);
  expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
});

it('ends Canceled, or Finished if it was too late, when it is canceled at any step', async () => {
  const tenant = await givenTenant(server);
  for (let at = 1, isCanceled = true; isCanceled; at++) {
    const application = await givenApplication(server, tenant);
    server.share(application, usersCsv('ann'));
    const pending = await givenImport(server, application);
    let clockReads = 0;
    let canceling: Promise<unknown> = Promise.resolve();
    const clock = () => {
      if (++clockReads === at)
        canceling = cancelApplicationImport({ client: tenant.writer.client, body: { applicationImportId: pending.id } });
      return server.clock.now;
    };
    await buildNext(server, { clock });
    await canceling;
    await server.build();
    isCanceled = clockReads >= at;
    const { status } = await readImport(server, pending);
    expect([at, status === 'Finished' ? { ann: expect.anything() } : {}]).toEqual([at, await recordsOf(server.db, application)]);
    expect(status).toMatch(isCanceled ? /^(Canceled|Finished)$/ : /^Finished$/);
  }
  expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
});

it('changes nothing and leaves no records after another worker has claimed the import', async () => {
  const { application, pending, size } = await givenPendingImport();
  const startedAt = server.clock.now;
  let otherBuild: Promise<boolean> | undefined;
  const takeOver = () => {
    passLease();
    otherBuild = buildNext(server);
    return otherBuild;
  };
  expect(await buildNext(server, { importFiles: interruptReads(server.importFiles, takeOver), clock: () => startedAt })).toBe(true);
  expect(await otherBuild).toBe(true);
  const { status, metrics } = await readImport(server, pending);
  expect([status, metrics?.users]).toEqual(['Finished', importCounts(size, size - 1, 0, 1, 1, 0)]);
  const { generation_id } = (await findApplication(server.db, application.environment_id, application.id)) as { generation_id: number };
  const [lostGeneration] = await server.db('generations').where({ application_import_id: pending.id }).whereNot({ id: generation_id });
  expect(await server.db('application_records').where({ generation_id: lostGeneration.id })).toEqual([]);
  expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
});

it.each(['ends', 'fails', 'is stopped'])(
  'leaves no records when it %s after it lost its lease and its generation was deleted',
  async (end) => {
    const { application } = await givenPendingImport();
    const stop = new AbortController();
    const logins = Array.from({ length: 2 * rowsPerLoad }, (_, index) => `u${index}`);
    server.share(application, usersCsv(...logins) + (end === 'fails' ? `\n${'x'.repeat(200_001)}` : ''));
    const takeOver = async () => {
      passLease();
      expect(await buildNext(server)).toBe(true);
      await countLeftoverRows(server.db);
      clockReads = 0;
    };
    let clockReads = Number.NEGATIVE_INFINITY;
    const clock = () => {
      if (++clockReads === 2 && end === 'is stopped') stop.abort();
      return server.clock.now;
    };
    const importFiles = interruptReads(server.importFiles, takeOver);
    expect(await buildNext(server, { importFiles, clock, stop: stop.signal, renewMs: Number.POSITIVE_INFINITY })).toBe(true);
    const seen = Object.keys(await recordsOf(server.db, application));
    expect(seen.length).toBe(end === 'fails' ? 2 : logins.length);
    expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
  },
);

it('releases the lease when it is stopped at any step, and the next build finishes the import correctly', async () => {
  const tenant = await givenTenant(server);
  for (let at = 1, isStopped = true; isStopped; at++) {
    const application = await givenApplication(server, tenant);
    server.share(application, usersCsv('ann', 'bob'));
    await runImport(server, application);
    server.share(application, usersCsv('bob', 'eve'));
    const pending = await givenImport(server, application);
    let clockReads = 0;
    const stop = new AbortController();
    const clock = () => {
      if (++clockReads === at) stop.abort();
      return server.clock.now;
    };
    await buildNext(server, { clock, stop: stop.signal });
    const { status, lease_id, lease_until } = await readImport(server, pending);
    isStopped = stop.signal.aborted;
    expect([status, lease_id, lease_until]).toEqual([status === 'Finished' ? 'Finished' : 'Running', null, null]);
    if (at === 1) expect(status).toBe('Running');
    await server.build();
    expect((await readImport(server, pending)).metrics?.users).toEqual(importCounts(2, 1, 0, 1, 1, 0));
    expect(Object.keys(await recordsOf(server.db, application))).toEqual(['bob', 'eve']);
  }
  expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
});

it('releases the lease when it is stopped in the middle of a file, between two bulk loads', async () => {
  const { pending, size } = await givenPendingImport();
  const stop = new AbortController();
  await buildNext(server, { importFiles: interruptReads(server.importFiles, async () => stop.abort()), stop: stop.signal });
  expect(await readImport(server, pending)).toMatchObject({ status: 'Running', lease_id: null, build_end: null });
  while (await buildNext(server));
  expect((await readImport(server, pending)).metrics?.users).toEqual(importCounts(size, size - 1, 0, 1, 1, 0));
});
