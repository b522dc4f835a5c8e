import { expect, it, onTestFinished } from 'vitest';
import { getToken } from '../../../generated/sdk.gen.ts';
import { toInstant } from '../../../server/database/instants.ts';
import { givenTenant, givenToken } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('404: responds in the same words to an unknown token and a token of another organization', async () => {
  const { administrator } = await givenTenant(server);
  const other = await givenTenant(server);
  for (const id of ['00000000-0000-4000-8000-000000000000', other.writer.row.id]) {
    const { error, response } = await getToken({ client: administrator.client, path: { id } });
    expect([response?.status, error]).toEqual([
      404,
      { error: 'not_found', message: `API Token with id ${id} not found`, correlationId: error?.correlationId },
    ]);
  }
});

it('200: returns the token without its secret', async () => {
  const { administrator, writer } = await givenTenant(server);
  const { data, response } = await getToken({ client: administrator.client, path: { id: writer.row.id } });
  expect(response?.status).toBe(200);
  expect(data).toEqual({
    id: writer.row.id,
    kind: 'API Token',
    name: 'Nightly',
    level: 'Organization',
    projectKey: null,
    environmentKey: null,
    accessLevel: 'Write',
    permissions: null,
    isRevealable: false,
    status: 'Active',
    secretStart: writer.secret.slice(0, 10),
    createdDate: server.clock.now.toISOString(),
    createdBy: 'a test',
    isCreatorDeleted: false,
    expirationDate: null,
    lastUsedDate: null,
  });
});

it('200: accepts an id in capitals', async () => {
  const { administrator, writer } = await givenTenant(server);
  const { data } = await getToken({ client: administrator.client, path: { id: writer.row.id.toUpperCase() } });
  expect(data?.id).toBe(writer.row.id);
});

it('200: shows a token as expired from its expiration date on, and a disabled token as disabled', async () => {
  const { administrator, organization } = await givenTenant(server);
  const start = server.clock.now;
  onTestFinished(() => {
    server.clock.now = start;
  });
  const expires = new Date(start.getTime() + 60_000);
  const { row } = await givenToken(server, organization, { expires_at: toInstant(expires) });
  const read = async () => (await getToken({ client: administrator.client, path: { id: row.id } })).data;
  expect(await read()).toMatchObject({ status: 'Active', expirationDate: expires.toISOString() });
  server.clock.now = expires;
  expect((await read())?.status).toBe('Expired');
  await server
    .db('tokens')
    .where({ id: row.id })
    .update({ disabled_at: toInstant(expires) });
  expect((await read())?.status).toBe('Disabled');
});

it('400: names a malformed id', async () => {
  const { administrator } = await givenTenant(server);
  const { error, response } = await getToken({ client: administrator.client, path: { id: 'nightly' } });
  expect([response?.status, error?.errors]).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
});

it('403: refuses a token that is not an administrator, also its own details', async () => {
  const { writer, reader } = await givenTenant(server);
  for (const { client, row } of [writer, reader]) {
    const { error, response } = await getToken({ client, path: { id: row.id } });
    expect([response?.status, response?.headers.get('www-authenticate'), error?.message]).toEqual([
      403,
      'Bearer realm="gatehouse", error="insufficient_scope"',
      `This token may not read tokens: its access level is ${row.access_level}, and Administrator is needed`,
    ]);
  }
});
