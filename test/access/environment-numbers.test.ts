import { expect, it } from 'vitest';
import { listAccessRequests, listApplicationImports, listPersonnelEvents } from '../../generated/sdk.gen.ts';
import { dataOf } from '../support/api-results.ts';
import type { Tenant } from '../support/given.ts';
import { givenOpenRequests } from '../support/given-events.ts';
import { givenTwoEnvironments } from '../support/given-levels.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

it('201: each environment numbers its imports, events and access requests separately', async () => {
  const { here, there } = await givenTwoEnvironments(server);
  for (let count = 0; count < 2; count++) await givenOpenRequests(server, here);
  await givenOpenRequests(server, there);
  const numbersOf = async ({ reader: { client } }: Tenant) => {
    const pages = await Promise.all([listApplicationImports({ client }), listPersonnelEvents({ client }), listAccessRequests({ client })]);
    return pages.map((page) =>
      dataOf<{ items: { number: number }[] }>(page as never)
        .items.map(({ number }) => number)
        .sort(),
    );
  };
  expect(await numbersOf(here)).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect(await numbersOf(there)).toEqual([[1], [1], [1]]);
});
