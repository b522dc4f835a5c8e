import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { assignRole, getTenant, getUser } from '../../../generated/sdk.gen.ts';
import { readContract } from '../../../server/contract/contract.ts';
import { seedFacts } from '../../../server/sandbox/seed-facts.ts';
import { errorsOf, messageOf, spellingsOf } from '../../support/api-results.ts';
import { contractFetch } from '../../support/contract.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  expectEnvironmentNotFound,
  factInconsistencies,
  givenFactTenant,
  givenManyUsers,
  givenUser,
  productionPath,
} from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const get = ({ reader }: Tenant, userId: string, path = productionPath) => getUser({ client: reader.client, path: { ...path, userId } });

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => get(tenant, 'ann', path));
});

it('404: does not distinguish unknown users from those of another organization, for any text in the path', async () => {
  const tenant = await givenTenant(server);
  const theirs = await givenUser(await givenTenant(server), { key: 'theirs' });
  await givenUser(tenant, { key: 'ann' });
  const hostile = ['ANN', 'ann ', ' ann', 'ann\u0000', '../ann', '..%2Fann', '%', 'a%n', "ann' OR '1'='1", 'änn', '😀', '\\', '/'];
  for (const userId of ['nobody', theirs.key, theirs.id, ...hostile])
    expect(messageOf(await get(tenant, userId))).toEqual([404, `User with id ${userId} not found`]);
});

it('400: refuses a path that is not UTF-8 or too long', async () => {
  const tenant = await givenTenant(server);
  const response = await fetch(`${server.url}/v2/facts/default/production/users/%ff`, {
    headers: { Authorization: `Bearer ${tenant.reader.secret}` },
  });
  expect([response.status, (await response.json()).errors[0].field]).toEqual([400, 'path']);
  expect(errorsOf(await get(tenant, 'x'.repeat(201)))).toEqual([400, [{ field: 'userId', message: 'Must have at most 200 characters' }]]);
});

it('200: finds a user by key, and by id in upper and lower case', async () => {
  const tenant = await givenTenant(server);
  await givenFactTenant(tenant, 'stripeinc');
  const user = await givenUser(tenant, { key: 'user|892+a@b.c-_', role_assignments: [{ role: 'admin', tenant: 'stripeinc' }] });
  for (const userId of [user.key, user.id, user.id.toUpperCase()]) {
    const { data, response } = await get(tenant, userId);
    expect([response?.status, data]).toEqual([200, user]);
  }
  const contractResponse = await contractFetch(`${server.url}/v2/facts/default/production/users/user%7C892%2Ba%40b.c-_`, {
    headers: { Authorization: `Bearer ${tenant.reader.secret}` },
  });
  expect(await contractResponse.json()).toEqual(user);
});

it('200: a key of an older version that is the id of another user does not hide it, and still finds its own user', async () => {
  const tenant = await givenTenant(server);
  const user = await givenUser(tenant, { key: 'ann' });
  const unused = randomUUID();
  await givenManyUsers(server, tenant, [user.id, unused]);
  for (const userId of spellingsOf(user.id)) expect((await get(tenant, userId)).data?.key).toBe('ann');
  expect((await get(tenant, unused)).data?.key).toBe(unused);
});

it("200: the sandbox contains the user, the tenant and the role of the contract's examples", async () => {
  const tenant = await givenTenant(server);
  const { project_id: projectId } = await server.db('environments').where({ id: tenant.environmentId }).first();
  const scope = { organizationId: tenant.organization.id, projectId, environmentId: tenant.environmentId };
  await seedFacts(server.db, scope);
  // biome-ignore lint/suspicious/noExplicitAny: an example may be anything.
  const { paths } = (await readContract()).definition as any;
  const exampleOf = (path: string, method: string, name: string) => ({
    ...paths[`/v2/facts/{projectKey}/{environmentKey}${path}`][method].responses['200'].content['application/json'].examples[name].value,
    organization_id: scope.organizationId,
    project_id: scope.projectId,
    environment_id: scope.environmentId,
  });
  const { client } = tenant.writer;
  const user = exampleOf('/users/{userId}', 'get', 'user');
  expect((await get(tenant, user.key)).data).toEqual(user);
  const example = exampleOf('/tenants/{tenantId}', 'get', 'tenant');
  expect((await getTenant({ client, path: { ...productionPath, tenantId: example.id } })).data).toEqual(example);
  const role = await assignRole({ client, path: { ...productionPath, userId: user.id }, body: { role: 'admin', tenant: 'stripeinc' } });
  expect(role.data).toEqual(exampleOf('/users/{userId}/roles', 'post', 'assigned'));
  expect(await factInconsistencies(server)).toEqual([]);
});
