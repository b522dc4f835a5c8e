import { expect, it } from 'vitest';
import { listTokens } from '../../../generated/sdk.gen.ts';
import { hashSecret } from '../../../server/common/secret-format.ts';
import { toInstant } from '../../../server/database/instants.ts';
import { givenTenant, givenToken, type Tenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const namesOn = async ({ administrator }: Tenant, page?: number) => {
  const { data } = await listTokens({ client: administrator.client, ...(page && { query: { page } }) });
  return data?.items.map(({ name }) => name);
};

it('200: shows only tokens of the organization of the caller', async () => {
  const tenant = await givenTenant(server);
  const other = await givenTenant(server);
  await givenToken(server, other.organization, { name: 'Foreign' });
  const { data, response } = await listTokens({ client: tenant.administrator.client });
  expect([response?.status, data?.totalCount]).toEqual([200, 3]);
  expect(data?.items.map(({ id }) => id)).toEqual([tenant.administrator, tenant.writer, tenant.reader].map(({ row }) => row.id));
});

it('200: shows neither secrets nor hashes', async () => {
  const { administrator, writer } = await givenTenant(server);
  const { data } = await listTokens({ client: administrator.client });
  const text = JSON.stringify(data);
  expect(text).toContain(writer.secret.slice(0, 10));
  for (const part of [writer.secret.slice(10), hashSecret(writer.secret).toString('hex'), hashSecret(writer.secret).toString('base64')])
    expect(text).not.toContain(part);
});

it('200: shows which tokens are active, expired and disabled', async () => {
  const tenant = await givenTenant(server);
  const now = toInstant(server.clock.now);
  await givenToken(server, tenant.organization, { name: 'An expired one', expires_at: now });
  const disabled = await givenToken(server, tenant.organization, { name: 'A disabled one', expires_at: now });
  await server.db('tokens').where({ id: disabled.row.id }).update({ disabled_at: now });
  const { data } = await listTokens({ client: tenant.administrator.client });
  expect(data?.items.map(({ name, status }) => `${name}: ${status}`)).toEqual([
    'A disabled one: Disabled',
    'Administrator: Active',
    'An expired one: Expired',
    'Nightly: Active',
    'Reporting: Active',
  ]);
});

it('200: returns pages of 50, ordered by name; no token of a shared name is repeated or missing', async () => {
  const tenant = await givenTenant(server);
  for (let count = 0; count < 60; count++) await givenToken(server, tenant.organization, { name: 'One name' });
  const page = async (page: number) => (await listTokens({ client: tenant.administrator.client, query: { page } })).data;
  const [first, second, third] = [await page(1), await page(2), await page(3)];
  expect(first).toMatchObject({ totalCount: 63, page: 1, pageSize: 50, totalPages: 2 });
  expect([first?.items.length, second?.items.length]).toEqual([50, 13]);
  expect(new Set([...(first?.items ?? []), ...(second?.items ?? [])].map(({ id }) => id)).size).toBe(63);
  expect(third).toEqual({ items: [], totalCount: 63, page: 3, pageSize: 50, totalPages: 2 });
  expect((await namesOn(tenant))?.slice(0, 3)).toEqual(['Administrator', 'Nightly', 'One name']);
  expect((await namesOn(tenant, 2))?.at(-1)).toBe('Reporting');
});

it('400: names an invalid page and an unknown query parameter', async () => {
  const { administrator } = await givenTenant(server);
  const refusal = async (query: unknown) => {
    const { error, response } = await listTokens({ client: administrator.client, query: query as { page: number } });
    return [response?.status, error?.errors];
  };
  expect(await refusal({ page: 0 })).toEqual([400, [{ field: 'page', message: 'Must be at least 1' }]]);
  for (const page of ['abc', '1.5', '', [1, 2]])
    expect(await refusal({ page })).toEqual([400, [{ field: 'page', message: 'Must be a whole number' }]]);
  expect(await refusal({ page: 0, name: 'x' })).toEqual([
    400,
    [
      { field: 'name', message: 'Is not a known query parameter' },
      { field: 'page', message: 'Must be at least 1' },
    ],
  ]);
});

it('403: refuses a token that is not an administrator, and names the missing access level', async () => {
  const { writer, reader } = await givenTenant(server);
  for (const { client, row } of [writer, reader]) {
    const { error, response } = await listTokens({ client });
    expect([response?.status, response?.headers.get('www-authenticate'), error?.message]).toEqual([
      403,
      'Bearer realm="gatehouse", error="insufficient_scope"',
      `This token may not read tokens: its access level is ${row.access_level}, and Administrator is needed`,
    ]);
  }
});
