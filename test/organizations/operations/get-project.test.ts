import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { getProject } from '../../../generated/sdk.gen.ts';
import { errorsOf, messageOf, spellingsOf } from '../../support/api-results.ts';
import { type GivenToken, givenTenant } from '../../support/given.ts';
import { givenLevels, givenProject, givenProjectWithIdAsKey } from '../../support/given-levels.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const get = ({ client }: GivenToken, projectKey: string) => getProject({ client, path: { projectKey } });

it('200: finds a project by key, and by id in upper or lower case', async () => {
  const tenant = await givenTenant(server);
  const payroll = await givenProject(tenant, 'payroll');
  for (const named of ['payroll', payroll.id, payroll.id.toUpperCase()]) {
    const { data, response } = await get(tenant.administrator, named);
    expect([named, response?.status, data]).toEqual([named, 200, payroll]);
  }
});

it('200: keys are case-sensitive', async () => {
  const tenant = await givenTenant(server);
  const [small, large] = [await givenProject(tenant, 'payroll'), await givenProject(tenant, 'Payroll')];
  expect((await get(tenant.administrator, 'payroll')).data).toEqual(small);
  expect((await get(tenant.administrator, 'Payroll')).data).toEqual(large);
});

it('200: a key of an older version that is the id of another project does not hide it, and still finds its own project', async () => {
  const { tenant, payroll, projectAdministrator } = await givenLevels(server);
  const lookalike = await givenProjectWithIdAsKey(server, tenant, payroll.id);
  for (const token of [tenant.administrator, projectAdministrator])
    for (const named of ['payroll', ...spellingsOf(payroll.id)]) expect((await get(token, named)).data).toEqual(payroll);
  expect((await get(tenant.administrator, lookalike.id)).data).toEqual(lookalike);
  const unused = randomUUID();
  await server.db('projects').where({ id: lookalike.id }).update({ key: unused });
  expect((await get(tenant.administrator, unused)).data).toEqual({ ...lookalike, key: unused });
});

it('200, 404: a token of a project or an environment finds only its own project', async () => {
  const { tenant, payroll, projectAdministrator, environmentAdministrator } = await givenLevels(server);
  const { project_id: defaultId } = await server.db('environments').where({ id: tenant.environmentId }).first();
  for (const token of [projectAdministrator, environmentAdministrator]) {
    for (const named of ['payroll', payroll.id]) expect((await get(token, named)).data).toEqual(payroll);
    for (const named of ['default', defaultId])
      expect(messageOf(await get(token, named))).toEqual([404, `Project with id ${named} not found`]);
  }
});

it('404: responds in the same words to unknown keys and keys of another organization', async () => {
  const tenant = await givenTenant(server);
  const theirs = await givenProject(await givenTenant(server), 'theirs');
  for (const named of ['theirs', theirs.id, randomUUID(), 'DEFAULT', 'default ', 'défaut', "default' OR '1'='1", 'a\u0000'])
    expect(messageOf(await get(tenant.administrator, named))).toEqual([404, `Project with id ${named} not found`]);
});

it('400: refuses an overlong key', async () => {
  const { administrator } = await givenTenant(server);
  const message = 'Must have at most 100 characters';
  expect(errorsOf(await get(administrator, 'x'.repeat(101)))).toEqual([400, [{ field: 'projectKey', message }]]);
});
