import { expect, it } from 'vitest';
import { listProjects } from '../../../generated/sdk.gen.ts';
import type { ListProjectsData } from '../../../generated/types.gen.ts';
import { errorsOf } from '../../support/api-results.ts';
import { type GivenToken, givenTenant } from '../../support/given.ts';
import { givenLevels, givenProject, keysOf } from '../../support/given-levels.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const list = ({ client }: GivenToken, query: object = {}) => listProjects({ client, query: query as ListProjectsData['query'] });

it("200: the organization's projects and no other's", async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  await givenProject(other, 'theirs');
  const payroll = await givenProject(tenant, 'payroll');
  const { data, response } = await list(tenant.administrator);
  expect([response?.status, data?.total_count, data?.page_count]).toEqual([200, 2, 1]);
  expect(data?.data).toEqual([expect.objectContaining({ key: 'default', organization_id: tenant.organization.id }), payroll]);
});

it("200: a project's or environment's token sees its own project, and counts no other", async () => {
  const { payroll, projectAdministrator, environmentAdministrator } = await givenLevels(server);
  for (const token of [projectAdministrator, environmentAdministrator]) {
    expect((await list(token)).data).toEqual({ data: [payroll], total_count: 1, page_count: 1 });
    expect((await list(token, { page: 2 })).data).toEqual({ data: [], total_count: 1, page_count: 1 });
  }
});

it('200: page by page, ordered by key, byte for byte', async () => {
  const tenant = await givenTenant(server);
  for (const key of ['b', 'a', 'B', '10', '9', 'a-b', 'a_b', 'aB']) await givenProject(tenant, key);
  const ordered = ['10', '9', 'B', 'a', 'a-b', 'aB', 'a_b', 'b', 'default'];
  expect(keysOf(await list(tenant.administrator))).toEqual(ordered);
  for (const page of [1, 2, 3, 4]) {
    const answer = await list(tenant.administrator, { page, per_page: 4 });
    expect([answer.data?.total_count, answer.data?.page_count, keysOf(answer)]).toEqual([9, 3, ordered.slice((page - 1) * 4, page * 4)]);
  }
  expect(keysOf(await list(tenant.administrator, { page: 10_000_000, per_page: 100 }))).toEqual([]);
});

it('200: 30 on a page unless another number is asked for', async () => {
  const tenant = await givenTenant(server);
  const created_at = '2026-01-01 00:00:00.000';
  const rows = Array.from({ length: 30 }, (_, index) => ({ id: crypto.randomUUID(), key: `p${index}`, name: 'P', created_at }));
  await server.db('projects').insert(rows.map((row) => ({ ...row, organization_id: tenant.organization.id })));
  const { data } = await list(tenant.administrator);
  expect([data?.data.length, data?.total_count, data?.page_count]).toEqual([30, 31, 2]);
});

it('400: names every parameter that is wrong', async () => {
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
