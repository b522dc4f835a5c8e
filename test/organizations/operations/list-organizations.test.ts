import { expect, it } from 'vitest';
import { createOrganization, listOrganizations } from '../../../generated/sdk.gen.ts';
import type { ListOrganizationsData } from '../../../generated/types.gen.ts';
import { dataOf, errorsOf } from '../../support/api-results.ts';
import { type GivenToken, givenTenant } from '../../support/given.ts';

import { givenHostToken, keysOf } from '../../support/given-levels.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Query = ListOrganizationsData['query'];

const list = ({ client }: GivenToken, query: object = {}) => listOrganizations({ client, query: query as Query });
const byBytes = (keys: string[]) => keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

it('200: shows only the organization of the caller', async () => {
  const { organization, administrator } = await givenTenant(server);
  await givenTenant(server);
  const { id, key, name } = organization;
  const { data, response } = await list(administrator);
  expect([response?.status, data]).toEqual([
    200,
    { data: [{ id, key, name, created_at: server.clock.now.toISOString() }], total_count: 1, page_count: 1 },
  ]);
  expect((await list(administrator, { page: 2 })).data).toEqual({ data: [], total_count: 1, page_count: 1 });
});

it('200: shows all organizations to the host, in pages ordered by the bytes of the key', async () => {
  const host = await givenHostToken(server);
  for (const key of ['b', 'a', 'B', '10', '9', 'a-b', 'a_b', 'aB'])
    dataOf(await createOrganization({ client: host.client, body: { key } }));
  const allKeys: string[] = (await server.db('organizations').select('key')).map(({ key }) => key);
  const pages = Math.ceil(allKeys.length / 3);
  const listedKeys: string[] = [];
  for (let page = 1; page <= pages; page++) {
    const result = await list(host, { page, per_page: 3 });
    expect([result.data?.total_count, result.data?.page_count]).toEqual([allKeys.length, pages]);
    listedKeys.push(...keysOf(result));
  }
  expect(listedKeys).toEqual(byBytes(allKeys));
  expect(listedKeys.filter((key) => key.length < 4)).toEqual(['10', '9', 'B', 'a', 'a-b', 'aB', 'a_b', 'b']);
  expect(keysOf(await list(host, { page: 10_000_000, per_page: 100 }))).toEqual([]);
});

it('400: names every invalid query parameter', async () => {
  const { administrator } = await givenTenant(server);
  expect(errorsOf(await list(administrator, { page: 0, per_page: 101, search: 'a' }))).toEqual([
    400,
    [
      { field: 'search', message: 'Is not a known query parameter' },
      { field: 'page', message: 'Must be at least 1' },
      { field: 'per_page', message: 'Must be at most 100' },
    ],
  ]);
});
