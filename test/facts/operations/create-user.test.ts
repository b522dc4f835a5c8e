import { expect, it } from 'vitest';
import { createUser, listUsers } from '../../../generated/sdk.gen.ts';
import type { RoleAssignmentInput } from '../../../generated/types.gen.ts';
import { errorsOf, messageOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  concurrently,
  expectEnvironmentNotFound,
  factInconsistencies,
  givenFactTenant,
  givenUser,
  nestedAttributes,
  numberedKeys,
  productionPath,
  readFactTenant,
  readUser,
} from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof createUser>[0]['body'];

const create = ({ writer }: Tenant, body: unknown, path = productionPath) =>
  createUser({ client: writer.client, path, body: body as Body });
const totalOf = async ({ reader }: Tenant) => (await listUsers({ client: reader.client, path: productionPath })).data?.total_count;

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => create(tenant, { key: 'ann' }, path));
  expect(await totalOf(tenant)).toBe(0);
});

it('201: only one of many simultaneous requests creates the user, and all others respond 409', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'stripeinc');
  const role_assignments = [{ role: 'admin', tenant: 'stripeinc' }];
  const results = await concurrently(12, (index) => create(tenant, { key: 'ann', first_name: `Ann ${index}`, role_assignments }));
  expect(statusesOf(results)).toEqual([201, ...Array(11).fill(409)]);
  expect(messageOf(results.find(({ response }) => response?.status === 409) as (typeof results)[number])).toEqual([
    409,
    'User ann already exists',
  ]);
  const created = results.find(({ response }) => response?.status === 201)?.data;
  expect([await totalOf(tenant), await readUser(tenant, 'ann')]).toEqual([1, created]);
  expect(await factInconsistencies(server)).toEqual([]);
});

it('201: creates and counts many different users at the same time', async () => {
  const tenant = await givenTenant(server);
  for (const key of ['a', 'b', 'c']) await givenFactTenant(tenant, key);
  const role_assignments = (index: number) => ['a', 'b', 'c'].map((_, at) => ({ role: 'admin', tenant: 'abc'[(index + at) % 3] }));
  const results = await concurrently(30, (index) => create(tenant, { key: `u${index}`, role_assignments: role_assignments(index) }));
  expect(new Set(statusesOf(results))).toEqual(new Set([201]));
  expect([await totalOf(tenant), await factInconsistencies(server)]).toEqual([30, []]);
});

it('400: creates nothing if tenants of roles do not exist, and names all of them', async () => {
  const tenant = await givenTenant(server);
  const foreign = await givenFactTenant(await givenTenant(server), 'theirs');
  await givenFactTenant(tenant, 'ours');
  const role = (name: string): RoleAssignmentInput => ({ role: 'admin', tenant: name });
  const role_assignments = [role('ours'), role('theirs'), role('ours'), role(foreign.id), role('OURS'), role('ours\u0000'), role('ours ')];
  expect(errorsOf(await create(tenant, { key: 'ann', role_assignments }))).toEqual([
    400,
    [1, 3, 4, 5, 6].map((index) => ({ field: `role_assignments.${index}.tenant`, message: 'Tenant does not exist' })),
  ]);
  expect([await readUser(tenant, 'ann'), await totalOf(tenant), (await readFactTenant(tenant, 'ours'))?.last_action_at]).toEqual([
    undefined,
    0,
    null,
  ]);
  expect(await factInconsistencies(server)).toEqual([]);
});

it('409: refuses an existing key, and does not change its user', async () => {
  const tenant = await givenTenant(server);
  const before = await givenUser(tenant, { key: 'user|1', first_name: 'Ann' });
  expect(messageOf(await create(tenant, { key: 'user|1', first_name: 'Ben' }))).toEqual([409, 'User user|1 already exists']);
  expect(await readUser(tenant, 'user|1')).toEqual(before);
});

it('201: treats a key in another case, and the key of another organization, as another user', async () => {
  const tenant = await givenTenant(server);
  const keys = ['Ann', 'ann', 'ANN'];
  for (const key of keys) expect((await create(tenant, { key })).response?.status).toBe(201);
  expect((await create(await givenTenant(server), { key: 'ann' })).response?.status).toBe(201);
  expect(new Set(await Promise.all(keys.map(async (key) => (await readUser(tenant, key))?.id))).size).toBe(3);
});

it('201: stores all fields; omitted fields are null or empty', async () => {
  const tenant = await givenTenant(server);
  const stripe = await givenFactTenant(tenant, 'stripeinc');
  await givenFactTenant(tenant, 'othercompany');
  const attributes = JSON.parse('{"a": [1, {"b": null}], "ünïcode": "😀\\u0000", "__proto__": {"x": 1}, "": false, "1": 1.5}');
  const body = { key: 'user|8921798@x.y+z-1_', email: 'jane@coolcompany.com', first_name: "Jane 'J'", last_name: '%_\\', attributes };
  const role_assignments = [
    { role: 'viewer', tenant: 'othercompany' },
    { role: 'admin', tenant: stripe.id.toUpperCase() },
    { role: 'admin', tenant: 'stripeinc' },
  ];
  const { data, response } = await create(tenant, { ...body, role_assignments });
  const now = server.clock.now.toISOString();
  expect([response?.status, data]).toEqual([
    201,
    {
      ...body,
      id: data?.id,
      organization_id: tenant.organization.id,
      project_id: stripe.project_id,
      environment_id: tenant.environmentId,
      created_at: now,
      updated_at: now,
      associated_tenants: [
        { tenant: 'othercompany', roles: ['viewer'], status: 'active', resource_instance_roles: [] },
        { tenant: 'stripeinc', roles: ['admin'], status: 'active', resource_instance_roles: [] },
      ],
      roles: [
        { role: 'viewer', tenant: 'othercompany' },
        { role: 'admin', tenant: 'stripeinc' },
      ],
    },
  ]);
  expect(Object.keys(data?.attributes ?? {})).toContain('__proto__');
  expect(await readUser(tenant, body.key)).toEqual(data);
  expect((await readFactTenant(tenant, 'stripeinc'))?.last_action_at).toBe(now);
  expect((await create(tenant, { key: 'bare' })).data).toMatchObject({
    email: null,
    first_name: null,
    last_name: null,
    attributes: {},
    associated_tenants: [],
    roles: [],
  });
});

it('201: accepts keys and ids of project and environment', async () => {
  const tenant = await givenTenant(server);
  const { project_id } = await givenUser(tenant, { key: 'a' });
  const path = { projectKey: project_id.toUpperCase(), environmentKey: tenant.environmentId };
  expect((await create(tenant, { key: 'b' }, path)).data?.environment_id).toBe(tenant.environmentId);
});

it('400: refuses attributes with more than 20 levels, more than 64 KiB, or a number that is too large', async () => {
  const tenant = await givenTenant(server);
  const refusal = async (attributes: unknown) => errorsOf(await create(tenant, { key: 'ann', attributes }));
  const refused = (message: string) => [400, [{ field: 'attributes', message }]];
  expect(await refusal(nestedAttributes(21))).toEqual(refused('Must have at most 20 levels'));
  const deep = `{"key": "ann", "attributes": {"a": ${'['.repeat(400_000)}${']'.repeat(400_000)}}}`;
  const send = (body: string) =>
    createUser({ client: tenant.writer.client, path: productionPath, body: body as never, bodySerializer: null });
  expect(errorsOf(await send(deep))).toEqual([400, [{ field: 'body', message: 'Has more than 32 levels of objects and lists' }]]);
  expect(errorsOf(await send('{"key": "ann", "attributes": {"a": [1e999]}}'))).toEqual(refused('Must not hold a number beyond 1.7e308'));
  expect(await refusal({ a: 'é'.repeat(32_765) })).toEqual(refused('Must have at most 65536 bytes of JSON'));
  expect(await refusal([])).toEqual(refused('Must be an object'));
  expect(await totalOf(tenant)).toBe(0);
  expect((await create(tenant, { key: 'deep', attributes: nestedAttributes(20) })).data?.attributes).toEqual(nestedAttributes(20));
  const large = { a: 'é'.repeat(32_764) };
  expect((await create(tenant, { key: 'large', attributes: large })).data?.attributes).toEqual(large);
});

it('400: names every wrong field', async () => {
  const tenant = await givenTenant(server);
  const body = { key: 'a b', email: 'nobody', first_name: 1, last_name: 'a\u0000', id: 'mine', role_assignments: [{ role: 'a b' }] };
  const { error } = await create(tenant, body);
  expect(error?.errors?.map(({ field }) => field).sort()).toEqual([
    'email',
    'first_name',
    'id',
    'key',
    'last_name',
    'role_assignments.0.role',
    'role_assignments.0.tenant',
  ]);
  for (const key of ['', 'a/b', 'é', 'a\n', 'a%20b', 'x'.repeat(201), null]) expect(errorsOf(await create(tenant, { key }))[0]).toBe(400);
  const role_assignments = numberedKeys(101).map((role) => ({ role, tenant: 'a' }));
  expect(errorsOf(await create(tenant, { key: 'a', role_assignments }))).toEqual([
    400,
    [{ field: 'role_assignments', message: 'Must have at most 100 entries' }],
  ]);
});
