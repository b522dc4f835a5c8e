import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import {
  type ApplicationImportRow,
  insertApplicationImport,
  moveToCanceling,
} from '../../../server/applications/store/application-imports.ts';
import {
  claimNextImport,
  endImport,
  type ImportLease,
  releaseLease,
  renewLease,
  switchGeneration,
} from '../../../server/applications/store/build-queue.ts';
import { insertGeneration } from '../../../server/applications/store/generations.ts';
import { createDatabase, type Db } from '../../../server/database/database.ts';
import { isMySqlRun } from '../../support/database-url.ts';
import { givenApplication, givenTenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const now = new Date('2026-02-20T08:15:00.000Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const leaseMs = 30_000;

beforeEach(() => server.db('application_imports').delete());

/** Imports that wait, each staged a moment after the one before, of the applications in turn. */
async function givenWaiting(applications: number, imports: number): Promise<ApplicationImportRow[]> {
  const tenant = await givenTenant(server);
  const rows = [];
  const owners = await Promise.all(Array.from({ length: applications }, () => givenApplication(server, tenant)));
  for (let index = 0; index < imports; index++) {
    const { environment_id, id: application_id } = owners[index % applications] as (typeof owners)[number];
    rows.push(
      await insertApplicationImport(server.db, later(index - 60_000), {
        environment_id,
        application_id,
        type: 'API',
        created_by: 'a test',
      }),
    );
  }
  return rows;
}
const claimNext = (at = now, db: Db = server.db) => claimNextImport(db, at, leaseMs);
const claimed = async (at = now): Promise<ImportLease> => (await claimNext(at)) as ImportLease;
const rowOf = ({ import: { id } }: ImportLease): Promise<ApplicationImportRow> => server.db('application_imports').where({ id }).first();
const noResult = (generationId: number) => {
  const none = { read: 0, added: 0, changed: 0, removed: 0, unchanged: 0, rejected: 0 };
  return {
    generationId,
    recordCounts: { users: 1, groups: 2, privileges: 3, identities: 4 },
    metrics: { users: none, groups: none, privileges: none, identities: none, durationMs: 1 },
    log: 'done',
  };
};
const switched = (db: Db, mine: ImportLease, generation: number) => switchGeneration(db, mine, now, noResult(generation), undefined);

it('gives each of 20 imports to one of 8 workers, never two of an application at once, and the oldest of each first', async () => {
  const waiting = await givenWaiting(5, 20);
  const canceled = new Set(waiting.slice(5, 8).map(({ id }) => id));
  // On SQLite a process has one connection; between processes, `two-processes.test.ts` looks.
  const pools = Array.from({ length: 8 }, () => (isMySqlRun ? createDatabase(server.databaseUrl) : server.db));
  if (isMySqlRun) onTestFinished(async () => void (await Promise.all(pools.map((db) => db.destroy()))));
  const running = new Set<string>();
  const taken: ApplicationImportRow[] = [];
  let overlaps = 0;

  const work = async (db: Db) => {
    while (taken.length < waiting.length) {
      const mine = await claimNext(now, db);
      if (!mine) {
        await turn();
        continue;
      }
      const { application_id } = mine.import;
      if (running.has(application_id)) overlaps++;
      running.add(application_id);
      taken.push(mine.import);
      expect(await renewLease(db, mine, now, leaseMs, 'so far')).toMatch(/continue|cancel/);
      const generation = await insertGeneration(db, mine, now);
      running.delete(application_id);
      const isSwitched = await switched(db, mine, generation);
      if (!isSwitched) expect(await endImport(db, mine, now, 'Canceled', 'ended')).toBe(true);
    }
  };
  const cancel = async () => {
    for (const { environment_id, id } of waiting) if (canceled.has(id)) await moveToCanceling(server.db, environment_id, id);
  };
  await Promise.all([...pools.map(work), cancel()]);

  expect(overlaps).toBe(0);
  expect(taken.map(({ id }) => id).sort()).toEqual(waiting.map(({ id }) => id).sort());
  for (const { application_id } of waiting.slice(0, 5)) {
    const numbers = taken.filter((row) => row.application_id === application_id).map(({ number }) => number);
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  }
  const open = await server.db('application_imports').whereNotIn('status', ['Finished', 'Canceled']);
  expect(open).toEqual([]);
});

it('takes the oldest first, passing over applications that are being built', async () => {
  const [first, second, third, fourth] = await givenWaiting(2, 4);
  expect([(await claimNext())?.import.id, (await claimNext())?.import.id, await claimNext()]).toEqual([first?.id, second?.id, undefined]);
  const rows = await server.db('application_imports').orderBy('number').select('status', 'build_start', 'sort_at');
  const begun = { status: 'Running', build_start: '2026-02-20 08:15:00.000', sort_at: '2026-02-20 08:15:00.000' };
  const pending = { status: 'Pending', build_start: null, sort_at: '9999-12-31 23:59:59.999' };
  expect(rows).toEqual([begun, begun, pending, pending]);
  await server.db('application_imports').where({ id: second?.id }).update({ status: 'Finished', lease_id: null, lease_until: null });
  expect((await claimNext())?.import.id).toBe(fourth?.id);
  await server.db('application_imports').where({ id: first?.id }).update({ status: 'Failed', lease_id: null, lease_until: null });
  expect((await claimNext())?.import.id).toBe(third?.id);
});

it('answers undefined where nothing waits, and takes no ended import', async () => {
  expect(await claimNext()).toBeUndefined();
  await givenWaiting(1, 3);
  for (const status of ['Finished', 'Failed', 'Canceled']) {
    await server.db('application_imports').update({ status });
    expect(await claimNext()).toBeUndefined();
  }
});

it('gives a lease that ran out to the next worker, with the beginning it had', async () => {
  await givenWaiting(1, 2);
  const lost = await claimed();
  expect(await claimNext(later(leaseMs - 1))).toBeUndefined();
  const next = await claimed(later(leaseMs));
  expect([next.import.id, next.import.build_start]).toEqual([lost.import.id, '2026-02-20 08:15:00.000']);
  expect(next.leaseId).not.toBe(lost.leaseId);
});

it('keeps a lease for as long as it is renewed', async () => {
  await givenWaiting(1, 1);
  const mine = await claimed();
  for (let renewals = 1; renewals <= 3; renewals++) {
    expect(await renewLease(server.db, mine, later(renewals * 20_000), leaseMs, `log ${renewals}`)).toBe('continue');
    expect(await claimNext(later(renewals * 20_000 + leaseMs - 1))).toBeUndefined();
  }
  expect((await rowOf(mine)).log).toBe('log 3');
});

it('lets a lost lease neither renew nor end nor give back nor switch', async () => {
  await givenWaiting(1, 1);
  const lost = await claimed();
  const generation = await insertGeneration(server.db, lost, now);
  const mine = await claimed(later(leaseMs));
  const before = await rowOf(mine);

  expect(await renewLease(server.db, lost, later(1), leaseMs, 'lost')).toBe('lost');
  expect(await endImport(server.db, lost, now, 'Failed', 'lost')).toBe(false);
  expect(await releaseLease(server.db, lost)).toBe(false);
  expect(await switched(server.db, lost, generation)).toBe(false);
  expect(await rowOf(mine)).toEqual(before);
  const application = await server.db('applications').where({ id: mine.import.application_id }).first();
  expect([application.generation_id, application.last_updated]).toEqual([null, null]);
  expect(await server.db('generations').where({ id: generation }).first('record_counts')).toEqual({ record_counts: null });
});

it('switches once, ends once, gives back once', async () => {
  await givenWaiting(3, 3);
  const [one, two, three] = [await claimed(), await claimed(), await claimed()];
  const generation = await insertGeneration(server.db, one, now);
  const twice = async (work: () => Promise<boolean>) => [await work(), await work()];
  expect(await twice(() => switched(server.db, one, generation))).toEqual([true, false]);
  expect(await twice(() => endImport(server.db, two, now, 'Failed', 'ended'))).toEqual([true, false]);
  expect(await twice(() => releaseLease(server.db, three))).toEqual([true, false]);
  expect([(await rowOf(one)).status, (await rowOf(two)).status, (await rowOf(three)).status]).toEqual(['Finished', 'Failed', 'Running']);
  const application = await server.db('applications').where({ id: one.import.application_id }).first();
  expect([application.generation_id, application.last_updated]).toEqual([generation, '2026-02-20 08:15:00.000']);
  expect((await claimNext())?.import.id).toBe(three.import.id);
});

it('does not switch for an import that was canceled, and tells its worker so', async () => {
  await givenWaiting(1, 1);
  const mine = await claimed();
  expect(await moveToCanceling(server.db, mine.import.environment_id, mine.import.id)).toBe(true);
  expect(await moveToCanceling(server.db, randomUUID(), mine.import.id)).toBe(false);
  expect(await switched(server.db, mine, await insertGeneration(server.db, mine, now))).toBe(false);
  expect(await renewLease(server.db, mine, now, leaseMs, '')).toBe('cancel');
  expect(await endImport(server.db, mine, now, 'Canceled', 'ended')).toBe(true);
  expect(await rowOf(mine)).toMatchObject({ status: 'Canceled', lease_id: null, lease_until: null, build_end: '2026-02-20 08:15:00.000' });
});

it('takes over a build whose lease ran out before any other import of its application, even one that was staged earlier', async () => {
  const [older, newer] = (await givenWaiting(1, 2)) as [ApplicationImportRow, ApplicationImportRow];
  // The older one becomes visible only after the newer one is being built, as after a long upload.
  await server.db('application_imports').where({ id: older.id }).update({ status: 'Finished' });
  const asleep = await claimed();
  expect(asleep.import.id).toBe(newer.id);
  await server.db('application_imports').where({ id: older.id }).update({ status: 'Pending' });

  const taken = await claimed(later(leaseMs + 1));
  expect(taken.import.id).toBe(newer.id);
  expect(await renewLease(server.db, asleep, later(leaseMs + 2), leaseMs, '')).toBe('lost');
  expect(await claimNext(later(leaseMs + 2))).toBeUndefined();
});
