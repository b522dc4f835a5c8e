import { expect, it } from 'vitest';
import { listIdentities } from '../../../generated/sdk.gen.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { givenDirectory, givenPeople, importPeople, listAllIdentities } from '../../support/given-directories.ts';
import { givenIdentity } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const list = ({ reader }: Tenant, query: object = {}) => listIdentities({ client: reader.client, query });
const namesOf = async (tenant: Tenant, query: object = {}) =>
  (await listAllIdentities(tenant, query)).map(({ lastName, firstName }) => [lastName, firstName]);
const nothing = { items: [], totalCount: 0, page: 1, pageSize: 50, totalPages: 0 };

it("200: lists and counts only identities of the caller's organization, with any filter", async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const own = await givenIdentity(server, tenant, { last_name: 'Chen', email_address: 'sarah@example.com' });
  await givenIdentity(server, other, { last_name: 'Chen', email_address: 'sarah@example.com', status: 'Disabled' });
  for (const query of [{}, { search: 'chen' }, { search: 'Chen, Sarah' }, { email: 'sarah@example.com' }, { status: 'Active' }]) {
    const { data, response } = await list(tenant, query);
    expect([response?.status, data?.totalCount, data?.items.map(({ id }) => id)]).toEqual([200, 1, [own.id]]);
  }
  expect((await list(tenant, { status: 'Disabled' })).data).toEqual(nothing);
  expect((await list(await givenTenant(server))).data).toEqual(nothing);
});

it('200: sorts by last name, then first name, without case and accents; identities without a name come first', async () => {
  const tenant = await givenTenant(server);
  const inOrder = [
    [null, null],
    [null, 'Zoe'],
    ['-', 'Q'],
    ['chen', 'Anna'],
    ['CHEN', 'Bob'],
    ['Chen', 'Sarah'],
    ['Chen', 'Sarah Ann'],
    ['Chen', 'Sarah-Ann'],
    ['chen', 'Sarahb'],
    ['Chen Li', 'Anna'],
    ['Chen-Li', 'Anna'],
    ['Chena', 'Anna'],
    ["d'Angelo", 'A'],
    ['Dangelo', 'A'],
    ['Öls', 'Z'],
    ['Olsen', 'Anna'],
    ['Ölsen', 'Berta'],
    ['OLSEN', 'Cid'],
    ['Ø', 'x'],
    ['李', '明'],
    ['😀', 'x'],
  ];
  for (const [last_name = null, first_name = null] of inOrder.toReversed()) await givenIdentity(server, tenant, { last_name, first_name });
  expect(await namesOf(tenant)).toEqual(inOrder);
  expect(await namesOf(tenant, { status: 'active' })).toEqual(inOrder);
  expect(await namesOf(tenant, { search: 'chen' })).toEqual(inOrder.slice(3, 12));
});

it('200: lists each identity on exactly one page if many have the same name', async () => {
  const tenant = await givenTenant(server);
  const identity = await givenIdentity(server, tenant, { last_name: 'Chen' });
  const rows = Array.from({ length: 119 }, () => ({ ...identity, id: crypto.randomUUID() }));
  await givenPeople(server, rows);
  const { data } = await list(tenant);
  expect(data).toMatchObject({ totalCount: 120, page: 1, pageSize: 50, totalPages: 3 });
  const ids = (await listAllIdentities(tenant)).map(({ id }) => id);
  expect(ids).toEqual([identity.id, ...rows.map(({ id }) => id)].sort());
  for (const query of [{}, { search: 'chen' }, { status: 'Active' }]) {
    expect((await list(tenant, { ...query, page: 3 })).data?.items.map(({ id }) => id)).toEqual(ids.slice(100));
    for (const page of [4, 10_000_000])
      expect((await list(tenant, { ...query, page })).data).toEqual({ items: [], totalCount: 120, page, pageSize: 50, totalPages: 3 });
  }
});

it('200: lists identities of every status, or of one status in upper or lower case', async () => {
  const tenant = await givenTenant(server);
  for (const status of ['Active', 'Disabled', 'Removed', 'Disabled'] as const) await givenIdentity(server, tenant, { status });
  expect((await listAllIdentities(tenant)).map(({ status }) => status).sort()).toEqual(['Active', 'Disabled', 'Disabled', 'Removed']);
  for (const [status, count] of [
    ['Active', 1],
    ['disabled', 2],
    ['DISABLED', 2],
    [' rEmoved ', 1],
  ])
    expect((await list(tenant, { status })).data?.totalCount).toBe(count);
});

it('200: finds an exact e-mail address in upper or lower case', async () => {
  const tenant = await givenTenant(server);
  const people = { one: 'Sarah.Chen@Example.com', two: 'sarah.chen@example.com', three: 'ÄRGER+é_%@example.com', four: null };
  for (const [last_name, email_address] of Object.entries(people)) await givenIdentity(server, tenant, { last_name, email_address });
  const found = async (email: string) => (await namesOf(tenant, { email })).map(([lastName]) => lastName);
  for (const email of ['sarah.chen@example.com', 'SARAH.CHEN@EXAMPLE.COM', '  Sarah.chen@example.com '])
    expect(await found(email)).toEqual(['one', 'two']);
  for (const email of ['ärger+é_%@example.com', 'Ärger+É_%@EXAMPLE.com']) expect(await found(email)).toEqual(['three']);
  for (const email of ['sarah', 'arger+e_%@example.com', 'sarah_chen@example.com', '%', 'null', "' OR 1=1 --", '\\', ' '])
    expect(await found(email)).toEqual([]);
});

it('200: combines all filters', async () => {
  const tenant = await givenTenant(server);
  const people = [
    { first_name: 'A', email_address: 'a@example.com', status: 'Active' },
    { first_name: 'B', email_address: 'a@example.com', status: 'Disabled' },
    { first_name: 'C', email_address: 'c@example.com', status: 'Active' },
  ] as const;
  for (const person of people) await givenIdentity(server, tenant, { last_name: 'Chen', ...person });
  await givenIdentity(server, tenant, { last_name: 'Li', ...people[0] });
  const found = async (query: object) => (await namesOf(tenant, query)).map((names) => names.join(' '));
  expect(await found({ search: 'chen', email: 'A@example.com' })).toEqual(['Chen A', 'Chen B']);
  expect(await found({ search: 'chen', status: 'active' })).toEqual(['Chen A', 'Chen C']);
  expect(await found({ email: 'a@example.com', status: 'Active' })).toEqual(['Chen A', 'Li A']);
  expect(await found({ search: 'chen', email: 'a@example.com', status: 'active' })).toEqual(['Chen A']);
  expect(await found({ search: 'li', email: 'a@example.com', status: 'Removed' })).toEqual([]);
});

it('200: reflects identities that a directory adds, renames and removes', async () => {
  const tenant = await givenTenant(server);
  const directory = await givenDirectory(server, tenant);
  await importPeople(server, directory, { No: '1', Last: 'Adams' }, { No: '2', Last: 'Baker' }, { No: '3', Last: 'Clark', State: 'no' });
  await importPeople(server, directory, { No: '1', Last: 'Young' }, { No: '3', Last: 'Clark', State: 'no' });
  const shown = (await listAllIdentities(tenant)).map(({ lastName, status }) => [lastName, status]);
  expect(shown).toEqual([
    ['Baker', 'Removed'],
    ['Clark', 'Disabled'],
    ['Young', 'Active'],
  ]);
  expect((await list(tenant, { search: 'adams' })).data).toEqual(nothing);
});

it('400: reports every invalid parameter', async () => {
  const tenant = await givenTenant(server);
  const refusal = async (query: object) => {
    const { error, response } = await list(tenant, query);
    return [response?.status, error?.errors];
  };
  expect(await refusal({ page: 0, email: '', status: '', search: ' ', type: 'Employee' })).toEqual([
    400,
    [
      { field: 'type', message: 'Is not a known query parameter' },
      { field: 'page', message: 'Must be at least 1' },
      { field: 'search', message: expect.any(String) },
      { field: 'email', message: 'Must not be empty' },
      { field: 'status', message: 'Must not be empty' },
    ],
  ]);
  for (const status of ['Gone', 'Active,Disabled', 'Activ', 'null', '%', 'ACTİVE'])
    expect(await refusal({ status })).toEqual([400, [{ field: 'status', message: 'Must be one of Active, Disabled, Removed' }]]);
  for (const search of ['a\u0000', 'a\nb', '\t']) expect(await refusal({ search })).toMatchObject([400, [{ field: 'search' }]]);
  expect(await refusal({ search: 'x'.repeat(201) })).toEqual([400, [{ field: 'search', message: 'Must have at most 200 characters' }]]);
  expect(await refusal({ page: 10_000_001 })).toMatchObject([400, [{ field: 'page' }]]);
});

it('400: rejects an e-mail address that more than 1,000 identities have; counts exactly 1,000', async () => {
  const tenant = await givenTenant(server);
  const identity = await givenIdentity(server, tenant, { email_address: 'shared@example.com' });
  const many = (count: number) => Array.from({ length: count }, () => ({ ...identity, id: crypto.randomUUID() }));
  await givenPeople(server, many(999));
  expect((await list(tenant, { email: 'shared@example.com', page: 20 })).data).toMatchObject({ totalCount: 1000, totalPages: 20 });
  await givenPeople(server, many(1));
  const { response, error } = await list(tenant, { email: 'Shared@example.com', status: 'Removed' });
  expect([response?.status, error?.errors]).toMatchObject([400, [{ field: 'email', message: expect.stringContaining('1,000') }]]);
  expect((await list(tenant, { email: 'shared@example.com', search: `chen ${identity.id}` })).response?.status).toBe(400);
});
