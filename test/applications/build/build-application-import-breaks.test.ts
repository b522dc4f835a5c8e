import { expect, it } from 'vitest';
import { listImportFiles } from '../../../server/applications/store/application-imports.ts';
import { buildNext, countLeftoverRows, importCounts, leaseMs, readImport, recordsOf, runImport } from '../../support/builds.ts';
import { disconnectingDb } from '../../support/disconnecting-db.ts';
import { type GivenApplication, givenApplication, givenImport, givenTenant, usersCsv, usersGroup } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const passLease = () => {
  server.clock.now = new Date(server.clock.now.getTime() + leaseMs + 1);
};

/** Two states of a source. From either to the other, one user is added, changed, removed and unchanged each, and one is a duplicate. */
const states = [
  { users: usersCsv('ann', 'bob', 'bob'), guests: usersCsv('zoe'), keys: ['ann', 'bob', 'zoe'] },
  { users: usersCsv('bob', 'cid', 'bob'), guests: usersCsv('zoe').replace('Name of zoe', 'Zoe'), keys: ['bob', 'cid', 'zoe'] },
] as const;

function share(application: GivenApplication, state: number) {
  const { users, guests } = states[state % 2] as (typeof states)[number];
  for (const [index, { path }] of (application.import_schedule?.files ?? []).entries())
    server.share(application, index === 0 ? users : guests, path);
}

/** An application with the records of the first state, and a pending import whose files have the second. */
async function givenPendingImport() {
  const groups = [usersGroup(), usersGroup({ name: 'Guests' })];
  const application = await givenApplication(server, await givenTenant(server), { groups });
  share(application, 0);
  await runImport(server, application);
  share(application, 1);
  return { application, pending: await givenImport(server, application), state: 1 };
}

async function expectFinished({ application, pending, state }: Awaited<ReturnType<typeof givenPendingImport>>, at: number) {
  passLease();
  await server.build();
  const { status, metrics, lease_id } = await readImport(server, pending);
  expect([at, status, metrics?.users, lease_id]).toEqual([at, 'Finished', importCounts(4, 1, 1, 1, 1, 1), null]);
  expect(Object.keys(await recordsOf(server.db, application))).toEqual(states[state % 2]?.keys);
  expect((await listImportFiles(server.db, pending.id)).length).toBe(2);
}

it.each(['before', 'after'] as const)(
  'ends with the correct result in the next build when the connection is lost %s any step',
  async (when) => {
    const { application, ...given } = await givenPendingImport();
    let { pending } = given;
    let steps = 0;
    for (let at = 1, isOver = false; !isOver; at++) {
      const { db, uses } = disconnectingDb(server.db, at, when);
      await buildNext(server, { db }).catch((error) => expect(error.message).toBe('Connection lost (simulated by the test)'));
      isOver = uses() < at;
      steps = uses();
      await expectFinished({ application, pending, state: at }, at);
      share(application, at + 1);
      pending = await givenImport(server, application);
    }
    expect(steps).toBeGreaterThan(when === 'before' ? 25 : 3);
    await server.build();
    expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
  },
);

it('ends with the correct result after many interrupted builds', async () => {
  const given = await givenPendingImport();
  for (let at = 2, isOver = false; !isOver; at++) {
    const { db, uses } = disconnectingDb(server.db, at, 'before');
    await buildNext(server, { db }).catch(() => {});
    isOver = uses() < at;
    passLease();
  }
  await expectFinished(given, 0);
});

it('does not resume an interrupted import before its lease expires', async () => {
  const { pending } = await givenPendingImport();
  await buildNext(server, { db: disconnectingDb(server.db, 20, 'before').db }).catch(() => {});
  expect((await readImport(server, pending)).status).toBe('Running');
  expect(await buildNext(server)).toBe(false);
  passLease();
  expect(await buildNext(server)).toBe(true);
  expect((await readImport(server, pending)).status).toBe('Finished');
});

it('reads the file copies of the first build after a restart', async () => {
  const { application, pending } = await givenPendingImport();
  const read = () => {
    throw Object.assign(new Error('Connection lost (simulated by the test)'), { code: 'PROTOCOL_CONNECTION_LOST' });
  };
  await buildNext(server, { importFiles: { ...server.importFiles, read } }).catch(() => {});
  server.share(application, usersCsv('mallory'));
  passLease();
  await server.build();
  expect((await readImport(server, pending)).metrics?.users).toEqual(importCounts(4, 1, 1, 1, 1, 1));
});

it('uses the file copies of the build that inserted them first', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  server.share(application, usersCsv('ann'));
  const pending = await givenImport(server, application);
  const secondCopies = Promise.withResolvers<void>();
  const firstEnded = Promise.withResolvers<void>();
  const filesWithDelayedCopy = (onStart: () => void, mayCopy: Promise<void>) => ({
    ...server.importFiles,
    copyShared: async (...args: Parameters<typeof server.importFiles.copyShared>) => {
      onStart();
      await mayCopy;
      return server.importFiles.copyShared(...args);
    },
  });
  let second: Promise<boolean> | undefined;
  const takeOver = () => {
    passLease();
    second = buildNext(server, { importFiles: filesWithDelayedCopy(secondCopies.resolve, firstEnded.promise) });
  };
  await buildNext(server, { importFiles: filesWithDelayedCopy(takeOver, secondCopies.promise), renewMs: Number.POSITIVE_INFINITY });
  firstEnded.resolve();
  expect(await second).toBe(true);
  const { status, metrics } = await readImport(server, pending);
  expect([status, metrics?.users]).toEqual(['Finished', importCounts(1, 1, 0, 0, 0, 0)]);
  expect((await listImportFiles(server.db, pending.id)).length).toBe(1);
});

it('renews the lease while the copy of a large file takes longer than the lease', async () => {
  const { pending } = await givenPendingImport();
  const startedAtMs = server.clock.now.getTime();
  let copied = 0;
  const copyShared = async (...args: Parameters<typeof server.importFiles.copyShared>) => {
    for (let step = 1; step <= 3; step++) {
      server.clock.now = new Date(server.clock.now.getTime() + leaseMs / 2);
      const isRenewed = async () => new Date(`${(await readImport(server, pending)).lease_until}Z`).getTime() > server.clock.now.getTime();
      await expect.poll(isRenewed, { timeout: 10_000, interval: 5 }).toBe(true);
      expect(await buildNext(server)).toBe(false);
    }
    copied++;
    return server.importFiles.copyShared(...args);
  };
  expect(await buildNext(server, { importFiles: { ...server.importFiles, copyShared } })).toBe(true);
  expect(copied).toBe(2);
  expect(server.clock.now.getTime() - startedAtMs).toBeGreaterThan(leaseMs);
  expect((await readImport(server, pending)).status).toBe('Finished');
});
