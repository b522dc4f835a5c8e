import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { splitListBlocks } from '../../server/database/split-list-blocks.ts';
import { givenTenant } from '../support/given.ts';
import { givenPeople, miscountedIdentityLists } from '../support/given-directories.ts';
import { givenIdentity } from '../support/given-people.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

it('corrects a count that is too large, in any block, and terminates', async () => {
  const tenant = await givenTenant(server);
  const template = await givenIdentity(server, tenant);
  await givenPeople(
    server,
    Array.from({ length: 1600 }, (_, index) => ({ ...template, id: randomUUID(), last_name: `n${10_000 + index}` })),
  );
  while (await splitListBlocks(server.db));
  const list = JSON.stringify(['identities', 'sort_key', { environment_id: tenant.environmentId }]);
  const blocks = await server.db('list_blocks').where({ list }).orderBy('first_key').select('first_key');
  expect(blocks.length).toBe(3);
  for (const { first_key } of blocks) {
    await server.db('list_blocks').where({ list, first_key }).update({ entries: 5000 });
    expect((await miscountedIdentityLists(server.db)).length).toBeGreaterThan(0);
    for (let turns = 0; await splitListBlocks(server.db); turns++) expect(turns).toBeLessThan(20);
    expect(await miscountedIdentityLists(server.db)).toEqual([]);
  }
});
