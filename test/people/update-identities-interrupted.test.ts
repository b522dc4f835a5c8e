import { beforeEach, expect, it } from 'vitest';
import { cancelApplicationImport } from '../../generated/sdk.gen.ts';
import type { ApplicationImportRow } from '../../server/applications/store/application-imports.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { lockIdentity, updateIdentity } from '../../server/people/store/identities.ts';
import type { IdentityRow } from '../../server/people/store/identity-rows.ts';
import { buildNext, countLeftoverRows, importCounts, leaseMs, readImport } from '../support/builds.ts';
import { disconnectingDb } from '../support/disconnecting-db.ts';
import { givenImport, givenTenant, type Tenant } from '../support/given.ts';
import {
  type Directory,
  givenDirectory,
  importPeople,
  listAllIdentities,
  miscountedIdentityLists,
  type Person,
  peopleCsv,
  storedIdentities,
} from '../support/given-directories.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
let tenant: Tenant;
let directory: Directory;
let waiting: ApplicationImportRow;
let state = 0;
const passLease = () => {
  server.clock.now = new Date(server.clock.now.getTime() + leaseMs + 1);
};

/** Two states of a directory. A change from either to the other restores, changes, removes and keeps one identity each. */
const states: { people: Person[]; shown: string[] }[] = [
  {
    people: [
      { No: '1', Last: 'Adams', Title: 'Teller' },
      { No: '2', Last: 'Baker', Boss: '1' },
      { No: '3', Last: 'Clark' },
    ],
    shown: ['Adams Teller Active -', 'Baker - Active Adams', 'Clark - Active -', 'Dunn - Removed -'],
  },
  {
    people: [
      { No: '1', Last: 'Adams', Title: 'Manager' },
      { No: '3', Last: 'Clark' },
      { No: '4', Last: 'Dunn' },
    ],
    shown: ['Adams Manager Active -', 'Baker - Removed Adams', 'Clark - Active -', 'Dunn - Active -'],
  },
];
const shown = async () =>
  (await listAllIdentities(tenant)).map(({ lastName, title, status, supervisorName }) =>
    [lastName, title ?? '-', status, supervisorName ?? '-'].join(' '),
  );
async function stage(to: number): Promise<void> {
  state = to % 2;
  server.share(directory, peopleCsv(states[state]?.people ?? []));
  waiting = await givenImport(server, directory);
}

beforeEach(async () => {
  tenant = await givenTenant(server);
  directory = await givenDirectory(server, tenant);
  for (const { people } of states.toReversed()) await importPeople(server, directory, ...people);
  await stage(1);
});

/** Expects right list counts, and no changed identity unless the import's generation has become current. */
async function expectConsistent(at: number, before: object): Promise<void> {
  const { status, sync_progress } = await readImport(server, waiting);
  expect([at, await miscountedIdentityLists(server.db)]).toEqual([at, []]);
  if (status !== 'Finished' && sync_progress === null) expect([at, await storedIdentities(server, tenant)]).toEqual([at, before]);
}
async function expectFinished(at: number): Promise<void> {
  const { status, metrics, lease_id } = await readImport(server, waiting);
  expect([at, status, metrics?.identities, lease_id]).toEqual([at, 'Finished', importCounts(3, 1, 1, 1, 1, 0), null]);
  expect([at, await shown()]).toEqual([at, states[state]?.shown]);
  expect([at, await miscountedIdentityLists(server.db)]).toEqual([at, []]);
}

it.each(['before', 'after'] as const)('stays consistent and finishes later if the database is lost %s any of its steps', async (when) => {
  let steps = 0;
  for (let at = 1, isOver = false; !isOver; at++) {
    const before = await storedIdentities(server, tenant);
    const { db, uses } = disconnectingDb(server.db, at, when);
    await buildNext(server, { db }).catch((error) => expect(error.message).toBe('Connection lost (simulated by the test)'));
    steps = uses();
    isOver = steps < at;
    await expectConsistent(at, before);
    passLease();
    await server.build();
    await expectFinished(at);
    await stage(at + 1);
  }
  expect(steps).toBeGreaterThan(when === 'before' ? 40 : 5);
  await server.build();
  expect(await countLeftoverRows(server.db)).toEqual({ generations: 0, records: 0 });
});

it('finishes with the right result if each build breaks off one step later than the last', async () => {
  for (let at = 2, isOver = false; !isOver; at++) {
    const { db, uses } = disconnectingDb(server.db, at, 'before');
    await buildNext(server, { db }).catch(() => {});
    isOver = uses() < at;
    await countLeftoverRows(server.db);
    passLease();
  }
  await expectFinished(0);
});

it('changes no identity if it is canceled before its records become visible; cannot be canceled later', async () => {
  let [canceled, finished] = [0, 0];
  for (let at = 1, isOver = false; !isOver; at++) {
    const before = await storedIdentities(server, tenant);
    let turns = 0;
    let canceling: ReturnType<typeof cancelApplicationImport> | undefined;
    const clock = () => {
      if (++turns === at) canceling = cancelApplicationImport({ client: tenant.writer.client, body: { applicationImportId: waiting.id } });
      return server.clock.now;
    };
    await buildNext(server, { clock });
    const cancelStatus = (await canceling)?.response?.status;
    await server.build();
    isOver = turns < at;
    const { status } = await readImport(server, waiting);
    expect([at, status]).toEqual([at, cancelStatus === 200 ? 'Canceled' : 'Finished']);
    if (status === 'Finished') {
      finished++;
      await expectFinished(at);
      await stage(state + 1);
    } else {
      canceled++;
      expect([at, await storedIdentities(server, tenant), await miscountedIdentityLists(server.db)]).toEqual([at, before, []]);
      await stage(state);
    }
  }
  expect([canceled > 5, finished > 1]).toEqual([true, true]);
});

it('releases its lease on a stop signal at any step, and the next worker finishes it', async () => {
  let stops = 0;
  for (let at = 1, isOver = false; !isOver; at++) {
    const before = await storedIdentities(server, tenant);
    const stop = new AbortController();
    let turns = 0;
    const clock = () => {
      if (++turns === at) stop.abort();
      return server.clock.now;
    };
    await buildNext(server, { clock, stop: stop.signal });
    isOver = !stop.signal.aborted;
    const { status, lease_id } = await readImport(server, waiting);
    if (status === 'Running') stops++;
    expect([at, lease_id]).toEqual([at, null]);
    await expectConsistent(at, before);
    await server.build();
    await expectFinished(at);
    await stage(at + 1);
  }
  expect(stops).toBeGreaterThan(5);
});

it('syncs no batch twice: later changes by an event to synced identities stay', async () => {
  await server.build();
  const people = Array.from({ length: 1200 }, (_, index) => ({ No: String(1000 + index), Last: `P${1000 + index}`, Title: 'old' }));
  await importPeople(server, directory, ...people);
  server.share(directory, peopleCsv(people.slice(0, 1190).map((person) => ({ ...person, Title: 'new' }))));
  waiting = await givenImport(server, directory);
  for (let at = 1, isSwitched = false; at < 100; at++) {
    const { sync_progress } = await readImport(server, waiting);
    if (sync_progress?.includes('1')) break;
    // From here on the build resumes with the sync.
    if (sync_progress !== null && !isSwitched) [isSwitched, at] = [true, 1];
    await buildNext(server, { db: disconnectingDb(server.db, at, 'before').db }).catch(() => {});
    passLease();
  }
  const { status, sync_progress } = await readImport(server, waiting);
  expect([status, JSON.parse(sync_progress ?? '')]).toEqual(['Running', { what: 'changed', after: '1499' }]);
  const keyed = async (key: string): Promise<IdentityRow> =>
    server.db('identities').where({ application_id: directory.id, source_key: key }).first();
  for (const key of ['1000', '1499', '1500', '2195']) {
    const { id } = await keyed(key);
    const change = { title: 'by event', office: 'Main' };
    await inTransaction(server.db, async (trx) => updateIdentity(trx, (await lockIdentity(trx, id)) as IdentityRow, change));
  }
  // The cleanup must not delete the generations that the sync reads.
  await countLeftoverRows(server.db);
  await server.build();
  const after = await Promise.all(['1000', '1001', '1499', '1500', '2189', '2195'].map(keyed));
  expect(after.map(({ title, office, status }) => [title, office, status])).toEqual([
    ['by event', 'Main', 'Active'],
    ['new', null, 'Active'],
    ['by event', 'Main', 'Active'],
    ['new', 'Main', 'Active'],
    ['new', null, 'Active'],
    ['by event', 'Main', 'Removed'],
  ]);
  expect([(await readImport(server, waiting)).status, await miscountedIdentityLists(server.db)]).toEqual(['Finished', []]);
});
