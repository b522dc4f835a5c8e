import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { insertApplicationImport } from '../../../server/applications/store/application-imports.ts';
import type { ApplicationRow } from '../../../server/applications/store/applications.ts';
import { claimNextImport, endImport, type ImportLease, releaseLease } from '../../../server/applications/store/build-queue.ts';
import { createDatabase, type Db } from '../../../server/database/database.ts';
import { givenApplication, givenImport, givenTenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';
import { isMySqlRun } from '../../support/test-database.ts';

const server = useServer();
const now = new Date('2026-02-20T08:15:00.000Z');
const leaseMs = 30_000;
beforeEach(async () => {
  await server.db('application_imports').delete();
});

const givenOwner = async () => givenApplication(server, await givenTenant(server));

/** Inserts many pending imports of an application at once. */
async function givenManyImports(application: ApplicationRow, count: number): Promise<void> {
  await givenImport(server, application);
  const { environment_id } = application;
  const first = await server.db('application_imports').where({ application_id: application.id }).first();
  const rows = Array.from({ length: count - 1 }, (_, index) => ({ ...first, id: randomUUID(), number: first.number + 1 + index }));
  for (let from = 0; from < rows.length; from += 500) await server.db('application_imports').insert(rows.slice(from, from + 500));
  await server
    .db('sequences')
    .where({ environment_id, name: 'application_imports' })
    .update({ value: first.number + count });
}
const claim = (db: Db = server.db) => claimNextImport(db, now, leaseMs);
const end = (lease: ImportLease, db: Db = server.db) => endImport(db, lease, now, 'Failed', 'ended');

/** Claims and ends imports one after another, as one worker does. Returns whose they were. */
async function serve(builds: number, names: Map<string, string>): Promise<string> {
  let served = '';
  for (let count = 0; count < builds; count++) {
    const lease = (await claim()) as ImportLease;
    served += names.get(lease.import.environment_id);
    await end(lease);
  }
  return served;
}

it('builds the import of one environment after at most one of 10,000 earlier imports of another', async () => {
  const [many, one] = [await givenOwner(), await givenOwner()];
  const names = new Map([
    [many.environment_id, 'm'],
    [one.environment_id, '1'],
  ]);
  await givenManyImports(many, 10_000);
  expect(await serve(3, names)).toBe('mmm');
  await givenImport(server, one);
  expect(await serve(4, names)).toMatch(/^m?1m+$/);
});

it('serves environments in turn, each the oldest import first', async () => {
  const owners = [await givenOwner(), await givenOwner(), await givenOwner()];
  const names = new Map(owners.map(({ environment_id }, index) => [environment_id, 'abc'[index] as string]));
  for (const owner of owners) await givenManyImports(owner, 20);
  const served = await serve(12, names);
  expect(served).toBe(served.slice(0, 3).repeat(4));
  expect([...served.slice(0, 3)].sort().join('')).toBe('abc');
  for (const owner of owners) {
    const ended = await server.db('application_imports').where({ application_id: owner.id, status: 'Failed' }).select('number');
    expect(ended.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4]);
  }
});

it('an environment that always stages one import does not keep another waiting', async () => {
  const [eager, patient] = [await givenOwner(), await givenOwner()];
  const names = new Map([
    [eager.environment_id, 'e'],
    [patient.environment_id, 'p'],
  ]);
  await givenManyImports(patient, 10);
  let served = '';
  for (let count = 0; count < 6; count++) {
    await givenImport(server, eager);
    served += await serve(2, names);
  }
  expect(served).toMatch(/^(ep|pe){6}$/);
});

it('an environment whose imports are all being built keeps no other waiting', async () => {
  const [busy, other] = [await givenOwner(), await givenOwner()];
  await givenManyImports(busy, 50);
  const lease = await claim();
  expect(await claim()).toBeUndefined();
  await givenImport(server, other);
  expect((await claim())?.import.environment_id).toBe(other.environment_id);
  expect(await claim()).toBeUndefined();
  expect(await releaseLease(server.db, lease as ImportLease)).toBe(true);
  expect((await claim())?.import.id).toBe(lease?.import.id);
});

it('8 workers build all imports of 5 environments once, also of those that are staged meanwhile', async () => {
  // On SQLite a process has one connection. `two-processes.test.ts` tests several processes.
  const pools = Array.from({ length: 8 }, () => (isMySqlRun ? createDatabase(server.databaseUrl) : server.db));
  if (isMySqlRun) onTestFinished(async () => void (await Promise.all(pools.map((db) => db.destroy()))));
  const owners = await Promise.all(Array.from({ length: 5 }, givenOwner));
  const total = 100;
  const running = new Set<string>();
  const built: string[] = [];
  const work = async (db: Db) => {
    while (built.length < total) {
      const lease = await claim(db);
      if (!lease) {
        await turn();
        continue;
      }
      expect(running.has(lease.import.application_id)).toBe(false);
      running.add(lease.import.application_id);
      built.push(lease.import.id);
      await turn();
      running.delete(lease.import.application_id);
      expect(await end(lease, db)).toBe(true);
    }
  };
  const stage = async () => {
    for (let count = 0; count < total; count++) {
      const { environment_id, id: application_id } = owners[count % owners.length] as ApplicationRow;
      await insertApplicationImport(server.db, now, { environment_id, application_id, type: 'API', created_by: 'a test' });
    }
  };
  await Promise.all([...pools.map(work), stage()]);
  expect(new Set(built).size).toBe(total);
  expect(await claim()).toBeUndefined();
  expect(await server.db('import_queues')).toEqual([]);
});
