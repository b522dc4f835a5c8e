import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { listIdentities } from '../../../generated/sdk.gen.ts';
import { searchMatchesMax } from '../../../server/people/store/identity-search.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { givenPeople, listAllIdentities } from '../../support/given-directories.ts';
import { givenIdentity } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
let tenant: Tenant;

/** First name, last name and e-mail address by the name that the tests use. */
const people: Record<string, [string | null, string | null, string | null]> = {
  sarah: ['Sarah', 'Chen', 'schen@example.com'],
  sara: ['Sara', 'Chenoweth', 'sara@example.com'],
  li: ['Li', 'Chen Sarah', 'li@example.com'],
  maria: ['María José', 'de la Cruz', 'mj@example.com'],
  cruz: ['Ana', 'Cruz', 'ana@example.com'],
  olsen: ['Åse', 'Ölsen', 'aase@example.com'],
  obrien: ["Pat 'n'", 'O"Brien\\', "o'brien@example.com"],
  percent: ['100%', '%_x', '%_@example.com'],
  under: ['a_b', '_', 'under_score@example.com'],
  emoji: ['😀😁', '李明', '😀@example.com'],
  only: ['Prince', null, null],
  last: [null, 'Madonna', 'MIXED.Case@Example.COM'],
  long: ['x'.repeat(256), 'y'.repeat(256), null],
  spaced: ['  Mary\u00a0  Ann ', 'Van\tder  Berg', null],
  silva: ['Ana Clara', 'dos Santos de Oliveira Silva', null],
};

beforeAll(async () => {
  tenant = await givenTenant(server);
  for (const [title, [first_name, last_name, email_address]] of Object.entries(people))
    await givenIdentity(server, tenant, { title, first_name, last_name, email_address });
});
const found = async (search: string) => (await listAllIdentities(tenant, { search })).map(({ title }) => title).sort();

it.each<[string, string[]]>([
  ['chen', ['li', 'sara', 'sarah']],
  ['CHEN', ['li', 'sara', 'sarah']],
  ['Chèn', ['li', 'sara', 'sarah']],
  ['cheno', ['sara']],
  ['hen', []],
  ['sar', ['sara', 'sarah']],
  ['schen@', ['sarah']],
  ['mixed.case@example.com', ['last']],
  ['MIXED.', ['last']],
  ['example', []],
])('200: %s finds names and addresses that start with it', async (search, titles) => expect(await found(search)).toEqual(titles));

it.each<[string, string[]]>([
  ['Sarah Chen', ['sarah']],
  ['chen sarah', ['li', 'sarah']],
  ['Chen, Sarah', ['li', 'sarah']],
  ['chen,sa', ['li', 'sarah']],
  ['  CHEN ,  s ', ['li', 'sarah']],
  ['Sarah, Chen', ['sarah']],
  ['Chen,', ['li', 'sara', 'sarah']],
  ['sar chen', []],
  ['sara chen', ['sara']],
  ['Sarah Chen Li', []],
  ['Chen Sarah, Li', ['li']],
  ['Prince x', []],
])('200: %s finds a full name in either order; a prefix of the second part is enough', async (search, titles) =>
  expect(await found(search)).toEqual(titles),
);

it.each<[string, string[]]>([
  ['de la cruz', ['maria']],
  ['DE LA', ['maria']],
  ['Cruz', ['cruz']],
  ['maria jose', ['maria']],
  ['María José de la Cruz', ['maria']],
  ['de la cruz, maria', ['maria']],
  ['de la cruz maria jo', ['maria']],
  ['maria jose de', ['maria']],
  ['jose de la cruz', []],
  ['mary ann', ['spaced']],
  ['van der berg, mary  ann', ['spaced']],
  ['Ana Clara dos Santos de Oliveira Silva', ['silva']],
  ['dos santos de oliveira silva', ['silva']],
  ['dos Santos de Oliveira Silva, Ana', ['silva']],
])('200: %s finds names of several words', async (search, titles) => expect(await found(search)).toEqual(titles));

it.each<[string, string[]]>([
  ['olsen', ['olsen']],
  ['ÖLSEN', ['olsen']],
  ['o\u0308lsen, åse', ['olsen']],
  ['ase', ['olsen']],
  ['😀', ['emoji']],
  ['😁', []],
  ['李', ['emoji']],
  ['李明 😀', ['emoji']],
  ['x'.repeat(200), ['long']],
  ['y'.repeat(150), ['long']],
])('200: %s finds names in any alphabet and length', async (search, titles) => expect(await found(search)).toEqual(titles));

it.each<[string, string[]]>([
  ['%', ['percent']],
  ['%_', ['percent']],
  ['_', ['under']],
  ['a_', ['under']],
  ['aXb', []],
  ['100%', ['percent']],
  ['under_', ['under']],
  ['underX', []],
  ['*', []],
  ['\\', []],
  ['o"brien\\', ['obrien']],
  ["o'b", ['obrien']],
  ["pat 'n', o", ['obrien']],
  [`o"brien\\, pat 'n'`, ['obrien']],
  ["' OR '1'='1", []],
  ['null', []],
  [',', []],
  [',,', []],
  ['!', []],
])('200: %s matches literally', async (search, titles) => expect(await found(search)).toEqual(titles));

const statusAndCount = async (owner: Tenant, query: object) => {
  const { data, error, response } = await listIdentities({ client: owner.reader.client, query });
  return [response?.status, data?.totalCount ?? error?.errors];
};

it('400: rejects a search with more than 1,000 matches; returns pages of exactly 1,000', async () => {
  expect(searchMatchesMax).toBe(1000);
  const crowd = await givenTenant(server);
  const one = await givenIdentity(server, crowd, { first_name: 'Zed', last_name: 'Zimmer', email_address: 'zz@example.com' });
  const many = (count: number, values: object) => Array.from({ length: count }, () => ({ ...one, ...values, id: randomUUID() }));
  // Each of the first identities matches in three ways and counts once.
  await givenPeople(server, [...many(599, {}), ...many(400, { last_name: 'Other', email_address: null, status: 'Disabled' })]);
  await givenPeople(server, many(1200, { first_name: 'Quinn', last_name: 'Quist', email_address: null }));
  expect(await statusAndCount(crowd, { search: 'z' })).toEqual([200, 1000]);
  const page = (await listIdentities({ client: crowd.reader.client, query: { search: 'z', page: 20 } })).data;
  expect([page?.items.length, page?.totalPages]).toEqual([50, 20]);
  expect((await listAllIdentities(crowd, { search: 'z' })).map(({ lastName }) => lastName)).toEqual([
    ...Array(400).fill('Other'),
    ...Array(600).fill('Zimmer'),
  ]);

  await givenPeople(server, many(1, { first_name: null, last_name: null, email_address: 'z1@example.com' }));
  const refused = [400, [{ field: 'search', message: 'Matches more than 1,000 identities; search for more letters of a name' }]];
  // The limit applies before other filters and to every page.
  for (const query of [{}, { status: 'Disabled' }, { email: 'zz@example.com' }, { page: 500 }])
    expect(await statusAndCount(crowd, { search: 'z', ...query })).toEqual(refused);
  for (const search of ['q', 'Quist, Quinn', 'quinn q']) expect(await statusAndCount(crowd, { search })).toEqual(refused);
  expect(await statusAndCount(crowd, { search: 'zimmer' })).toEqual([200, 600]);
  expect(await statusAndCount(crowd, { search: 'ze' })).toEqual([200, 1000]);
  expect(await statusAndCount(crowd, {})).toEqual([200, 2201]);
});
