import { expect, it } from 'vitest';
import { cancelApplicationImport } from '../../../generated/sdk.gen.ts';
import type { BuildSettings } from '../../../server/applications/build/build-settings.ts';
import { findApplication } from '../../../server/applications/store/applications.ts';
import {
  buildNext as buildNextOf,
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
const buildNext = (on: typeof server, changes: Partial<BuildSettings> = {}) => buildNextOf(on, { rowsPerLoad, ...changes });

/** An application that shows two users, and an import that waits, of several batches. */
async function givenWaiting(tenant?: Tenant) {
  const application = await givenApplication(server, tenant ?? (await givenTenant(server)));
  server.share(application.path, usersCsv('ann', 'bob'));
  await runImport(server, application);
  const size = 2 * rowsPerLoad + 10;
  server.share(application.path, usersCsv('ann', ...Array.from({ length: size - 1 }, (_, index) => `user${index}`)));
  const waiting = await givenImport(server, application);
  return { application, waiting, size };
}
const passLease = () => {
  server.clock.now = new Date(server.clock.now.getTime() + leaseMs + 1);
};

it('ends Canceled and changes nothing when it is canceled in the middle of a file', async () => {
  const tenant = await givenTenant(server);
  const { application, waiting } = await givenWaiting(tenant);
  const before = await visibleStateOf(server, application);
  const cancel = async () => {
    const { response } = await cancelApplicationImport({
      client: tenant.writer.client,
      body: { applicationImportId: waiting.id },
    });
    expect(response?.status).toBe(200);
  };
  expect(await buildNext(server, { importFiles: interruptReads(server.importFiles, cancel) })).toBe(true);
  const { status, log, metrics, lease_id, build_end } = await readImport(server, waiting);
  expect([status, metrics, lease_id, build_end === null]).toEqual(['Canceled', null, null, false]);
  expect(log).toMatch(/Canceled: the application's records are unchanged\n$/);
  expect(await visibleStateOf(server, application)).toEqual(before);
  expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
});

it('ends Canceled at whichever of its steps it is canceled', async () => {
  const tenant = await givenTenant(server);
  for (let at = 1, isCanceled = true; isCanceled; at++) {
    const application = await givenApplication(server, tenant);
    server.share(application.path, usersCsv('ann'));
    const waiting = await givenImport(server, application);
    let turns = 0;
    let canceling: Promise<unknown> = Promise.resolve();
    const clock = () => {
      if (++turns === at) canceling = cancelApplicationImport({ client: tenant.writer.client, body: { applicationImportId: waiting.id } });
      return server.clock.now;
    };
    await buildNext(server, { clock });
    await canceling;
    await server.build();
    isCanceled = turns >= at;
    const { status } = await readImport(server, waiting);
    expect([at, status === 'Finished' ? { ann: expect.anything() } : {}]).toEqual([at, await recordsOf(server.db, application)]);
    expect(status).toMatch(isCanceled ? /^(Canceled|Finished)$/ : /^Finished$/);
  }
  expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
});

it('changes nothing, and leaves no records, after another build has taken its import over', async () => {
  const { application, waiting, size } = await givenWaiting();
  const begun = server.clock.now;
  let other: Promise<boolean> | undefined;
  const takeOver = () => {
    passLease();
    other = buildNext(server);
    return other;
  };
  expect(await buildNext(server, { importFiles: interruptReads(server.importFiles, takeOver), clock: () => begun })).toBe(true);
  expect(await other).toBe(true);
  const { status, metrics } = await readImport(server, waiting);
  expect([status, metrics?.users]).toEqual(['Finished', importCounts(size, size - 1, 0, 1, 1, 0)]);
  const { generation_id } = (await findApplication(server.db, application.environment_id, application.id)) as { generation_id: number };
  const [lost] = await server.db('generations').where({ application_import_id: waiting.id }).whereNot({ id: generation_id });
  expect(await server.db('application_records').where({ generation_id: lost.id })).toEqual([]);
  expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
});

it.each(['ends', 'fails', 'is stopped'])(
  'leaves no records when it %s after it was taken over and its generation was removed',
  async (end) => {
    const { application } = await givenWaiting();
    const stop = new AbortController();
    const logins = Array.from({ length: 2 * rowsPerLoad }, (_, index) => `u${index}`);
    server.share(application.path, usersCsv(...logins) + (end === 'fails' ? `\n${'x'.repeat(200_001)}` : ''));
    const takeOver = async () => {
      passLease();
      expect(await buildNext(server)).toBe(true);
      await countLeftoverRows(server.db);
      turns = 0;
    };
    let turns = Number.NEGATIVE_INFINITY;
    const clock = () => {
      if (++turns === 2 && end === 'is stopped') stop.abort();
      return server.clock.now;
    };
    const importFiles = interruptReads(server.importFiles, takeOver);
    expect(await buildNext(server, { importFiles, clock, stop: stop.signal, renewMs: Number.POSITIVE_INFINITY })).toBe(true);
    const seen = Object.keys(await recordsOf(server.db, application));
    expect(seen.length).toBe(end === 'fails' ? 2 : logins.length);
    expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
  },
);

it('gives the import back at a signal to stop, at whichever of its steps, and the next build finishes it exactly', async () => {
  const tenant = await givenTenant(server);
  for (let at = 1, isStopped = true; isStopped; at++) {
    const application = await givenApplication(server, tenant);
    server.share(application.path, usersCsv('ann', 'bob'));
    await runImport(server, application);
    server.share(application.path, usersCsv('bob', 'eve'));
    const waiting = await givenImport(server, application);
    let turns = 0;
    const stop = new AbortController();
    const clock = () => {
      if (++turns === at) stop.abort();
      return server.clock.now;
    };
    await buildNext(server, { clock, stop: stop.signal });
    const { status, lease_id, lease_until } = await readImport(server, waiting);
    isStopped = stop.signal.aborted;
    expect([status, lease_id, lease_until]).toEqual([status === 'Finished' ? 'Finished' : 'Running', null, null]);
    if (at === 1) expect(status).toBe('Running');
    await server.build();
    expect((await readImport(server, waiting)).metrics?.users).toEqual(importCounts(2, 1, 0, 1, 1, 0));
    expect(Object.keys(await recordsOf(server.db, application))).toEqual(['bob', 'eve']);
  }
  expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
});

it('gives a build of several batches back in the middle of a file', async () => {
  const { waiting, size } = await givenWaiting();
  const stop = new AbortController();
  await buildNext(server, { importFiles: interruptReads(server.importFiles, async () => stop.abort()), stop: stop.signal });
  expect(await readImport(server, waiting)).toMatchObject({ status: 'Running', lease_id: null, build_end: null });
  while (await buildNext(server));
  expect((await readImport(server, waiting)).metrics?.users).toEqual(importCounts(size, size - 1, 0, 1, 1, 0));
});
