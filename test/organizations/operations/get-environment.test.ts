import { expect, it } from 'vitest';
import { createEnvironment, getEnvironment } from '../../../generated/sdk.gen.ts';
import { dataOf, errorsOf, messageOf } from '../../support/api-results.ts';
import { type GivenToken, givenTenant } from '../../support/given.ts';
import { expectEnvironmentNotFound, productionPath } from '../../support/given-facts.ts';
import { givenLevels, givenProject } from '../../support/given-levels.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const get = ({ client }: GivenToken, projectKey: string, environmentKey: string) =>
  getEnvironment({ client, path: { projectKey, environmentKey } });
const create = async ({ client }: GivenToken, projectKey: string, key: string) =>
  dataOf(await createEnvironment({ client, path: { projectKey }, body: { key } }));

it('200: finds an environment by keys, and by ids in upper or lower case', async () => {
  const { tenant, payroll, development } = await givenLevels(server);
  for (const project of ['payroll', payroll.id, payroll.id.toUpperCase()])
    for (const environment of ['development', development.id, development.id.toUpperCase()]) {
      const { data, response } = await get(tenant.administrator, project, environment);
      expect([response?.status, data]).toEqual([200, development]);
    }
});

it('200: keys are case-sensitive', async () => {
  const { administrator } = await givenTenant(server);
  const [small, large] = [await create(administrator, 'default', 'test'), await create(administrator, 'default', 'Test')];
  expect((await get(administrator, 'default', 'test')).data).toEqual(small);
  expect((await get(administrator, 'default', 'Test')).data).toEqual(large);
});

it('200: prefers an environment with this key to one with this id, within the scope of the token', async () => {
  const { tenant, development, environmentAdministrator } = await givenLevels(server);
  const lookalike = await create(tenant.administrator, 'payroll', development.id);
  expect((await get(tenant.administrator, 'payroll', development.id)).data).toEqual(lookalike);
  expect((await get(tenant.administrator, 'payroll', 'development')).data).toEqual(development);
  expect((await get(environmentAdministrator, 'payroll', development.id)).data).toEqual(development);
});

it('404: searches only the project with this key if another project has it as its id', async () => {
  const { tenant, payroll, production } = await givenLevels(server);
  const lookalike = await givenProject(tenant, payroll.id);
  const staging = await create(tenant.administrator, 'payroll', 'staging');
  expect((await get(tenant.administrator, payroll.id, 'production')).data?.project_id).toBe(lookalike.id);
  for (const named of ['staging', staging.id, production.id])
    expect(messageOf(await get(tenant.administrator, payroll.id, named))).toEqual([404, `Environment with id ${named} not found`]);
});

it('200, 404: a token of a project finds all its environments, a token of an environment only its own', async () => {
  const { tenant, payroll, development, production, projectAdministrator, environmentAdministrator } = await givenLevels(server);
  for (const environment of [development, production])
    for (const named of [environment.key, environment.id])
      expect((await get(projectAdministrator, 'payroll', named)).data).toEqual(environment);
  for (const named of ['development', development.id])
    expect((await get(environmentAdministrator, payroll.id, named)).data).toEqual(development);
  for (const named of ['production', production.id])
    expect(messageOf(await get(environmentAdministrator, 'payroll', named))).toEqual([404, `Environment with id ${named} not found`]);
  for (const token of [projectAdministrator, environmentAdministrator])
    for (const named of ['production', tenant.environmentId])
      expect(messageOf(await get(token, 'default', named))).toEqual([404, 'Project with id default not found']);
});

it('404: responds in the same words to unknown keys and keys of another organization', async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, ({ projectKey, environmentKey }) =>
    get(tenant.administrator, projectKey, environmentKey),
  );
  const { tenant: other, development } = await givenLevels(server);
  expect((await get(tenant.administrator, 'default', development.id)).response?.status).toBe(404);
  expect((await get(other.administrator, 'default', development.id)).response?.status).toBe(404);
});

it('400: refuses an overlong key', async () => {
  const { administrator } = await givenTenant(server);
  const message = 'Must have at most 100 characters';
  expect(errorsOf(await get(administrator, 'x'.repeat(101), productionPath.environmentKey))).toEqual([
    400,
    [{ field: 'projectKey', message }],
  ]);
  expect(errorsOf(await get(administrator, 'default', 'x'.repeat(101)))).toEqual([400, [{ field: 'environmentKey', message }]]);
});
