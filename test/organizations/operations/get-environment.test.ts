import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createEnvironment, getEnvironment } from '../../../generated/sdk.gen.ts';
import { dataOf, errorsOf, messageOf, spellingsOf } from '../../support/api-results.ts';
import { type GivenToken, givenTenant } from '../../support/given.ts';
import { expectEnvironmentNotFound, productionPath } from '../../support/given-facts.ts';
import { givenLevels, givenProjectWithIdAsKey } from '../../support/given-levels.ts';
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

it('200: a key of an older version that is the id of another environment does not hide it, and still finds its own', async () => {
  const { tenant, development, environmentAdministrator } = await givenLevels(server);
  const lookalike = await create(tenant.administrator, 'payroll', 'lookalike');
  const rename = (key: string) => server.db('environments').where({ id: lookalike.id }).update({ key });
  await rename(development.id);
  for (const token of [tenant.administrator, environmentAdministrator])
    for (const named of ['development', ...spellingsOf(development.id)])
      expect((await get(token, 'payroll', named)).data).toEqual(development);
  expect((await get(tenant.administrator, 'payroll', lookalike.id)).data?.id).toBe(lookalike.id);
  const unused = randomUUID();
  await rename(unused);
  expect((await get(tenant.administrator, 'payroll', unused)).data).toEqual({ ...lookalike, key: unused });
});

it('404: searches only the project with this id if another project has it as its key', async () => {
  const { tenant, payroll } = await givenLevels(server);
  const lookalike = await givenProjectWithIdAsKey(server, tenant, payroll.id);
  const staging = await create(tenant.administrator, lookalike.id, 'staging');
  expect((await get(tenant.administrator, payroll.id, 'production')).data?.project_id).toBe(payroll.id);
  for (const named of ['staging', staging.id])
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
