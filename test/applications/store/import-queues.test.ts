import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import type { ApplicationRow } from '../../../server/applications/store/applications.ts';
import { claimNextImport, endImport, type ImportLease, releaseLease } from '../../../server/applications/store/build-queue.ts';
import type { Db } from '../../../server/database/database.ts';
import { givenApplication, givenImport, givenTenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

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
