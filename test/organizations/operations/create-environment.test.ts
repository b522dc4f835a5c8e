import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createEnvironment, getEnvironment, listApplications, listEnvironments } from '../../../generated/sdk.gen.ts';
import { dataOf, errorsOf, messageOf, refusedAsId, spellingsOf, statusesOf } from '../../support/api-results.ts';
import { type GivenToken, givenApplication, givenTenant } from '../../support/given.ts';
import { concurrently } from '../../support/given-facts.ts';
import { givenLevels, givenProject, keysOf, levelInconsistencies } from '../../support/given-levels.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof createEnvironment>[0]['body'];

const create = ({ client }: GivenToken, body: unknown, projectKey = 'default') =>
  createEnvironment({ client, path: { projectKey }, body: body as Body });
const environmentsOf = async ({ client }: GivenToken, projectKey = 'default') =>
  keysOf(await listEnvironments({ client, path: { projectKey } }));

it('201: creates an environment in the project that the path names by key or id', async () => {
  const tenant = await givenTenant(server);
  const { client } = tenant.administrator;
  const payroll = await givenProject(tenant, 'payroll');
  for (const [named, key] of [
    ['payroll', 'staging'],
    [payroll.id, 'test'],
  ]) {
    const { data, response } = await create(tenant.administrator, { key, name: 'To try' }, named);
    const { id: project_id, organization_id } = payroll;
    const created_at = server.clock.now.toISOString();
    expect([response?.status, data]).toEqual([201, { id: data?.id, organization_id, project_id, key, name: 'To try', created_at }]);
    expect((await getEnvironment({ client, path: { projectKey: 'payroll', environmentKey: key as string } })).data).toEqual(data);
  }
  expect(await environmentsOf(tenant.administrator, 'payroll')).toEqual(['development', 'production', 'staging', 'test']);
  expect(await environmentsOf(tenant.administrator)).toEqual(['development', 'production']);
});

it('201: the new environment is empty, and calls can name it at once', async () => {
  const tenant = await givenTenant(server);
  await givenApplication(server, tenant);
  dataOf(await create(tenant.administrator, { key: 'staging' }));
  const headers = { 'Gatehouse-Environment': 'default/staging' };
  const { data } = await listApplications({ client: tenant.administrator.client, headers });
  expect([data?.totalCount, data?.items, await levelInconsistencies(server)]).toEqual([0, [], []]);
});

it('201: uses the key as the default name; keys are case-sensitive and unique within a project', async () => {
  const tenant = await givenTenant(server);
  await givenProject(tenant, 'payroll');
  const staging = dataOf(await create(tenant.administrator, { key: 'staging' }));
  expect(staging.name).toBe('staging');
  const name = ' 🔑é漢'.repeat(50);
  expect(dataOf(await create(tenant.administrator, { key: 'Staging', name })).name).toBe(name);
  for (const key of [`x${staging.id}`, `${'x'.repeat(96)}_-09`]) expect(dataOf(await create(tenant.administrator, { key })).key).toBe(key);
  expect(dataOf(await create(tenant.administrator, { key: 'staging' }, 'payroll')).id).not.toBe(staging.id);
});

it('400: refuses a key that looks like an id, in any case', async () => {
  const tenant = await givenTenant(server);
  for (const key of [...spellingsOf(tenant.environmentId), randomUUID()])
    expect(errorsOf(await create(tenant.administrator, { key }))).toEqual(refusedAsId('key'));
  expect(await environmentsOf(tenant.administrator)).toEqual(['development', 'production']);
});

it('201, 404: a token of a project creates environments in its own project, and does not find other projects', async () => {
  const { tenant, payroll, projectAdministrator } = await givenLevels(server);
  expect(dataOf(await create(projectAdministrator, { key: 'staging' }, 'payroll')).project_id).toBe(payroll.id);
  expect(messageOf(await create(projectAdministrator, { key: 'staging' }))).toEqual([404, 'Project with id default not found']);
  expect(await environmentsOf(tenant.administrator)).toEqual(['development', 'production']);
});

it('404: responds in the same words to an unknown project and a project of another organization', async () => {
  const tenant = await givenTenant(server);
  const other = await givenTenant(server);
  const theirs = await givenProject(other, 'theirs');
  for (const named of ['theirs', theirs.id, 'nowhere', 'DEFAULT', 'default '])
    expect(messageOf(await create(tenant.administrator, { key: 'staging' }, named))).toEqual([404, `Project with id ${named} not found`]);
  expect(await environmentsOf(other.administrator, 'theirs')).toEqual(['development', 'production']);
});

it('403: refuses a token of an environment', async () => {
  const { environmentAdministrator, projectAdministrator } = await givenLevels(server);
  expect(messageOf(await create(environmentAdministrator, { key: 'staging' }, 'payroll'))).toEqual([
    403,
    'This token may not create projects: its level is Environment, and Project is needed',
  ]);
  expect(await environmentsOf(projectAdministrator, 'payroll')).toEqual(['development', 'production']);
});

it('409: refuses an existing key, and creates and changes nothing', async () => {
  const { administrator } = await givenTenant(server);
  const path = { projectKey: 'default', environmentKey: 'production' };
  const before = dataOf(await getEnvironment({ client: administrator.client, path }));
  expect(messageOf(await create(administrator, { key: 'production', name: 'Mine' }))).toEqual([
    409,
    'Environment production already exists',
  ]);
  expect((await getEnvironment({ client: administrator.client, path })).data).toEqual(before);
  expect(await levelInconsistencies(server)).toEqual([]);
});

it('409: of many concurrent requests for one key, one creates the environment completely', async () => {
  const { administrator } = await givenTenant(server);
  const results = await concurrently(20, () => create(administrator, { key: 'staging' }));
  expect(statusesOf(results)).toEqual([201, ...Array(19).fill(409)]);
  expect([await environmentsOf(administrator), await levelInconsistencies(server)]).toEqual([['development', 'production', 'staging'], []]);
});

it('400: names every invalid field, and creates nothing', async () => {
  const { administrator } = await givenTenant(server);
  expect(errorsOf(await create(administrator, { key: 'a.b', name: ' ', project_id: 'mine' }))).toEqual([
    400,
    [
      { field: 'project_id', message: 'Is not a known field' },
      { field: 'key', message: 'Must contain only letters, digits, - and _' },
      { field: 'name', message: 'Must not be blank or hold control characters' },
    ],
  ]);
  expect(errorsOf(await create(administrator, {}))).toEqual([400, [{ field: 'key', message: 'Is required' }]]);
  for (const key of ['', 'a b', 'a/b', '..', 'é', 'a\n', 'x'.repeat(101), null, 1])
    expect([key, (await create(administrator, { key })).error?.errors?.map(({ field }) => field)]).toEqual([key, ['key']]);
  for (const name of ['', '\u0000', 'a\u007f', 'x'.repeat(201), null, 1])
    expect([name, (await create(administrator, { key: 'a', name })).error?.errors?.map(({ field }) => field)]).toEqual([name, ['name']]);
  expect(await environmentsOf(administrator)).toEqual(['development', 'production']);
});
