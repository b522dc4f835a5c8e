import { expect, it } from 'vitest';
import { createEnvironment, createProject, listEnvironments, listProjects } from '../../generated/sdk.gen.ts';
import type { Permission } from '../../server/access/store/token-rows.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { insertProject } from '../../server/organizations/store/projects.ts';
import { dataOf, messageOf, statusesOf } from '../support/api-results.ts';
import { givenTenant, givenToken, type Tenant } from '../support/given.ts';
import { keysOf, levelInconsistencies } from '../support/given-levels.ts';
import { useServer } from '../support/server.ts';

const server = useServer({ projectsMax: 3, environmentsMax: 4 });

const addProject = ({ administrator: { client } }: Tenant, key: string) => createProject({ client, body: { key } });
const addEnvironment = ({ administrator: { client } }: Tenant, key: string, projectKey = 'default') =>
  createEnvironment({ client, path: { projectKey }, body: { key } });
const eachOf = <Result>(work: (key: string) => Promise<Result>) => Promise.all(['k1', 'k2', 'k3', 'k4', 'k5', 'k6'].map(work));

it('409: an organization has no more projects than the maximum, also with concurrent creations', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  // It has the project `default` already.
  expect(statusesOf(await eachOf((key) => addProject(tenant, key)))).toEqual([201, 201, 409, 409, 409, 409]);
  expect(messageOf(await addProject(tenant, 'further'))).toEqual([
    409,
    'The organization has 3 projects, and may not have more; the operator of this server can allow more',
  ]);
  expect(keysOf(await listProjects({ client: tenant.administrator.client }))).toHaveLength(3);
  expect((await addProject(other, 'first')).response?.status).toBe(201);
  expect(await levelInconsistencies(server)).toEqual([]);
});

it('409: a project has no more environments than the maximum, also with concurrent creations', async () => {
  const tenant = await givenTenant(server);
  const { client } = tenant.administrator;
  const project = dataOf(await addProject(tenant, 'payroll'));
  const named = ['payroll', project.id];
  // It has the environments `development` and `production` already.
  const results = await eachOf((key) => addEnvironment(tenant, key, named[Number(key[1]) % 2]));
  expect(statusesOf(results)).toEqual([201, 201, 409, 409, 409, 409]);
  expect(messageOf(await addEnvironment(tenant, 'further', 'payroll'))).toEqual([
    409,
    'The project has 4 environments, and may not have more; the operator of this server can allow more',
  ]);
  expect(keysOf(await listEnvironments({ client, path: { projectKey: 'payroll' } }))).toHaveLength(4);
  expect((await addEnvironment(tenant, 'further')).response?.status).toBe(201);
  expect(await levelInconsistencies(server)).toEqual([]);
});

it('409: a refused request frees its Idempotency-Key, and more projects than a lowered maximum stay', async () => {
  const tenant = await givenTenant(server);
  for (const key of ['k1', 'k2']) dataOf(await addProject(tenant, key));
  const { client } = tenant.administrator;
  const withKey = () => createProject({ client, body: { key: 'k3' }, headers: { 'Idempotency-Key': 'once' } });
  expect((await withKey()).response?.status).toBe(409);
  await server.db('projects').where({ organization_id: tenant.organization.id, key: 'k2' }).delete();
  expect((await withKey()).response?.status).toBe(201);
  await inTransaction(server.db, (trx) =>
    insertProject(trx, server.clock.now, { organization_id: tenant.organization.id, key: 'k4', name: 'k4' }),
  );
  expect((await addProject(tenant, 'k5')).response?.status).toBe(409);
  expect(keysOf(await listProjects({ client }))).toEqual(['default', 'k1', 'k3', 'k4']);
});

it('409: a token that may not read projects gets a neutral message', async () => {
  const tenant = await givenTenant(server);
  for (const key of ['k1', 'k2']) dataOf(await addProject(tenant, key));
  const permissions: Permission[] = [{ resource: 'projects', action: 'create', fields: null }];
  const { client } = await givenToken(server, tenant.organization, { access_level: 'Administrator', permissions });
  expect(messageOf(await createProject({ client, body: { key: 'k3' } }))).toEqual([
    409,
    'This is not possible, for a reason that this token may not read; check the ids and keys in the request',
  ]);
});
