import { expect, it } from 'vitest';
import { deleteTenant, deleteUser, listTenants, listUsers, replaceUser, updateTenant, updateUser } from '../../generated/sdk.gen.ts';
import { searchedPhrase, searchMatchesMax } from '../../server/database/search-phrases.ts';
import { dataOf, errorsOf } from '../support/api-results.ts';
import { givenTenant, type Tenant } from '../support/given.ts';
import {
  concurrently,
  factInconsistencies,
  givenFactTenant,
  givenManyFactTenants,
  givenManyUsers,
  givenUser,
  numberedKeys,
  productionPath,
} from '../support/given-facts.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const users = ({ reader }: Tenant, query: object) => listUsers({ client: reader.client, path: productionPath, query });
const tenants = ({ reader }: Tenant, query: object) => listTenants({ client: reader.client, path: productionPath, query });
const keysOf = async (tenant: Tenant, search: string) => dataOf(await users(tenant, { search, per_page: 100 })).data.map(({ key }) => key);
const writer = ({ writer: { client } }: Tenant, userId: string) => ({ client, path: { ...productionPath, userId } });
const tenantPath = (tenantId: string) => ({ ...productionPath, tenantId });

it('200: finds the same users as a comparison of all texts from each of their words on', async () => {
  const tenant = await givenTenant(server);
  const random = seededRandom(5);
  const parts = ['ann', 'anna', 'Änn', 'lee', 'Le', 'o', "o'hara", 'x_y', '%', '12', '1', '李', '李小', 'ß', '𐐀', ' ', '.', '@'];
  const text = (count: number) =>
    Array.from({ length: 1 + random(count) }, () => parts[random(parts.length)]).join(['', ' ', '-'][random(3)]);
  const textsByKey = new Map<string, string[]>();
  for (let count = 0; count < 60; count++) {
    const key = `k${String(count).padStart(3, '0')}`;
    const [first, last, email] = [text(3), text(4), `${count}.lee@b.example`];
    await givenUser(tenant, { key, first_name: first, last_name: last, email });
    textsByKey.set(key, [key, email, `${first} ${last}`, `${last} ${first}`].map(searchedPhrase));
  }
  for (let count = 0; count < 150; count++) {
    const search = text(3);
    if (search.trim() === '') continue;
    const beginning = searchedPhrase(search);
    const isFound = (own: string) => own.startsWith(beginning) || own.includes(` ${beginning}`);
    const expected = [...textsByKey].filter(([, texts]) => beginning !== '' && texts.some(isFound)).map(([key]) => key);
    expect([search, await keysOf(tenant, search)]).toEqual([search, expected]);
  }
});

it('200, 400: finds up to 3,000 matches, with correct totals and deep pages, and refuses more with the field named', async () => {
  const tenant = await givenTenant(server);
  const [common, rare] = [numberedKeys(searchMatchesMax + 1, 'c'), numberedKeys(3, 'rare')];
  await givenManyUsers(server, tenant, [...common, ...rare]);
  await givenManyFactTenants(server, tenant, common);
  const refusal = [400, [{ field: 'search', message: 'Has more than 3000 matches; search for a longer text' }]];
  for (const query of [{ search: 'c' }, { search: 'C0', page: 1_000 }, { search: 'c', per_page: 1 }])
    expect(errorsOf(await users(tenant, query))).toEqual(refusal);
  expect(errorsOf(await tenants(tenant, { search: 'c0' }))).toEqual(refusal);
  expect(errorsOf(await tenants(tenant, { search: 'c', include_total_count: true }))).toEqual(refusal);
  expect(await keysOf(tenant, 'r')).toEqual(rare);
  expect(await keysOf(tenant, 'c00042')).toEqual(['c00042']);
  await deleteUser(writer(tenant, 'c00000'));
  const page = async (number: number) => {
    const { data, total_count, page_count } = dataOf(await users(tenant, { search: 'c', page: number, per_page: 5 }));
    return [total_count, page_count, ...data.map(({ key }) => key)];
  };
  expect(await page(1)).toEqual([3_000, 600, ...common.slice(1, 6)]);
  expect(await page(600)).toEqual([3_000, 600, ...common.slice(2_996)]);
  expect(await page(601)).toEqual([3_000, 600]);
}, 120_000);

it('200: follows every change of a user or tenant, and leaves no phrase of a deleted one', async () => {
  const tenant = await givenTenant(server);
  const storedPhrases = () => server.db('search_phrases').where({ environment_id: tenant.environmentId }).select('phrase');
  await givenUser(tenant, { key: 'ann', first_name: 'Ann', last_name: 'Lee', email: 'ann@example.com' });
  await updateUser({ ...writer(tenant, 'ann'), body: { last_name: 'Chen' } });
  expect([await keysOf(tenant, 'lee'), await keysOf(tenant, 'chen'), await keysOf(tenant, 'example')]).toEqual([[], ['ann'], ['ann']]);
  await replaceUser({ ...writer(tenant, 'ann'), body: { key: 'ann', first_name: 'Bob' } });
  expect([await keysOf(tenant, 'chen'), await keysOf(tenant, 'bob'), await keysOf(tenant, 'ann')]).toEqual([[], ['ann'], ['ann']]);
  await replaceUser({ ...writer(tenant, 'new'), body: { key: 'new', first_name: 'Bob' } });
  expect(await keysOf(tenant, 'bob')).toEqual(['ann', 'new']);
  await givenFactTenant(tenant, 'acme', { name: 'Acme Incorporated' });
  await updateTenant({ client: tenant.writer.client, path: tenantPath('acme'), body: { name: 'Acme Hospital' } });
  expect([dataOf(await tenants(tenant, { search: 'INC' })), dataOf(await tenants(tenant, { search: 'HOSP' }))]).toMatchObject([
    [],
    [{ key: 'acme' }],
  ]);
  expect(await keysOf(tenant, 'hosp')).toEqual([]);
  expect(await factInconsistencies(server)).toEqual([]);
  for (const key of ['ann', 'new']) await deleteUser(writer(tenant, key));
  await deleteTenant({ client: tenant.writer.client, path: tenantPath('acme') });
  expect(await storedPhrases()).toEqual([]);
});

it('200, 204: the phrases fit the rows after changes and deletions at the same time', async () => {
  const tenant = await givenTenant(server);
  const { client } = tenant.writer;
  for (let round = 0; round < 10; round++) {
    await givenUser(tenant, { key: 'ann', last_name: 'Lee' });
    await givenFactTenant(tenant, 'acme');
    await concurrently(8, async (index) => {
      await updateUser({ ...writer(tenant, 'ann'), body: { last_name: `Name ${index}` } });
      await updateTenant({ client, path: tenantPath('acme'), body: { name: `Name ${index}` } });
      if (index % 4 === 3) await Promise.all([deleteUser(writer(tenant, 'ann')), deleteTenant({ client, path: tenantPath('acme') })]);
    });
    expect(await factInconsistencies(server)).toEqual([]);
    await Promise.all([deleteUser(writer(tenant, 'ann')), deleteTenant({ client, path: tenantPath('acme') })]);
  }
});

it('200: a search finds nothing of another environment', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  for (const [owner, key] of [
    [tenant, 'ann'],
    [other, 'anna'],
  ] as const) {
    await givenUser(owner, { key });
    await givenFactTenant(owner, key);
  }
  expect([await keysOf(tenant, 'ann'), await keysOf(other, 'ann')]).toEqual([['ann'], ['anna']]);
  for (const [owner, key] of [
    [tenant, 'ann'],
    [other, 'anna'],
  ] as const)
    expect(dataOf(await tenants(owner, { search: 'ann' }))).toMatchObject([{ key }]);
});
