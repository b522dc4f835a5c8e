import { beforeAll, expect, it } from 'vitest';
import { createToken, getCurrentToken, listApplications, listTokens } from '../../generated/sdk.gen.ts';
import { dataOf, errorsOf, messageOf } from '../support/api-results.ts';
import type { GivenToken } from '../support/given.ts';
import { givenEnvironment, givenLevels, type Levels } from '../support/given-levels.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
let levels: Levels;
beforeAll(async () => {
  levels = await givenLevels(server);
});

type Body = Parameters<typeof createToken>[0]['body'];
const create = ({ client }: Pick<GivenToken, 'client'>, body: Partial<Body> = {}) =>
  createToken({ client, body: { name: 'Nightly', ...body } });
const scopeOf = ({ level, projectKey, environmentKey }: { level: string; projectKey: string | null; environmentKey: string | null }) => [
  level,
  projectKey,
  environmentKey,
];

it('201: creates tokens of the organization, of a project and of an environment, named by keys or ids', async () => {
  const { tenant, payroll, development } = levels;
  const cases: [body: Partial<Body>, scope: (string | null)[]][] = [
    [{}, ['Organization', null, null]],
    [{ projectKey: 'payroll' }, ['Project', 'payroll', null]],
    [{ projectKey: payroll.id }, ['Project', 'payroll', null]],
    [{ projectKey: 'payroll', environmentKey: 'development' }, ['Environment', 'payroll', 'development']],
    [{ projectKey: payroll.id.toUpperCase(), environmentKey: development.id.toUpperCase() }, ['Environment', 'payroll', 'development']],
  ];
  for (const [body, scope] of cases) {
    const { data, response } = await create(tenant.administrator, body);
    expect([response?.status, data && scopeOf(data)]).toEqual([201, scope]);
    const current = dataOf(await getCurrentToken({ client: server.client(data?.secret) }));
    expect([current.id, ...scopeOf(current)]).toEqual([data?.id, ...scope]);
  }
});

it('400, 404: refuses a scope that is incomplete, unknown or outside the scope of the caller, and creates nothing', async () => {
  const { tenant, projectAdministrator } = levels;
  const countTokens = async () => (await server.db('tokens')).length;
  const foreign = await givenLevels(server);
  const before = await countTokens();
  const required = [{ field: 'projectKey', message: 'Is required with environmentKey' }];
  expect(errorsOf(await create(tenant.administrator, { environmentKey: 'production' }))).toEqual([400, required]);
  for (const projectKey of ['nowhere', 'PAYROLL', 'payroll ', foreign.payroll.id])
    expect(messageOf(await create(tenant.administrator, { projectKey }))).toEqual([404, `Project with id ${projectKey} not found`]);
  for (const environmentKey of ['nowhere', 'Production', foreign.production.id, tenant.environmentId])
    expect(messageOf(await create(tenant.administrator, { projectKey: 'payroll', environmentKey }))).toEqual([
      404,
      `Environment with id ${environmentKey} not found`,
    ]);
  expect(messageOf(await create(projectAdministrator, { projectKey: 'default' }))).toEqual([404, 'Project with id default not found']);
  expect(await countTokens()).toBe(before);
});

it('201, 403, 404: a new token gets the scope of its creator by default, and never a wider one', async () => {
  const { projectAdministrator, environmentAdministrator } = levels;
  const scopeCreatedBy = async (token: GivenToken, body: Partial<Body> = {}) => scopeOf(dataOf(await create(token, body)));
  expect(await scopeCreatedBy(projectAdministrator)).toEqual(['Project', 'payroll', null]);
  expect(await scopeCreatedBy(projectAdministrator, { projectKey: 'payroll', environmentKey: 'production' })).toEqual([
    'Environment',
    'payroll',
    'production',
  ]);
  expect(await scopeCreatedBy(environmentAdministrator)).toEqual(['Environment', 'payroll', 'development']);
  const ownEnvironment = { projectKey: 'payroll', environmentKey: 'development' };
  expect(await scopeCreatedBy(environmentAdministrator, ownEnvironment)).toEqual(['Environment', 'payroll', 'development']);

  expect(messageOf(await create(environmentAdministrator, { projectKey: 'payroll' }))).toEqual([
    403,
    'This token may not create a credential for a whole project: its level is Environment, and Project is needed',
  ]);
  const siblingEnvironment = { projectKey: 'payroll', environmentKey: 'production' };
  expect(messageOf(await create(environmentAdministrator, siblingEnvironment))).toEqual([404, 'Environment with id production not found']);
  const secret = dataOf(await create(environmentAdministrator, { accessLevel: 'Administrator' })).secret;
  const client = server.client(secret);
  expect((await listApplications({ client, headers: { 'Gatehouse-Environment': 'payroll/development' } })).response?.status).toBe(200);
  expect((await listApplications({ client, headers: { 'Gatehouse-Environment': 'payroll/production' } })).response?.status).toBe(404);
});

it('200: lists show and count the tokens in the scope of the caller', async () => {
  const { tenant, development, production, projectAdministrator, environmentAdministrator } = await givenLevels(server);
  const [developmentTokens, productionTokens] = [
    await givenEnvironment(server, tenant.organization, development, 'payroll'),
    await givenEnvironment(server, tenant.organization, production, 'payroll'),
  ];
  const idsOf = (...tokens: GivenToken[]) => tokens.map(({ row }) => row.id).sort();
  const seenBy = async ({ client }: GivenToken) => {
    const { items, totalCount } = dataOf(await listTokens({ client }));
    expect(totalCount).toBe(items.length);
    return items.map(({ id }) => id).sort();
  };
  const inDevelopment = [environmentAdministrator, developmentTokens.administrator, developmentTokens.writer, developmentTokens.reader];
  const inProject = [
    projectAdministrator,
    ...inDevelopment,
    productionTokens.administrator,
    productionTokens.writer,
    productionTokens.reader,
  ];
  expect(await seenBy(environmentAdministrator)).toEqual(idsOf(...inDevelopment));
  expect(await seenBy(projectAdministrator)).toEqual(idsOf(...inProject));
  expect(await seenBy(tenant.administrator)).toEqual(idsOf(...inProject, tenant.administrator, tenant.writer, tenant.reader));
});
