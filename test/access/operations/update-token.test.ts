import { expect, it, onTestFinished } from 'vitest';
import { getCurrentToken, getToken, updateToken } from '../../../generated/sdk.gen.ts';
import { toInstant } from '../../../server/database/instants.ts';
import { type GivenToken, givenTenant, givenToken, type Tenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof updateToken>[0]['body'];

const update = ({ administrator }: Tenant, id: string, body: unknown) =>
  updateToken({ client: administrator.client, path: { id }, body: body as Body });
const refusal = async (tenant: Tenant, id: string, body: unknown) => {
  const { error, response } = await update(tenant, id, body);
  return [response?.status, error?.errors];
};
const rowOf = ({ row }: GivenToken) => server.db('tokens').where({ id: row.id }).first();

it('404: does not find a token of another organization, and leaves it unchanged', async () => {
  const tenant = await givenTenant(server);
  const { writer } = await givenTenant(server);
  const before = await rowOf(writer);
  for (const id of [writer.row.id, '00000000-0000-4000-8000-000000000000']) {
    const { error, response } = await update(tenant, id, { name: 'Mine', expirationDate: '2100-01-01' });
    expect([response?.status, error?.message]).toEqual([404, `API Token with id ${id} not found`]);
  }
  expect(await rowOf(writer)).toEqual(before);
});

it('400: changes nothing if one field is invalid', async () => {
  const tenant = await givenTenant(server);
  const before = await rowOf(tenant.writer);
  expect(await refusal(tenant, tenant.writer.row.id, { name: 'Renamed', expirationDate: '2000-01-01' })).toEqual([
    400,
    [{ field: 'expirationDate', message: 'Must be later than now' }],
  ]);
  expect(await rowOf(tenant.writer)).toEqual(before);
});

it('400: refuses a secret, and names every invalid field', async () => {
  const tenant = await givenTenant(server);
  const before = await rowOf(tenant.reader);
  const attempt = (body: unknown) => refusal(tenant, tenant.reader.row.id, body);
  expect(await attempt({ name: null, accessLevel: 'Owner', secret: 'mine', expirationDate: '1 January' })).toEqual([
    400,
    [
      { field: 'secret', message: 'Is not a known field' },
      { field: 'name', message: 'Must be text' },
      { field: 'accessLevel', message: 'Must be one of Administrator, Write, Read' },
      { field: 'expirationDate', message: 'Must be an ISO 8601 date or an ISO 8601 instant' },
    ],
  ]);
  expect(await attempt({})).toEqual([400, [{ field: 'body', message: 'Must have at least 1 field' }]]);
  expect(await attempt(undefined)).toEqual([400, [{ field: 'body', message: 'Is required' }]]);
  expect(await rowOf(tenant.reader)).toEqual(before);
});

it('400: names a malformed id', async () => {
  expect(await refusal(await givenTenant(server), 'nightly', { name: 'Renamed' })).toEqual([
    400,
    [{ field: 'id', message: 'Must be a GUID' }],
  ]);
});

it('200: changes only the sent fields', async () => {
  const tenant = await givenTenant(server);
  const { row, client } = tenant.writer;
  const { data: before } = await getToken({ client: tenant.administrator.client, path: { id: row.id } });

  const renamed = await update(tenant, row.id, { name: 'HRIS' });
  expect([renamed.response?.status, renamed.data]).toEqual([200, { ...before, name: 'HRIS' }]);
  const limited = await update(tenant, row.id.toUpperCase(), { expirationDate: '2100-01-01' });
  expect(limited.data).toEqual({ ...before, name: 'HRIS', expirationDate: '2100-01-01T00:00:00.000Z' });
  const { lastUsedDate, ...expected } = limited.data ?? {};
  expect((await getCurrentToken({ client })).data).toMatchObject(expected);
});

it('200: a change can be repeated', async () => {
  const tenant = await givenTenant(server);
  const change = () => update(tenant, tenant.writer.row.id, { name: 'HRIS', expirationDate: '2100-01-01T00:00:00Z' });
  const once = await change();
  const twice = await change();
  expect([twice.response?.status, twice.data]).toEqual([200, once.data]);
});

it('200: a new date makes an expired token valid again, and null makes it valid forever', async () => {
  const tenant = await givenTenant(server);
  const start = server.clock.now;
  onTestFinished(() => {
    server.clock.now = start;
  });
  const token = await givenToken(server, tenant.organization, { expires_at: toInstant(start) });
  const isAccepted = async () => (await getCurrentToken({ client: token.client })).response?.status === 200;
  expect(await isAccepted()).toBe(false);

  const inAnHour = new Date(start.getTime() + 3_600_000);
  expect((await update(tenant, token.row.id, { expirationDate: inAnHour.toISOString() })).data).toMatchObject({
    status: 'Active',
    expirationDate: inAnHour.toISOString(),
  });
  expect(await isAccepted()).toBe(true);
  server.clock.now = inAnHour;
  expect(await isAccepted()).toBe(false);
  expect((await update(tenant, token.row.id, { expirationDate: null })).data).toMatchObject({ status: 'Active', expirationDate: null });
  server.clock.now = new Date('2200-01-01');
  expect(await isAccepted()).toBe(true);
});

it('200: a new date does not enable a disabled token', async () => {
  const tenant = await givenTenant(server);
  const { row, client } = tenant.writer;
  await server
    .db('tokens')
    .where({ id: row.id })
    .update({ disabled_at: toInstant(server.clock.now) });
  expect((await update(tenant, row.id, { expirationDate: '2100-01-01' })).data?.status).toBe('Disabled');
  expect((await getCurrentToken({ client })).response?.status).toBe(401);
});

it('403: refuses a token that is not an administrator, also its own change, and names the missing access level', async () => {
  const { writer, reader } = await givenTenant(server);
  for (const token of [writer, reader]) {
    const { error, response } = await updateToken({ client: token.client, path: { id: token.row.id }, body: { expirationDate: null } });
    expect([response?.status, response?.headers.get('www-authenticate'), error?.message]).toEqual([
      403,
      'Bearer realm="gatehouse", error="insufficient_scope"',
      `This token may not update tokens: its access level is ${token.row.access_level}, and Administrator is needed`,
    ]);
  }
});
