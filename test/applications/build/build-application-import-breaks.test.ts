import { expect, it } from 'vitest';
import { listImportFiles } from '../../../server/applications/store/application-imports.ts';
import type { ApplicationRow } from '../../../server/applications/store/applications.ts';
import { buildNext, countLeftoverRows, importCounts, leaseMs, readImport, recordsOf, runImport } from '../../support/builds.ts';
import { disconnectingDb } from '../../support/disconnecting-db.ts';
import { givenApplication, givenImport, givenTenant, usersCsv, usersGroup } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const passLease = () => {
  server.clock.now = new Date(server.clock.now.getTime() + leaseMs + 1);
};

/** Two states of a source; each is as far from the other: one user added, one changed, one removed, one the same, one there twice. */
const states = [
  { users: usersCsv('ann', 'bob', 'bob'), guests: usersCsv('zoe'), keys: ['ann', 'bob', 'zoe'] },
  { users: usersCsv('bob', 'cid', 'bob'), guests: usersCsv('zoe').replace('Name of zoe', 'Zoe'), keys: ['bob', 'cid', 'zoe'] },
] as const;

function share(application: ApplicationRow, state: number) {
  const { users, guests } = states[state % 2] as (typeof states)[number];
  for (const [index, { path }] of (application.import_schedule?.files ?? []).entries()) server.share(path, index === 0 ? users : guests);
}

/** An application that shows the first state, and an import that waits and will find the second. */
async function givenWaiting() {
  const groups = [usersGroup(), usersGroup({ name: 'Guests' })];
  const application = await givenApplication(server, await givenTenant(server), { groups });
  share(application, 0);
  await runImport(server, application);
  share(application, 1);
  return { application, waiting: await givenImport(server, application), state: 1 };
}

async function expectFinished({ application, waiting, state }: Awaited<ReturnType<typeof givenWaiting>>, at: number) {
  passLease();
  await server.build();
  const { status, metrics, lease_id } = await readImport(server, waiting);
  expect([at, status, metrics?.users, lease_id]).toEqual([at, 'Finished', importCounts(4, 1, 1, 1, 1, 1), null]);
  expect(Object.keys(await recordsOf(server.db, application))).toEqual(states[state % 2]?.keys);
  expect((await listImportFiles(server.db, waiting.id)).length).toBe(2);
}

it.each(['before', 'after'] as const)(
  'ends exactly as if nothing had happened when the database is lost %s any of its steps',
  async (when) => {
    const { application, ...first } = await givenWaiting();
    let { waiting } = first;
    let steps = 0;
    for (let at = 1, isOver = false; !isOver; at++) {
      const { db, uses } = disconnectingDb(server.db, at, when);
      await buildNext(server, { db }).catch((error) => expect(error.message).toBe('Connection lost: this test says so'));
      isOver = uses() < at;
      steps = uses();
      await expectFinished({ application, waiting, state: at }, at);
      share(application, at + 1);
      waiting = await givenImport(server, application);
    }
    expect(steps).toBeGreaterThan(when === 'before' ? 25 : 3);
    await server.build();
    expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
  },
);

it('ends exactly as if nothing had happened when build after build breaks off', async () => {
  const given = await givenWaiting();
  for (let at = 2, isOver = false; !isOver; at++) {
    const { db, uses } = disconnectingDb(server.db, at, 'before');
    await buildNext(server, { db }).catch(() => {});
    isOver = uses() < at;
    passLease();
  }
  await expectFinished(given, 0);
});

it('leaves an import that broke off alone until its lease runs out', async () => {
  const { waiting } = await givenWaiting();
  await buildNext(server, { db: disconnectingDb(server.db, 12, 'before').db }).catch(() => {});
  expect((await readImport(server, waiting)).status).toBe('Running');
  expect(await buildNext(server)).toBe(false);
  passLease();
  expect(await buildNext(server)).toBe(true);
  expect((await readImport(server, waiting)).status).toBe('Finished');
});

it('reads, when it begins again, the files as they were when it first copied them', async () => {
  const { application, waiting } = await givenWaiting();
  const read = () => {
    throw Object.assign(new Error('Connection lost: this test says so'), { code: 'PROTOCOL_CONNECTION_LOST' });
  };
  await buildNext(server, { importFiles: { ...server.importFiles, read } }).catch(() => {});
  server.share(application.path, usersCsv('mallory'));
  passLease();
  await server.build();
  expect((await readImport(server, waiting)).metrics?.users).toEqual(importCounts(4, 1, 1, 1, 1, 1));
});

it('goes on with the files of whichever of two builds has named them first', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  server.share(application.path, usersCsv('ann'));
  const waiting = await givenImport(server, application);
  const secondCopies = Promise.withResolvers<void>();
  const firstEnded = Promise.withResolvers<void>();
  const copying = (begin: () => void, go: Promise<void>) => ({
    ...server.importFiles,
    copyShared: async (path: string) => {
      begin();
      await go;
      return server.importFiles.copyShared(path);
    },
  });
  let second: Promise<boolean> | undefined;
  const takeOver = () => {
    passLease();
    second = buildNext(server, { importFiles: copying(secondCopies.resolve, firstEnded.promise) });
  };
  await buildNext(server, { importFiles: copying(takeOver, secondCopies.promise), renewMs: Number.POSITIVE_INFINITY });
  firstEnded.resolve();
  expect(await second).toBe(true);
  const { status, metrics } = await readImport(server, waiting);
  expect([status, metrics?.users]).toEqual(['Finished', importCounts(1, 1, 0, 0, 0, 0)]);
  expect((await listImportFiles(server.db, waiting.id)).length).toBe(1);
});

it("stays its builder's while a large file is copied for longer than the lease", async () => {
  const { waiting } = await givenWaiting();
  const begun = server.clock.now.getTime();
  let copied = 0;
  const copyShared = async (path: string) => {
    for (let step = 1; step <= 3; step++) {
      server.clock.now = new Date(server.clock.now.getTime() + leaseMs / 2);
      const isRenewed = async () => new Date(`${(await readImport(server, waiting)).lease_until}Z`).getTime() > server.clock.now.getTime();
      await expect.poll(isRenewed, { timeout: 10_000, interval: 5 }).toBe(true);
      expect(await buildNext(server)).toBe(false);
    }
    copied++;
    return server.importFiles.copyShared(path);
  };
  expect(await buildNext(server, { importFiles: { ...server.importFiles, copyShared } })).toBe(true);
  expect(copied).toBe(2);
  expect(server.clock.now.getTime() - begun).toBeGreaterThan(leaseMs);
  expect((await readImport(server, waiting)).status).toBe('Finished');
});
