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
import { givenApplication, givenTenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';
import { isMySqlRun } from '../../support/test-database.ts';

const server = useServer();
const now = new Date('2026-02-20T08:15:00.000Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const leaseMs = 30_000;

beforeEach(() => server.db('application_imports').delete());

/** Inserts pending imports, each a millisecond after the previous one, for the applications in turn. */
async function givenPendingImports(applications: number, imports: number): Promise<ApplicationImportRow[]> {
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
const resultWith = (generationId: number) => {
  const none = { read: 0, added: 0, changed: 0, removed: 0, unchanged: 0, rejected: 0 };
  return {
    generationId,
    recordCounts: { users: 1, groups: 2, privileges: 3, identities: 4 },
    metrics: { users: none, groups: none, privileges: none, identities: none, durationMs: 1 },
    log: 'done',
  };
};
const switchTo = (db: Db, lease: ImportLease, generation: number) => switchGeneration(db, lease, now, resultWith(generation), undefined);

it('leases each of 20 imports to one of 8 workers, one per application at a time, oldest first', async () => {
  const pending = await givenPendingImports(5, 20);
  const canceled = new Set(pending.slice(5, 8).map(({ id }) => id));
  // On SQLite a process has one connection. `two-processes.test.ts` tests several processes.
  const pools = Array.from({ length: 8 }, () => (isMySqlRun ? createDatabase(server.databaseUrl) : server.db));
  if (isMySqlRun) onTestFinished(async () => void (await Promise.all(pools.map((db) => db.destroy()))));
  const running = new Set<string>();
  const taken: ApplicationImportRow[] = [];
  let overlaps = 0;

  const work = async (db: Db) => {
    while (taken.length < pending.length) {
      const lease = await claimNext(now, db);
      if (!lease) {
        await turn();
        continue;
      }
      const { application_id } = lease.import;
      if (running.has(application_id)) overlaps++;
      running.add(application_id);
      taken.push(lease.import);
      expect(await renewLease(db, lease, now, leaseMs, 'so far')).toMatch(/continue|cancel/);
      const generation = await insertGeneration(db, lease, now);
      running.delete(application_id);
      const isSwitched = await switchTo(db, lease, generation);
      if (!isSwitched) expect(await endImport(db, lease, now, 'Canceled', 'ended')).toBe(true);
    }
  };
  const cancel = async () => {
    for (const { environment_id, id } of pending) if (canceled.has(id)) await moveToCanceling(server.db, environment_id, id);
  };
  await Promise.all([...pools.map(work), cancel()]);

  expect(overlaps).toBe(0);
  expect(taken.map(({ id }) => id).sort()).toEqual(pending.map(({ id }) => id).sort());
  for (const { application_id } of pending.slice(0, 5)) {
    const numbers = taken.filter((row) => row.application_id === application_id).map(({ number }) => number);
    expect(numbers).toEqual(numbers.toSorted((left, right) => left - right));
  }
  const open = await server.db('application_imports').whereNotIn('status', ['Finished', 'Canceled']);
  expect(open).toEqual([]);
});

it('leases the oldest import first and skips applications that are being built', async () => {
  const [first, second, third, fourth] = await givenPendingImports(2, 4);
  expect([(await claimNext())?.import.id, (await claimNext())?.import.id, await claimNext()]).toEqual([first?.id, second?.id, undefined]);
  const rows = await server.db('application_imports').orderBy('number').select('number', 'status', 'build_start', 'sort_key');
  const running = { status: 'Running', build_start: '2026-02-20 08:15:00.000' };
  const pending = { status: 'Pending', build_start: null };
  const keyOf = (number: number, start: string) => ({ number, sort_key: `${start} ${String(number).padStart(10, '0')}` });
  const numbers = rows.map(({ number }) => number);
  expect(rows).toEqual([
    ...numbers.slice(0, 2).map((number) => ({ ...running, ...keyOf(number, '2026-02-20 08:15:00.000') })),
    ...numbers.slice(2).map((number) => ({ ...pending, ...keyOf(number, '9999-12-31 23:59:59.999') })),
  ]);
  await server.db('application_imports').where({ id: second?.id }).update({ status: 'Finished', lease_id: null, lease_until: null });
  expect((await claimNext())?.import.id).toBe(fourth?.id);
  await server.db('application_imports').where({ id: first?.id }).update({ status: 'Failed', lease_id: null, lease_until: null });
  expect((await claimNext())?.import.id).toBe(third?.id);
});

it('returns undefined if no import is open', async () => {
  expect(await claimNext()).toBeUndefined();
  await givenPendingImports(1, 3);
  for (const status of ['Finished', 'Failed', 'Canceled']) {
    await server.db('application_imports').update({ status });
    expect(await claimNext()).toBeUndefined();
  }
});

it('leases an import with an expired lease to the next worker and preserves its build start', async () => {
  await givenPendingImports(1, 2);
  const lost = await claimed();
  expect(await claimNext(later(leaseMs - 1))).toBeUndefined();
  const next = await claimed(later(leaseMs));
  expect([next.import.id, next.import.build_start]).toEqual([lost.import.id, '2026-02-20 08:15:00.000']);
  expect(next.leaseId).not.toBe(lost.leaseId);
});

it('extends a lease with each renewal', async () => {
  await givenPendingImports(1, 1);
  const lease = await claimed();
  for (let renewals = 1; renewals <= 3; renewals++) {
    expect(await renewLease(server.db, lease, later(renewals * 20_000), leaseMs, `log ${renewals}`)).toBe('continue');
    expect(await claimNext(later(renewals * 20_000 + leaseMs - 1))).toBeUndefined();
  }
  expect((await rowOf(lease)).log).toBe('log 3');
});

it('ignores renewal, end, release and switch with a lost lease', async () => {
  await givenPendingImports(1, 1);
  const lost = await claimed();
  const generation = await insertGeneration(server.db, lost, now);
  const lease = await claimed(later(leaseMs));
  const before = await rowOf(lease);

  expect(await renewLease(server.db, lost, later(1), leaseMs, 'lost')).toBe('lost');
  expect(await endImport(server.db, lost, now, 'Failed', 'lost')).toBe(false);
  expect(await releaseLease(server.db, lost)).toBe(false);
  expect(await switchTo(server.db, lost, generation)).toBe(false);
  expect(await rowOf(lease)).toEqual(before);
  const application = await server.db('applications').where({ id: lease.import.application_id }).first();
  expect([application.generation_id, application.last_updated]).toEqual([null, null]);
  expect(await server.db('generations').where({ id: generation }).first('record_counts')).toEqual({ record_counts: null });
});

it('switches, ends and releases only once', async () => {
  await givenPendingImports(3, 3);
  const [first, second, third] = [await claimed(), await claimed(), await claimed()];
  const generation = await insertGeneration(server.db, first, now);
  const twice = async (work: () => Promise<boolean>) => [await work(), await work()];
  expect(await twice(() => switchTo(server.db, first, generation))).toEqual([true, false]);
  expect(await twice(() => endImport(server.db, second, now, 'Failed', 'ended'))).toEqual([true, false]);
  expect(await twice(() => releaseLease(server.db, third))).toEqual([true, false]);
  expect([(await rowOf(first)).status, (await rowOf(second)).status, (await rowOf(third)).status]).toEqual([
    'Finished',
    'Failed',
    'Running',
  ]);
  const application = await server.db('applications').where({ id: first.import.application_id }).first();
  expect([application.generation_id, application.last_updated]).toEqual([generation, '2026-02-20 08:15:00.000']);
  expect((await claimNext())?.import.id).toBe(third.import.id);
});

it('leases an import with an expired lease before other imports of its application, even older ones', async () => {
  const [older, newer] = (await givenPendingImports(1, 2)) as [ApplicationImportRow, ApplicationImportRow];
  // The older import becomes visible only after the build of the newer one has started, as after a long upload.
  await server.db('application_imports').where({ id: older.id }).update({ status: 'Finished' });
  const expired = await claimed();
  expect(expired.import.id).toBe(newer.id);
  await server.db('application_imports').where({ id: older.id }).update({ status: 'Pending' });

  const taken = await claimed(later(leaseMs + 1));
  expect(taken.import.id).toBe(newer.id);
  expect(await renewLease(server.db, expired, later(leaseMs + 2), leaseMs, '')).toBe('lost');
  expect(await claimNext(later(leaseMs + 2))).toBeUndefined();
});
