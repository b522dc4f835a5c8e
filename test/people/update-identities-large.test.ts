import { expect, it } from 'vitest';
import { listIdentities } from '../../generated/sdk.gen.ts';
import { splitListBlocks } from '../../server/database/split-list-blocks.ts';
import { importCounts } from '../support/builds.ts';
import { givenTenant } from '../support/given.ts';
import { givenDirectory, importPeople, miscountedIdentityLists } from '../support/given-directories.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const size = 20_000;
const splitAllBlocks = async () => {
  while (await splitListBlocks(server.db));
};
const fiveDigits = (index: number) => String(index).padStart(5, '0');

it('adds, changes and removes 20,000 identities, with the right totals and pages of each status', async () => {
  const tenant = await givenTenant(server);
  const directory = await givenDirectory(server, tenant);
  /** Compares selected pages of a list with all names in order. */
  const expectList = async (status: string | undefined, names: string[]) => {
    const last = Math.max(1, Math.ceil(names.length / 50));
    for (const page of new Set([1, 2, 11, 20, 21, Math.ceil(last / 2), last - 1, last, last + 1].filter((number) => number > 0))) {
      const { data } = await listIdentities({ client: tenant.reader.client, query: { page, ...(status && { status }) } });
      expect([status, page, data?.totalCount, data?.items.map(({ lastName }) => lastName)]).toEqual([
        ...[status, page, names.length],
        names.slice((page - 1) * 50, page * 50),
      ]);
    }
  };
  // The keys are in another order than the names.
  const people = Array.from({ length: size }, (_, index) => ({
    No: fiveDigits((index * 7919) % size),
    Last: `N${fiveDigits(index)}`,
    Title: 'Teller',
  }));
  const names = people.map(({ Last }) => Last);
  expect((await importPeople(server, directory, ...people)).metrics?.identities).toEqual(importCounts(size, size, 0, 0, 0, 0));
  await expectList(undefined, names);
  await splitAllBlocks();
  await expectList(undefined, names);
  await expectList('Active', names);

  const isInSecondImport = (_: unknown, index: number) => index % 4 !== 3;
  const secondImport = people
    .filter(isInSecondImport)
    .map((person, index) => (index % 2 === 0 ? person : { ...person, Title: 'Clerk', State: 'no' }));
  const { metrics } = await importPeople(server, directory, ...secondImport);
  expect(metrics?.identities).toEqual(importCounts(15_000, 0, 7_500, 5_000, 7_500, 0));
  const disabled = secondImport.filter(({ Title }) => Title === 'Clerk').map(({ Last }) => Last);
  const removed = names.filter((_, index) => index % 4 === 3);
  const check = async () => {
    await expectList(undefined, names);
    await expectList(
      'Active',
      secondImport.filter(({ Title }) => Title !== 'Clerk').map(({ Last }) => Last),
    );
    await expectList('Disabled', disabled);
    await expectList('Removed', removed);
  };
  await check();
  await splitAllBlocks();
  await check();
  expect(await miscountedIdentityLists(server.db)).toEqual([]);

  await importPeople(server, directory);
  await expectList('Removed', names);
  await expectList('Active', []);
  await splitAllBlocks();
  await expectList('Removed', names);
  const blocks = await server.db('list_blocks').where('list', 'like', '%"status":"Active"%').select('first_key', 'entries');
  expect(blocks).toEqual([{ first_key: '', entries: 0 }]);
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
});
