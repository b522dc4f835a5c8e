import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { recordEntryChanges } from '../../server/database/counted-lists.ts';
import { createDatabase, type Db } from '../../server/database/database.ts';
import { findPage } from '../../server/database/list-pages.ts';
import { splitListBlocks } from '../../server/database/split-list-blocks.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { insertIdentity, lockIdentity, updateIdentity, writeIdentities } from '../../server/people/store/identities.ts';
import type { IdentityRow } from '../../server/people/store/identity-rows.ts';
import { givenTenant } from '../support/given.ts';
import { givenPeople, miscountedIdentityLists } from '../support/given-directories.ts';
import { givenIdentity } from '../support/given-people.ts';
import { useServer } from '../support/server.ts';
import { isMySqlRun } from '../support/test-database.ts';

const server = useServer();
const statuses = ['Active', 'Disabled', 'Removed'] as const;

/** Runs the functions on `count` connections at the same time. On SQLite they share the only connection of the process. */
async function onConnections(count: number, tasks: ((db: Db, index: number) => Promise<void>)[]): Promise<void> {
  const pools = Array.from({ length: count }, () => (isMySqlRun ? createDatabase(server.databaseUrl) : server.db));
  try {
    await Promise.all(tasks.map((task, index) => task(pools[index % count] as Db, index)));
  } finally {
    if (isMySqlRun) await Promise.all(pools.map((db) => db.destroy()));
  }
}
/** Runs workers at the same time, while two more connections split list blocks in a loop. */
async function whileSplitting(workers: number, work: (db: Db, worker: number) => Promise<void>): Promise<void> {
  let running = workers;
  const worker = (db: Db, index: number) =>
    work(db, index).finally(() => {
      running--;
    });
  const splitter = async (db: Db) => {
    while (running > 0) {
      await splitListBlocks(db);
      await turn();
    }
  };
  await onConnections(workers + 2, [...Array.from({ length: workers }, () => worker), splitter, splitter]);
}
const lastNameAt = (index: number) => `n${String(index).padStart(6, '0')}`;

it('counts every block exactly during parallel inserts, changes of status and name, and splits of blocks', async () => {
  const tenant = await givenTenant(server);
  const template = await givenIdentity(server, tenant);
  const person = (index: number, values: Partial<IdentityRow> = {}): IdentityRow => ({
    ...template,
    ...{ id: randomUUID(), last_name: lastNameAt(index), status: statuses[index % 3] as (typeof statuses)[number] },
    ...values,
  });
  const rows = Array.from({ length: 3000 }, (_, index) => person(index));
  await givenPeople(server, rows);
  const rounds = 40;
  await whileSplitting(4, async (db, worker) => {
    for (let round = 0; round < rounds; round++) {
      const start = (round * 71 + worker * 37) % rows.length;
      // Numbers of keys below and above the limit from which all blocks are read.
      const sizes = [1, 15, 25, 120];
      const added = Array.from({ length: sizes[(round + worker) % 4] as number }, (_, index) => person((start + index * 97) % 3000));
      await inTransaction(db, async (trx) => recordEntryChanges(trx, await writeIdentities(trx, [], added)));
      await inTransaction(db, (trx) => insertIdentity(trx, person(start, { status: 'Disabled' })));
      // All workers change the same people.
      const { id } = rows[(round * 13) % 200] as IdentityRow;
      await inTransaction(db, async (trx) => {
        const row = (await lockIdentity(trx, id)) as IdentityRow;
        await updateIdentity(trx, row, {
          last_name: lastNameAt((start * 7) % 3000),
          status: statuses[(round + worker) % 3] as IdentityRow['status'],
        });
      });
    }
  });
  const added = 4 * (rounds / 4) * (1 + 15 + 25 + 120) + 4 * rounds;
  const [count] = await server.db('identities').where({ environment_id: tenant.environmentId }).count({ count: '*' });
  expect(Number(count?.count)).toBe(3001 + added);
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
  while (await splitListBlocks(server.db));
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
  const blocks = await server.db('list_blocks').where('list', 'like', `%${tenant.environmentId}%`).select('entries');
  expect(blocks.length).toBeGreaterThan(8);
}, 120_000);

it('counts exactly while blocks are emptied, deleted and filled again by parallel transactions', async () => {
  const tenant = await givenTenant(server);
  const template = await givenIdentity(server, tenant);
  const rows = Array.from({ length: 1600 }, (_, index) => ({ ...template, id: randomUUID(), last_name: lastNameAt(index) }));
  await givenPeople(server, rows);
  while (await splitListBlocks(server.db));
  // Each worker has an eighth of the people, spread over all blocks, and starts at another part. Together they empty and refill the list of active people.
  await whileSplitting(8, async (db, worker) => {
    const ownRows = rows.filter((_, index) => index % 8 === worker);
    for (let round = 0; round < 12; round++) {
      const [from, to] = round % 2 === 0 ? (['Active', 'Disabled'] as const) : (['Disabled', 'Active'] as const);
      for (let part = 0; part < 8; part++) {
        const start = ((part + worker) % 8) * 25;
        const before = ownRows.slice(start, start + 25).map((row) => ({ ...row, status: from }));
        const after = before.map((row) => ({ ...row, status: to }));
        await inTransaction(db, async (trx) => recordEntryChanges(trx, await writeIdentities(trx, before, after)));
      }
    }
  });
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
}, 120_000);

it('creates the first block of a list once if several transactions need it at the same time', async () => {
  for (let round = 0; round < 10; round++) {
    const tenant = await givenTenant(server);
    const template = { ...(await givenIdentity(server, await givenTenant(server))), environment_id: tenant.environmentId };
    await onConnections(
      6,
      Array.from({ length: 6 }, () => async (db: Db) => {
        await inTransaction(db, (trx) => insertIdentity(trx, { ...template, id: randomUUID(), last_name: randomUUID() }));
      }),
    );
    const list = { table: 'identities', order: 'sort_key', where: { environment_id: tenant.environmentId } };
    expect((await findPage(server.db, list, { limit: 50, offset: 0 })).totalCount).toBe(6);
  }
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
});

it('counts nothing of a transaction that is rolled back', async () => {
  const tenant = await givenTenant(server);
  const template = await givenIdentity(server, tenant);
  const rows = Array.from({ length: 30 }, () => ({ ...template, id: randomUUID() }));
  for (const insertedRows of [rows.slice(0, 1), rows]) {
    const rolledBack = inTransaction(server.db, async (trx) => {
      await recordEntryChanges(trx, await writeIdentities(trx, [], insertedRows));
      throw new Error('failure of this test');
    });
    await expect(rolledBack).rejects.toThrow('failure of this test');
  }
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
});
