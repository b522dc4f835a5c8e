import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createProject, getProject, listEnvironments, listProjects } from '../../../generated/sdk.gen.ts';
import { dataOf, errorsOf, messageOf, refusedAsId, spellingsOf, statusesOf } from '../../support/api-results.ts';
import { type GivenToken, givenTenant } from '../../support/given.ts';
import { concurrently } from '../../support/given-facts.ts';
import { givenLevels, givenProject, keysOf, levelInconsistencies } from '../../support/given-levels.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof createProject>[0]['body'];

const create = ({ client }: GivenToken, body: unknown) => createProject({ client, body: body as Body });
const projectsOf = async ({ client }: GivenToken) => keysOf(await listProjects({ client }));

it('201: creates a project with the environments development and production', async () => {
  const { organization, administrator } = await givenTenant(server);
  const { data, response } = await create(administrator, { key: 'payroll', name: 'Payroll' });
  const created_at = server.clock.now.toISOString();
  expect([response?.status, data]).toEqual([
    201,
    { id: data?.id, organization_id: organization.id, key: 'payroll', name: 'Payroll', created_at },
  ]);
  const { client } = administrator;
  expect((await getProject({ client, path: { projectKey: 'payroll' } })).data).toEqual(data);
  const commonMembers = { organization_id: organization.id, project_id: data?.id, created_at };
  expect((await listEnvironments({ client, path: { projectKey: 'payroll' } })).data?.data).toEqual([
    { id: expect.any(String), ...commonMembers, key: 'development', name: 'Development' },
    { id: expect.any(String), ...commonMembers, key: 'production', name: 'Production' },
  ]);
  expect(await levelInconsistencies(server)).toEqual([]);
});

it('201: uses the key as the default name; keys are case-sensitive', async () => {
  const { administrator } = await givenTenant(server);
  const payroll = dataOf(await create(administrator, { key: 'payroll' }));
  expect(payroll.name).toBe('payroll');
  const name = ' 🔑é漢'.repeat(50);
  expect(dataOf(await create(administrator, { key: 'PAYROLL', name })).name).toBe(name);
  for (const key of [`x${payroll.id}`, `${'x'.repeat(96)}_-09`]) expect(dataOf(await create(administrator, { key })).key).toBe(key);
  expect(await projectsOf(administrator)).toHaveLength(5);
});

it('201: another organization may use the same key', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const ours = await givenProject(tenant, 'payroll');
  const theirs = await givenProject(other, 'payroll');
  expect([ours.organization_id, theirs.organization_id]).toEqual([tenant.organization.id, other.organization.id]);
  expect(await projectsOf(other.administrator)).toEqual(['default', 'payroll']);
});

it('409: refuses an existing key, and creates and changes nothing', async () => {
  const tenant = await givenTenant(server);
  const payroll = await givenProject(tenant, 'payroll');
  for (const key of ['payroll', 'default'])
    expect(messageOf(await create(tenant.administrator, { key, name: 'Mine' }))).toEqual([409, `Project ${key} already exists`]);
  expect((await getProject({ client: tenant.administrator.client, path: { projectKey: 'payroll' } })).data).toEqual(payroll);
  expect([await projectsOf(tenant.administrator), await levelInconsistencies(server)]).toEqual([['default', 'payroll'], []]);
});

it('409: of many concurrent requests for one key, one creates the project completely', async () => {
  const { administrator } = await givenTenant(server);
  const results = await concurrently(20, () => create(administrator, { key: 'payroll' }));
  expect(statusesOf(results)).toEqual([201, ...Array(19).fill(409)]);
  expect([await projectsOf(administrator), await levelInconsistencies(server)]).toEqual([['default', 'payroll'], []]);
});

it('201: many concurrent requests with different keys create all projects completely', async () => {
  const { administrator } = await givenTenant(server);
  const results = await concurrently(20, (index) => create(administrator, { key: `p${index}` }));
  expect(statusesOf(results)).toEqual(Array(20).fill(201));
  expect([(await projectsOf(administrator)).length, await levelInconsistencies(server)]).toEqual([21, []]);
});

it('403: refuses a token of a project or an environment', async () => {
  const { tenant, projectAdministrator, environmentAdministrator } = await givenLevels(server);
  for (const token of [projectAdministrator, environmentAdministrator])
    expect(messageOf(await create(token, { key: 'mine' }))).toEqual([
      403,
      `This token may not create projects: its level is ${token.row.level}, and Organization is needed`,
    ]);
  expect(await projectsOf(tenant.administrator)).toEqual(['default', 'payroll']);
});

it('400: refuses a key that looks like an id, in any case', async () => {
  const { administrator } = await givenTenant(server);
  const { id } = dataOf(await create(administrator, { key: 'payroll' }));
  for (const key of [...spellingsOf(id), randomUUID()]) expect(errorsOf(await create(administrator, { key }))).toEqual(refusedAsId('key'));
  expect(await server.db('projects').where({ organization_id: administrator.row.organization_id })).toHaveLength(2);
});

it('400: names every invalid field, and creates nothing', async () => {
  const { administrator } = await givenTenant(server);
  expect(errorsOf(await create(administrator, { key: 'a.b', name: ' ', organization_id: 'mine' }))).toEqual([
    400,
    [
      { field: 'organization_id', message: 'Is not a known field' },
      { field: 'key', message: 'Must contain only letters, digits, - and _' },
      { field: 'name', message: 'Must not be blank or hold control characters' },
    ],
  ]);
  expect(errorsOf(await create(administrator, {}))).toEqual([400, [{ field: 'key', message: 'Is required' }]]);
  for (const key of ['', 'a b', 'a/b', '..', 'é', 'a\n', 'x'.repeat(101), null, 1])
    expect([key, (await create(administrator, { key })).error?.errors?.map(({ field }) => field)]).toEqual([key, ['key']]);
  for (const name of ['', '\u0000', 'a\u007f', 'x'.repeat(201), null, 1])
    expect([name, (await create(administrator, { key: 'a', name })).error?.errors?.map(({ field }) => field)]).toEqual([name, ['name']]);
  expect(await projectsOf(administrator)).toEqual(['default']);
});
