import { expect, it } from 'vitest';
import { createToken, getCurrentToken, getToken, listApplications, listTokens } from '../../../generated/sdk.gen.ts';
import { hashSecret, isTokenSecret } from '../../../server/common/secret-format.ts';
import { givenApplication, givenTenant, type Tenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof createToken>[0]['body'];

const refusal = async ({ administrator }: Tenant, body: unknown) => {
  const { error, response } = await createToken({ client: administrator.client, body: body as Body });
  return [response?.status, error?.errors];
};
const countTokens = async ({ organization }: Tenant) => (await server.db('tokens').where({ organization_id: organization.id })).length;

it('201: shows the secret once and stores only its hash', async () => {
  const { administrator } = await givenTenant(server);
  const { data, response } = await createToken({ client: administrator.client, body: { name: 'OpCon' } });
  const secret = data?.secret as string;
  expect(response?.status).toBe(201);
  expect(secret).toMatch(/^pa_[0-9A-Za-z]{36}$/);
  expect(isTokenSecret(secret)).toBe(true);

  const row = await server.db('tokens').where({ id: data?.id }).first();
  const secrets = await server.db('token_secrets').where({ token_id: data?.id });
  expect(secrets.map(({ secret_hash }) => Buffer.from(secret_hash))).toEqual([hashSecret(secret)]);
  expect(
    Object.values(row)
      .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
      .join(),
  ).not.toContain(secret);

  const client = administrator.client;
  const later = await Promise.all([getToken({ client, path: { id: data?.id as string } }), listTokens({ client })]);
  expect(later.map(({ response }) => response?.status)).toEqual([200, 200]);
  expect(JSON.stringify(later.map(({ data }) => data))).not.toContain(secret.slice(10));
  expect(server.logged()).not.toContain(secret.slice(3));
});

it("201: the new token authenticates in the caller's organization and sees nothing of another", async () => {
  const tenant = await givenTenant(server);
  const own = await givenApplication(server, tenant);
  await givenApplication(server, await givenTenant(server));
  const { data } = await createToken({ client: tenant.administrator.client, body: { name: 'OpCon', accessLevel: 'Read' } });

  const client = server.client(data?.secret);
  expect((await getCurrentToken({ client })).data?.id).toBe(data?.id);
  expect((await listApplications({ client })).data?.items.map(({ id }) => id)).toEqual([own.id]);
});

it('201: returns the new token, with access level Write by default', async () => {
  const { administrator } = await givenTenant(server);
  const { data } = await createToken({ client: administrator.client, body: { name: 'OpCon' } });
  expect(data).toEqual({
    id: data?.id,
    kind: 'API Token',
    name: 'OpCon',
    level: 'Organization',
    projectKey: null,
    environmentKey: null,
    accessLevel: 'Write',
    permissions: null,
    isRevealable: false,
    status: 'Active',
    secretStart: data?.secret.slice(0, 10),
    createdDate: server.clock.now.toISOString(),
    createdBy: 'API Token - Administrator',
    isCreatorDeleted: false,
    expirationDate: null,
    lastUsedDate: null,
    secret: data?.secret,
  });
  for (const accessLevel of ['Administrator', 'Read'] as const) {
    const { data } = await createToken({ client: administrator.client, body: { name: 'OpCon', accessLevel } });
    expect((await getCurrentToken({ client: server.client(data?.secret) })).data?.accessLevel).toBe(accessLevel);
  }
});

it('201: never issues the same secret twice', async () => {
  const { administrator } = await givenTenant(server);
  const made = await Promise.all(Array.from({ length: 20 }, () => createToken({ client: administrator.client, body: { name: 'OpCon' } })));
  expect(new Set(made.map(({ data }) => data?.secret)).size).toBe(20);
});

it('201: reads a date as the start of that day in UTC, an instant in any time zone, and null as no expiration', async () => {
  const { administrator } = await givenTenant(server);
  const expirationOf = async (expirationDate: string | null) => {
    const { data } = await createToken({ client: administrator.client, body: { name: 'OpCon', expirationDate } });
    return (await getToken({ client: administrator.client, path: { id: data?.id as string } })).data?.expirationDate;
  };
  expect(await expirationOf('2100-03-01')).toBe('2100-03-01T00:00:00.000Z');
  expect(await expirationOf('2100-03-01T12:30:00.250Z')).toBe('2100-03-01T12:30:00.250Z');
  expect(await expirationOf('2100-03-01T12:30:00+05:30')).toBe('2100-03-01T07:00:00.000Z');
  expect(await expirationOf(null)).toBeNull();
});

it('201: stores a name of 100 characters of any script unchanged', async () => {
  const { administrator } = await givenTenant(server);
  const name = '🔑é漢 '.repeat(25);
  const { data } = await createToken({ client: administrator.client, body: { name } });
  expect((await getToken({ client: administrator.client, path: { id: data?.id as string } })).data?.name).toBe(name);
});

it('400: names every invalid field and creates nothing', async () => {
  const tenant = await givenTenant(server);
  expect(await refusal(tenant, { name: ' ', accessLevel: 'Owner', expirationDate: 'soon', secret: 'mine' })).toEqual([
    400,
    [
      { field: 'secret', message: 'Is not a known field' },
      { field: 'name', message: 'Must not be blank or hold control characters' },
      { field: 'accessLevel', message: 'Must be one of Administrator, Write, Read' },
      { field: 'expirationDate', message: 'Must be an ISO 8601 date or an ISO 8601 instant' },
    ],
  ]);
  expect(await refusal(tenant, {})).toEqual([400, [{ field: 'name', message: 'Is required' }]]);
  expect(await refusal(tenant, { name: 'x'.repeat(101) })).toEqual([400, [{ field: 'name', message: 'Must have at most 100 characters' }]]);
  expect(await refusal(tenant, [])).toEqual([400, [{ field: 'body', message: 'Must be an object' }]]);
  expect(await refusal(tenant, undefined)).toEqual([400, [{ field: 'body', message: 'Is required' }]]);
  expect(await countTokens(tenant)).toBe(3);
});

it('400: refuses an expiration that is not in the future or not a valid date', async () => {
  const tenant = await givenTenant(server);
  const now = server.clock.now.toISOString();
  const past = [{ field: 'expirationDate', message: 'Must be later than now' }];
  const noDate = [{ field: 'expirationDate', message: 'Must be an ISO 8601 date or an ISO 8601 instant' }];
  const attempt = (expirationDate: unknown) => refusal(tenant, { name: 'OpCon', expirationDate });
  expect(await attempt(now)).toEqual([400, past]);
  expect(await attempt(now.slice(0, 10))).toEqual([400, past]);
  expect(await attempt('2000-01-01')).toEqual([400, past]);
  expect(await attempt('2100-02-30')).toEqual([400, noDate]);
  expect(await attempt('2100-02-28T10:00:00')).toEqual([400, noDate]);
  expect(await attempt('2100-02-28T25:00:00Z')).toEqual([400, noDate]);
  expect(await attempt('2100-02-28T23:59:60Z')).toEqual([400, noDate]);
  expect(await attempt(4_102_444_800)).toEqual([400, [{ field: 'expirationDate', message: 'Must be text or null' }]]);
  expect(await countTokens(tenant)).toBe(3);
});

it('403: refuses a token that is not an administrator, names the missing access level, and creates nothing', async () => {
  const tenant = await givenTenant(server);
  for (const { client, row } of [tenant.writer, tenant.reader]) {
    const { error, response } = await createToken({ client, body: { name: 'OpCon', accessLevel: 'Administrator' } });
    expect([response?.status, response?.headers.get('www-authenticate'), error?.error, error?.message]).toEqual([
      403,
      'Bearer realm="gatehouse", error="insufficient_scope"',
      'forbidden',
      `This token may not create tokens: its access level is ${row.access_level}, and Administrator is needed`,
    ]);
  }
  expect(await countTokens(tenant)).toBe(3);
});
