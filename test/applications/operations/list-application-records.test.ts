import { expect, it } from 'vitest';
import { listApplicationRecords } from '../../../generated/sdk.gen.ts';
import { givenApplication, givenImport, givenTenant, type Tenant, usersCsv, usersGroup } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Query = Parameters<typeof listApplicationRecords>[0]['query'];

const list = ({ reader }: Tenant, id: string, query: object = {}) =>
  listApplicationRecords({ client: reader.client, path: { id }, query: { rows: 'users', ...query } as Query });
const keysOf = async (tenant: Tenant, id: string, query: object = {}) => (await list(tenant, id, query)).data?.items.map(({ key }) => key);

/** Inserts an application and imports these users. */
const givenUsers = async (tenant: Tenant, ...logins: string[]) => {
  const application = await givenApplication(server, tenant);
  server.share(application, usersCsv(...logins));
  await givenImport(server, application);
  await server.build();
  return application;
};
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `u${String(index).padStart(5, '0')}`);

it('404: an unknown application and an application of another organization get the same response', async () => {
  const tenant = await givenTenant(server);
  const foreign = await givenUsers(await givenTenant(server), 'ann');
  for (const id of ['00000000-0000-4000-8000-000000000000', foreign.id]) {
    const { error, response } = await list(tenant, id);
    expect([response?.status, error?.error, error?.message]).toEqual([404, 'not_found', `Application with id ${id} not found`]);
  }
});

it('200: a page never mixes two imports while the second is being built', async () => {
  const tenant = await givenTenant(server);
  const logins = numbered(3000);
  const application = await givenUsers(tenant, ...logins);
  const next = logins.slice(1).map((login) => `${login},Changed,`);
  server.share(application, ['Login,Full Name,E-Mail', ...next].join('\n'));
  await givenImport(server, application);

  let isBuilt = false;
  const built = server.build().finally(() => {
    isBuilt = true;
  });
  const names = (items: { attributes: Record<string, string> }[] = []) =>
    new Set(items.map(({ attributes }) => (attributes.name === 'Changed' ? 'Changed' : 'before')));
  do {
    const responses = await Promise.all([1, 2, 60].map((page) => list(tenant, application.id, { page })));
    for (const { data } of responses)
      expect([
        [3000, 'before'],
        [2999, 'Changed'],
      ]).toContainEqual([data?.totalCount, ...names(data?.items)]);
  } while (!isBuilt);
  await built;
  expect([(await list(tenant, application.id)).data?.totalCount, await keysOf(tenant, application.id, { page: 60 })]).toEqual([
    2999,
    logins.slice(2951),
  ]);
});

it('200: shows no records of an import that fails after half of its files', async () => {
  const tenant = await givenTenant(server);
  const groups = [usersGroup(), usersGroup({ name: 'Groups', rows: 'groups', columns: { key: 'Group' } })];
  const application = await givenApplication(server, tenant, { groups });
  const build = async (users: string, groups: string) => {
    server.share(application, users);
    server.share(application, groups, `${application.id}-1.csv`);
    await givenImport(server, application);
    await server.build();
  };
  await build(usersCsv('ann', 'bob'), 'Group\nstaff');
  const before = (await list(tenant, application.id)).data;
  await build(usersCsv('ann', 'cid', 'dan'), 'No group here\nstaff');
  expect((await list(tenant, application.id)).data).toEqual(before);
  expect(await keysOf(tenant, application.id, { rows: 'groups' })).toEqual(['staff']);
});

it('200: returns the mapped fields that are not empty, only of the requested application', async () => {
  const tenant = await givenTenant(server);
  await givenUsers(tenant, 'zoe');
  const application = await givenApplication(server, tenant);
  server.share(application, 'E-Mail,Shoe Size,full name,LOGIN\nann@example.com,38, Ann Ó ,ann\n,,,bob\n');
  await givenImport(server, application);
  await server.build();
  const { data, response } = await list(tenant, application.id);
  expect(response?.status).toBe(200);
  expect(data).toEqual({
    items: [
      { key: 'ann', attributes: { name: 'Ann Ó', emailAddress: 'ann@example.com' } },
      { key: 'bob', attributes: {} },
    ],
    totalCount: 2,
    page: 1,
    pageSize: 50,
    totalPages: 1,
  });
});

it('200: orders keys byte by byte and distinguishes capitals', async () => {
  const tenant = await givenTenant(server);
  const application = await givenUsers(tenant, 'b', 'é', '9', 'a', 'B', '10', 'ﬀ', '🔑', 'ab');
  const sorted = ['10', '9', 'B', 'a', 'ab', 'b', 'é', 'ﬀ', '🔑'];
  expect(await keysOf(tenant, application.id)).toEqual(sorted);
  for (const [index, key] of sorted.entries())
    expect(await keysOf(tenant, application.id, { after: key })).toEqual(sorted.slice(index + 1));
  expect(await keysOf(tenant, application.id, { after: 'C' })).toEqual(sorted.slice(3));
  expect(await keysOf(tenant, application.id, { after: '' })).toEqual(sorted);
});

it('200: returns each record once, with `page` and with `after`', async () => {
  const tenant = await givenTenant(server);
  const logins = numbered(120);
  const application = await givenUsers(tenant, ...logins.toReversed());
  const { data } = await list(tenant, application.id);
  expect(data).toMatchObject({ totalCount: 120, page: 1, pageSize: 50, totalPages: 3 });
  expect(data?.items.map(({ key }) => key)).toEqual(logins.slice(0, 50));
  expect(await keysOf(tenant, application.id, { page: 3 })).toEqual(logins.slice(100));
  expect((await list(tenant, application.id, { page: 4 })).data).toEqual({
    items: [],
    totalCount: 120,
    page: 4,
    pageSize: 50,
    totalPages: 3,
  });

  const walked: string[] = [];
  for (let keys = await keysOf(tenant, application.id); keys?.length; keys = await keysOf(tenant, application.id, { after: walked.at(-1) }))
    walked.push(...keys);
  expect(walked).toEqual(logins);
  expect(await keysOf(tenant, application.id, { after: logins[9], page: 2 })).toEqual(logins.slice(60, 110));
});

it('200: returns an empty page for rows without an import', async () => {
  const tenant = await givenTenant(server);
  const emptyPage = { items: [], totalCount: 0, page: 1, pageSize: 50, totalPages: 0 };
  const application = await givenApplication(server, tenant);
  expect((await list(tenant, application.id)).data).toEqual(emptyPage);
  const { id } = await givenUsers(tenant, 'ann');
  for (const rows of ['groups', 'privileges', 'identities']) expect((await list(tenant, id, { rows })).data).toEqual(emptyPage);
  expect(await keysOf(tenant, id.toUpperCase())).toEqual(['ann']);
});

it('400: names every invalid parameter and lists the allowed rows', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenApplication(server, tenant);
  const refusal = async (query: object, path = id) => {
    const { error, response } = await list(tenant, path, query);
    return [response?.status, error?.errors];
  };
  expect(await refusal({ rows: undefined })).toEqual([400, [{ field: 'rows', message: 'Is required' }]]);
  expect(await refusal({ rows: 'people', after: 'x'.repeat(513), page: 0, before: 'x' })).toEqual([
    400,
    [
      { field: 'before', message: 'Is not a known query parameter' },
      { field: 'rows', message: 'Must be one of users, groups, privileges, identities' },
      { field: 'after', message: 'Must have at most 512 characters' },
      { field: 'page', message: 'Must be at least 1' },
    ],
  ]);
  expect(await refusal({ page: 201 })).toEqual([400, [{ field: 'page', message: 'Must be at most 200' }]]);
  for (const page of ['abc', [1, 2]])
    expect(await refusal({ page })).toEqual([400, [{ field: 'page', message: 'Must be a whole number' }]]);
  expect(await refusal({}, 'silverlake')).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
});
