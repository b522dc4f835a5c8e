import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  createOrganization,
  getCurrentToken,
  getOrganization,
  getSettings,
  getToken,
  listApplications,
  listEnvironments,
  listOrganizations,
  listProjects,
  listTokens,
} from '../../../generated/sdk.gen.ts';
import { toInstant } from '../../../server/database/instants.ts';
import { dataOf, errorsOf, messageOf, refusedAsId, spellingsOf, statusesOf } from '../../support/api-results.ts';
import { type GivenToken, givenApplication, givenTenant } from '../../support/given.ts';
import { concurrently } from '../../support/given-facts.ts';
import { givenHostToken, keysOf, levelInconsistencies } from '../../support/given-levels.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof createOrganization>[0]['body'];

const create = ({ client }: GivenToken, body: unknown, headers = {}) => createOrganization({ client, body: body as Body, headers });
const organizationsWith = (key: string) => server.db('organizations').where({ key });
const countOrganizations = async () => (await server.db('organizations')).length;

it('201: creates a project `default` with `development` and `production`, the default environment', async () => {
  const host = await givenHostToken(server);
  const created = dataOf(await create(host, { key: 'valkyrie', name: 'First Bank of Valkyrie' }));
  const { id, key, name, created_at } = created;
  expect([key, name, created_at]).toEqual(['valkyrie', 'First Bank of Valkyrie', server.clock.now.toISOString()]);

  const client = server.client(created.api_key_secret);
  expect((await getOrganization({ client, path: { organizationKey: id } })).data).toEqual({ id, key, name, created_at });
  expect((await listProjects({ client })).data?.data).toMatchObject([{ key: 'default', name: 'default', organization_id: id }]);
  const environments = dataOf(await listEnvironments({ client, path: { projectKey: 'default' } })).data;
  expect(environments).toMatchObject([
    { key: 'development', name: 'Development', organization_id: id },
    { key: 'production', name: 'Production', organization_id: id },
  ]);
  const [row] = await organizationsWith('valkyrie');
  expect([row.default_environment_id, Boolean(row.is_host)]).toEqual([environments[1]?.id, false]);
  expect(await levelInconsistencies(server)).toEqual([]);
});

it('201: returns an administrator token of the new organization, which sees nothing of the host', async () => {
  const host = await givenHostToken(server);
  const { organization, environmentId } = await givenTenant(server);
  const { organization_id: hostId } = await server.db('tokens').where({ id: host.row.id }).first();
  const hosts = await server.db('organizations').where({ id: hostId }).first();
  await givenApplication(server, { ...(await givenTenant(server)), environmentId: hosts.default_environment_id });
  const created = dataOf(await create(host, { key: 'own-token' }));
  const client = server.client(created.api_key_secret);

  const current = { name: 'Administrator', level: 'Organization', accessLevel: 'Administrator', permissions: null, expirationDate: null };
  expect((await getCurrentToken({ client })).data).toMatchObject({ ...current, id: created.api_key_id, createdBy: 'API Token - Nightly' });
  expect((await listOrganizations({ client })).data?.data.map(({ id }) => id)).toEqual([created.id]);
  expect((await listApplications({ client })).data?.totalCount).toBe(0);
  expect((await listTokens({ client })).data?.items.map(({ id }) => id)).toEqual([created.api_key_id]);
  expect((await getSettings({ client })).data).toMatchObject({ timeZone: 'UTC' });
  const elsewhere = [
    getOrganization({ client, path: { organizationKey: hostId } }),
    getOrganization({ client, path: { organizationKey: organization.key } }),
    getToken({ client, path: { id: host.row.id } }),
    listApplications({ client, headers: { 'Gatehouse-Environment': `default/${environmentId}` } }),
  ];
  expect(statusesOf(await Promise.all(elsewhere))).toEqual([404, 404, 404, 404]);
  expect(server.logged()).not.toContain(created.api_key_secret);
});

it('201: uses the key as the default name; keys are case-sensitive', async () => {
  const host = await givenHostToken(server);
  const named = async (body: Body) => dataOf(await create(host, body)).name;
  expect(await named({ key: 'Case' })).toBe('Case');
  const name = ' 🔑é漢'.repeat(50);
  expect(await named({ key: 'case', name })).toBe(name);
  expect(await named({ key: `${'x'.repeat(96)}_-09` })).toHaveLength(100);
  for (const key of ['Case', 'case'])
    expect((await getOrganization({ client: host.client, path: { organizationKey: key } })).data?.key).toBe(key);
});

it('201: a replay returns the same token and creates nothing', async () => {
  const host = await givenHostToken(server);
  const headers = { 'Idempotency-Key': randomUUID() };
  const [first, again] = [await create(host, { key: 'once' }, headers), await create(host, { key: 'once' }, headers)];
  expect([first.response?.status, again.response?.status, again.data]).toEqual([201, 201, first.data]);
  expect(await server.db('tokens').where({ organization_id: first.data?.id })).toHaveLength(1);
  expect(messageOf(await create(host, { key: 'once' }, { 'Idempotency-Key': randomUUID() }))).toEqual([
    409,
    'Organization once already exists',
  ]);
});

it('409: refuses an existing key, and creates and changes nothing', async () => {
  const host = await givenHostToken(server);
  const { organization } = await givenTenant(server);
  const before = await countOrganizations();
  for (const key of ['default', organization.key])
    expect(messageOf(await create(host, { key, name: 'Mine' }))).toEqual([409, `Organization ${key} already exists`]);
  expect([await countOrganizations(), (await organizationsWith(organization.key))[0].name]).toEqual([before, organization.name]);
  expect(await levelInconsistencies(server)).toEqual([]);
});

it('409: of many concurrent requests for one key, one creates the organization completely', async () => {
  const host = await givenHostToken(server);
  const results = await concurrently(20, () => create(host, { key: 'at-once' }));
  expect(statusesOf(results)).toEqual([201, ...Array(19).fill(409)]);
  const [row] = await organizationsWith('at-once');
  const created = results.find(({ data }) => data)?.data;
  expect(created?.id).toBe(row.id);
  expect((await server.db('tokens').where({ organization_id: row.id })).map(({ id }) => id)).toEqual([created?.api_key_id]);
  expect(keysOf(await listProjects({ client: server.client(created?.api_key_secret) }))).toEqual(['default']);
  expect(await levelInconsistencies(server)).toEqual([]);
});

it('403: refuses a caller that expires, because the administrator token of the new organization would not', async () => {
  const end = new Date(server.clock.now.getTime() + 7_200_000);
  const expiring = await givenHostToken(server, { expires_at: toInstant(end) });
  const before = await countOrganizations();
  expect(messageOf(await create(expiring, { key: 'mine' }))).toEqual([
    403,
    `This token may not create organizations, whose administrator token does not expire, because this token ends earlier; the latest possible expiration is ${end.toISOString()}`,
  ]);
  expect(await countOrganizations()).toBe(before);
});

it('403: refuses an organization that is not the host', async () => {
  const { administrator } = await givenTenant(server);
  const before = await countOrganizations();
  expect(messageOf(await create(administrator, { key: 'theirs' }))).toEqual([
    403,
    'This token may not create organizations: only the organization that hosts the server may',
  ]);
  expect(await countOrganizations()).toBe(before);
});

it('403: refuses a host administrator that is limited to some permissions, because the new administrator would have all rights', async () => {
  const permissions = [{ resource: 'organizations', action: 'create', fields: null }];
  const host = await givenHostToken(server, { permissions });
  const before = await countOrganizations();
  expect(messageOf(await create(host, { key: 'more' }))).toEqual([
    403,
    'This token may not create organizations: the administrator token of a new organization would have more permissions',
  ]);
  expect(await countOrganizations()).toBe(before);
});

it('400: refuses a key that looks like an id, in any case', async () => {
  const host = await givenHostToken(server);
  const count = await countOrganizations();
  for (const key of [...spellingsOf(host.row.organization_id), randomUUID()])
    expect(errorsOf(await create(host, { key }))).toEqual(refusedAsId('key'));
  expect(await countOrganizations()).toBe(count);
});

it('400: names every invalid field, and creates nothing', async () => {
  const host = await givenHostToken(server);
  const before = await countOrganizations();
  expect(errorsOf(await create(host, { key: 'a.b', name: ' ', is_host: true }))).toEqual([
    400,
    [
      { field: 'is_host', message: 'Is not a known field' },
      { field: 'key', message: 'Must contain only letters, digits, - and _' },
      { field: 'name', message: 'Must not be blank or hold control characters' },
    ],
  ]);
  expect(errorsOf(await create(host, {}))).toEqual([400, [{ field: 'key', message: 'Is required' }]]);
  for (const key of ['', 'a b', 'a/b', '..', 'é', 'a\n', 'x'.repeat(101), null, 1])
    expect([key, (await create(host, { key })).error?.errors?.map(({ field }) => field)]).toEqual([key, ['key']]);
  for (const name of ['', '\u0000', 'a\u007f', 'x'.repeat(201), null, 1])
    expect([name, (await create(host, { key: 'a', name })).error?.errors?.map(({ field }) => field)]).toEqual([name, ['name']]);
  expect(await countOrganizations()).toBe(before);
});
