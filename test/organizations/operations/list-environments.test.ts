import { expect, it } from 'vitest';
import { createEnvironment, listEnvironments } from '../../../generated/sdk.gen.ts';
import type { ListEnvironmentsData } from '../../../generated/types.gen.ts';
import { errorsOf, messageOf } from '../../support/api-results.ts';
import { type GivenToken, givenTenant } from '../../support/given.ts';
import { givenLevels, givenProject, keysOf } from '../../support/given-levels.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const list = ({ client }: GivenToken, projectKey = 'default', query: object = {}) =>
  listEnvironments({ client, path: { projectKey }, query: query as ListEnvironmentsData['query'] });

it('200: shows only environments of the project, which is named by key or id', async () => {
  const { tenant, payroll, development, production } = await givenLevels(server);
  for (const named of ['payroll', payroll.id, payroll.id.toUpperCase()]) {
    const { data, response } = await list(tenant.administrator, named);
    expect([response?.status, data]).toEqual([200, { data: [development, production], total_count: 2, page_count: 1 }]);
  }
});

it('200, 404: a token of a project sees all its environments, a token of an environment sees and counts only its own', async () => {
  const { payroll, development, production, projectAdministrator, environmentAdministrator } = await givenLevels(server);
  expect((await list(projectAdministrator, 'payroll')).data).toEqual({ data: [development, production], total_count: 2, page_count: 1 });
  for (const named of ['payroll', payroll.id])
    expect((await list(environmentAdministrator, named)).data).toEqual({ data: [development], total_count: 1, page_count: 1 });
  for (const token of [projectAdministrator, environmentAdministrator])
    expect(messageOf(await list(token))).toEqual([404, 'Project with id default not found']);
});

it('200: returns pages ordered by the bytes of the key', async () => {
  const { administrator } = await givenTenant(server);
  for (const key of ['b', 'a', 'B', '10', '9', 'a-b', 'a_b', 'aB'])
    await createEnvironment({ client: administrator.client, path: { projectKey: 'default' }, body: { key } });
  const ordered = ['10', '9', 'B', 'a', 'a-b', 'aB', 'a_b', 'b', 'development', 'production'];
  expect(keysOf(await list(administrator))).toEqual(ordered);
  for (const page of [1, 2, 3, 4]) {
    const result = await list(administrator, 'default', { page, per_page: 4 });
    expect([result.data?.total_count, result.data?.page_count, keysOf(result)]).toEqual([10, 3, ordered.slice((page - 1) * 4, page * 4)]);
  }
  expect(keysOf(await list(administrator, 'default', { page: 10_000_000, per_page: 100 }))).toEqual([]);
});

it('404: responds in the same words to an unknown project and a project of another organization', async () => {
  const { administrator } = await givenTenant(server);
  const theirs = await givenProject(await givenTenant(server), 'theirs');
  for (const named of ['theirs', theirs.id, 'nowhere', 'DEFAULT', 'default '])
    expect(messageOf(await list(administrator, named))).toEqual([404, `Project with id ${named} not found`]);
});

it('400: names every invalid query parameter', async () => {
  const { administrator } = await givenTenant(server);
  expect(errorsOf(await list(administrator, 'default', { page: 0, per_page: 101, search: 'a' }))).toEqual([
    400,
    [
      { field: 'search', message: 'Is not a known query parameter' },
      { field: 'page', message: 'Must be at least 1' },
      { field: 'per_page', message: 'Must be at most 100' },
    ],
  ]);
});
