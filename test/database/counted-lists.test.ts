import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { type CountedList, recordEntryChanges } from '../../server/database/counted-lists.ts';
import type { Db } from '../../server/database/database.ts';
import { toInstant } from '../../server/database/instants.ts';
import { findPage } from '../../server/database/list-pages.ts';
import { splitListBlocks } from '../../server/database/split-list-blocks.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { insertIdentity, lockIdentity, updateIdentity, writeIdentities } from '../../server/people/store/identities.ts';
import type { IdentityRow } from '../../server/people/store/identity-rows.ts';
import { givenTenant, type Tenant } from '../support/given.ts';
import { givenPeople, miscountedIdentityLists } from '../support/given-directories.ts';
import { givenIdentity } from '../support/given-people.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const statuses = ['Active', 'Disabled', 'Removed'] as const;
const orders = ['asc', 'desc'] as const;
const blockMax = 1000;

const listsOf = ({ environmentId: environment_id }: Tenant): CountedList[] =>
  [{}, ...statuses.map((status) => ({ status }))].map((filter) => ({
    table: 'identities',
    order: 'sort_key',
    where: { environment_id, ...filter },
  }));
const blocksOf = (db: Db, { table, order, where }: CountedList): Promise<{ first_key: string; entries: number }[]> =>
  db('list_blocks')
    .where({ list: JSON.stringify([table, order, where]) })
    .orderBy('first_key')
    .select('first_key', 'entries');
const splitAll = async () => {
  while (await splitListBlocks(server.db));
};
const deleteIdentity = (row: IdentityRow) =>
  inTransaction(server.db, async (trx) => {
    await trx('identities').where({ id: row.id }).delete();
    await recordEntryChanges(trx, await writeIdentities(trx, [row], []));
  });

/** Compares pages of a list, in both directions, with the result of a plain query. `pages` chooses the pages by their number. */
async function expectPages(list: CountedList, limit: number, pages: (count: number) => number[]): Promise<void> {
  for (const order of orders) {
    const rows = await server.db(list.table).where(list.where).orderBy(list.order, order).select('id');
    const ids: string[] = rows.map(({ id }) => id);
    for (const page of pages(Math.ceil(ids.length / limit) + 1)) {
      const result = await findPage(server.db, list, { limit, offset: page * limit }, order);
      expect(result).toEqual({ ids: ids.slice(page * limit, (page + 1) * limit), totalCount: ids.length });
    }
  }
}
const allPages = (count: number) => Array.from({ length: count }, (_, page) => page);

it('returns correct pages in both directions after random inserts, changes of status and name, deletions and splits', async () => {
  const tenant = await givenTenant(server);
  const random = seededRandom(20_260_220);
  const names = ['', 'a', 'A b', 'ab', 'Ábel', 'Chen', 'Chen Li', 'de la Cruz', 'm', 'Ma', 'Olsen', 'Ölsen', 'z', '李', '😀'];
  const name = () => `${names[random(names.length)]}${random(3) === 0 ? '' : random(1000)}`;
  const status = () => statuses[random(statuses.length)] as (typeof statuses)[number];
  const template = await givenIdentity(server, tenant);
  const person = (values: Partial<IdentityRow> = {}): IdentityRow => ({
    ...template,
    ...{ id: randomUUID(), first_name: name(), last_name: name(), status: status() },
    ...values,
  });
  const ids = [template.id];
  const insertMany = async (count: number, values?: Partial<IdentityRow>) => {
    const rows = Array.from({ length: count }, () => person(values));
    await givenPeople(server, rows);
    ids.push(...rows.map(({ id }) => id));
  };
  const change = (id: string, changes: Partial<IdentityRow>) =>
    inTransaction(server.db, async (trx) => updateIdentity(trx, (await lockIdentity(trx, id)) as IdentityRow, changes));

  await insertMany(4500);
  for (let step = 1; step <= 400; step++) {
    const index = random(ids.length);
    const kind = random(8);
    if (kind <= 2) await inTransaction(server.db, (trx) => insertIdentity(trx, person({ id: ids[ids.push(randomUUID()) - 1] as string })));
    else if (kind <= 4) await change(ids[index] as string, { status: status() });
    else if (kind <= 6) await change(ids[index] as string, { last_name: name(), ...(random(2) === 0 && { status: status() }) });
    else {
      const [id] = ids.splice(index, 1) as [string];
      await deleteIdentity((await lockIdentity(server.db, id)) as IdentityRow);
    }
    if (random(30) === 0) await splitListBlocks(server.db);
    if (step % 100 === 0) {
      // Many adjacent rows at once: the block must be split, and all blocks are read for the counts.
      await insertMany(1100, { last_name: `m${step}`, status: 'Disabled' });
      if (step % 200 === 0) await splitAll();
      for (const list of listsOf(tenant)) await expectPages(list, 50, (count) => [0, 1, random(count), random(count), count - 1]);
    }
  }
  await splitAll();
  for (const list of listsOf(tenant)) {
    await expectPages(list, 50, allPages);
    await expectPages(list, 777, allPages);
    const blocks = await blocksOf(server.db, list);
    const sum = blocks.reduce((total, { entries }) => total + entries, 0);
    expect([blocks[0]?.first_key, sum]).toEqual(['', (await server.db('identities').where(list.where)).length]);
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks.slice(1).map(({ entries }) => entries > 0 && entries <= blockMax)).not.toContain(false);
  }
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
}, 120_000);

it('splits only the blocks that are too large', async () => {
  const tenant = await givenTenant(server);
  const [list] = listsOf(tenant) as [CountedList];
  const template = await givenIdentity(server, tenant);
  const rows = (count: number, letter: string) =>
    Array.from({ length: count }, (_, index) => ({
      ...template,
      id: randomUUID(),
      last_name: `${letter}${String(index).padStart(5, '0')}`,
    }));
  const sizes = async () => (await blocksOf(server.db, list)).map(({ entries }) => entries);
  await givenPeople(server, rows(blockMax - 1, 'n'));
  expect([await splitListBlocks(server.db), await sizes()]).toEqual([false, [1000]]);
  await givenPeople(server, rows(1, 'a'));
  await splitAll();
  expect(await sizes()).toEqual([500, 501]);
  // Rows after the last row, before the first row, and in between.
  await givenPeople(server, [...rows(700, 'z'), ...rows(100, '0'), ...rows(2, 'n0')]);
  await splitAll();
  expect(await sizes()).toEqual([602, 500, 701]);
  await givenPeople(server, rows(60_000, 'x'));
  await splitAll();
  expect((await sizes()).every((size) => size <= blockMax)).toBe(true);
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
  await expectPages(list, 50, (count) => [0, 11, 12, 19, 20, 500, count - 2, count - 1]);
}, 120_000);

it('deletes empty blocks except the first, and the list can be filled again', async () => {
  const tenant = await givenTenant(server);
  const rows: IdentityRow[] = Array.from({ length: 2500 }, () => ({
    ...({ environment_id: tenant.environmentId, application_id: null, source_key: null, email_address: null, type: 'Employee' } as const),
    ...{ id: randomUUID(), first_name: null, last_name: randomUUID(), title: null, company: null, division: null, department: null },
    ...{ office: null, supervisor_id: null, supervisor_key: null, created_date: null, updated_date: null, inactivated_date: null },
    ...({ status: 'Active', first_seen_date: toInstant(server.clock.now) } as const),
  }));
  for (let round = 0; round < 2; round++) {
    await givenPeople(server, rows);
    await splitAll();
    await inTransaction(server.db, async (trx) => {
      await trx('identities').where({ environment_id: tenant.environmentId }).delete();
      await recordEntryChanges(trx, await writeIdentities(trx, rows, []));
    });
    await splitAll();
    for (const list of listsOf(tenant).slice(0, 2)) {
      expect(await blocksOf(server.db, list)).toEqual([{ first_key: '', entries: 0 }]);
      expect(await findPage(server.db, list, { limit: 50, offset: 0 })).toEqual({ ids: [], totalCount: 0 });
    }
  }
});
