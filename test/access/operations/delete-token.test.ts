import { expect, it } from 'vitest';
import { deleteToken, getCurrentToken, getToken, listApplications, listTokens } from '../../../generated/sdk.gen.ts';
import { type GivenToken, givenTenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('204: refuses the deleted token from the next request on, and no other token', async () => {
  const { administrator, writer, reader } = await givenTenant(server);
  const statusOf = async ({ client }: GivenToken) => (await listApplications({ client })).response?.status;
  expect(await statusOf(writer)).toBe(200);
  const { response } = await deleteToken({ client: administrator.client, path: { id: writer.row.id } });
  expect(response?.status).toBe(204);

  expect([await statusOf(writer), await statusOf(reader)]).toEqual([401, 200]);
  expect((await getToken({ client: administrator.client, path: { id: writer.row.id } })).response?.status).toBe(404);
  const { data } = await listTokens({ client: administrator.client });
  expect(data?.items.map(({ id }) => id)).toEqual([administrator.row.id, reader.row.id]);
});

it('404: does not find a token of another organization, which still works', async () => {
  const { administrator } = await givenTenant(server);
  const other = await givenTenant(server);
  for (const id of [other.writer.row.id, '00000000-0000-4000-8000-000000000000']) {
    const { error, response } = await deleteToken({ client: administrator.client, path: { id } });
    expect([response?.status, error?.error, error?.message]).toEqual([404, 'not_found', `API Token with id ${id} not found`]);
  }
  expect((await getCurrentToken({ client: other.writer.client })).response?.status).toBe(200);
});

it('404: of concurrent deletions, one finds the token', async () => {
  const { administrator, writer } = await givenTenant(server);
  const remove = async () => (await deleteToken({ client: administrator.client, path: { id: writer.row.id } })).response?.status;
  expect((await Promise.all([remove(), remove(), remove()])).sort()).toEqual([204, 404, 404]);
});

it('204: a token may delete itself, also by its id in capitals', async () => {
  const { administrator } = await givenTenant(server);
  const remove = () => deleteToken({ client: administrator.client, path: { id: administrator.row.id.toUpperCase() } });
  expect([(await remove()).response?.status, (await remove()).response?.status]).toEqual([204, 401]);
});

it('400: names a malformed id', async () => {
  const { administrator } = await givenTenant(server);
  const { error, response } = await deleteToken({ client: administrator.client, path: { id: '%00' } });
  expect([response?.status, error?.errors]).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
});

it('403: refuses a token that is not an administrator, also its own deletion, and names the missing access level', async () => {
  const { administrator, writer, reader } = await givenTenant(server);
  for (const { client, row } of [writer, reader]) {
    for (const id of [administrator.row.id, row.id]) {
      const { error, response } = await deleteToken({ client, path: { id } });
      expect([response?.status, response?.headers.get('www-authenticate'), error?.message]).toEqual([
        403,
        'Bearer realm="gatehouse", error="insufficient_scope"',
        `This token may not delete tokens: its access level is ${row.access_level}, and Administrator is needed`,
      ]);
    }
  }
  expect((await listTokens({ client: administrator.client })).data?.totalCount).toBe(3);
});
