import { expect, it } from 'vitest';
import { listProjects } from '../../../generated/sdk.gen.ts';
import type { ListProjectsData } from '../../../generated/types.gen.ts';
import { errorsOf } from '../../support/api-results.ts';
import { type GivenToken, givenTenant } from '../../support/given.ts';
import { givenLevels, givenProject, keysOf } from '../../support/given-levels.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const list = ({ client }: GivenToken, query: object = {}) => listProjects({ client, query: query as ListProjectsData['query'] });

it('200: shows only projects of the organization of the caller', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  await givenProject(other, 'theirs');
  const payroll = await givenProject(tenant, 'payroll');
  const { data, response } = await list(tenant.administrator);
  expect([response?.status, data?.total_count, data?.page_count]).toEqual([200, 2, 1]);
  expect(data?.data).toEqual([expect.objectContaining({ key: 'default', organization_id: tenant.organization.id }), payroll]);
});

it('200: shows and counts only the own project of a token of a project or an environment', async () => {
  const { payroll, projectAdministrator, environmentAdministrator } = await givenLevels(server);
  for (const token of [projectAdministrator, environmentAdministrator]) {
    expect((await list(token)).data).toEqual({ data: [payroll], total_count: 1, page_count: 1 });
    expect((await list(token, { page: 2 })).data).toEqual({ data: [], total_count: 1, page_count: 1 });
  }
});

it('200: returns pages ordered by the bytes of the key', async () => {
  const tenant = await givenTenant(server);
  for (const key of ['b', 'a', 'B', '10', '9', 'a-b', 'a_b', 'aB']) await givenProject(tenant, key);
  const ordered = ['10', '9', 'B', 'a', 'a-b', 'aB', 'a_b', 'b', 'default'];
  expect(keysOf(await list(tenant.administrator))).toEqual(ordered);
  for (const page of [1, 2, 3, 4]) {
    const result = await list(tenant.administrator, { page, per_page: 4 });
    expect([result.data?.total_count, result.data?.page_count, keysOf(result)]).toEqual([9, 3, ordered.slice((page - 1) * 4, page * 4)]);
  }
  expect(keysOf(await list(tenant.administrator, { page: 10_000_000, per_page: 100 }))).toEqual([]);
});

it('200: returns 30 items per page by default', async () => {
  const tenant = await givenTenant(server);
  const created_at = '2026-01-01 00:00:00.000';
  const rows = Array.from({ length: 30 }, (_, index) => ({ id: crypto.randomUUID(), key: `p${index}`, name: 'P', created_at }));
  await server.db('projects').insert(rows.map((row) => ({ ...row, organization_id: tenant.organization.id })));
  const { data } = await list(tenant.administrator);
  expect([data?.data.length, data?.total_count, data?.page_count]).toEqual([30, 31, 2]);
});

it('400: names every invalid query parameter', async () => {
  const { administrator } = await givenTenant(server);
  expect(errorsOf(await list(administrator, { page: 10_000_001, per_page: 0, sort: 'name' }))).toEqual([
    400,
    [
      { field: 'sort', message: 'Is not a known query parameter' },
      { field: 'page', message: 'Must be at most 10000000' },
      { field: 'per_page', message: 'Must be at least 1' },
    ],
  ]);
});
