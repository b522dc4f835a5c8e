import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { createApplication, createToken, createUser, listApplications } from '../../generated/sdk.gen.ts';
import type { Error as ErrorBody } from '../../generated/types.gen.ts';
import { dataOf, errorsOf, messageOf, spellingsOf } from '../support/api-results.ts';
import { contractFetch } from '../support/contract.ts';
import { type GivenToken, givenApplication, givenTenant } from '../support/given.ts';
import { givenLevels, givenProjectWithIdAsKey, type Levels } from '../support/given-levels.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

/** Every environment has an application named `projectKey/environmentKey`. */
let levels: Levels;
/** The `projectId/environmentId` of the environments in `payroll`, by `projectKey/environmentKey`. */
const idsByKeys: Record<string, string> = {};
beforeAll(async () => {
  levels = await givenLevels(server);
  const { tenant, development, production } = levels;
  await givenApplication(server, tenant, { name: 'default/production' });
  for (const environment of [development, production]) {
    const name = `payroll/${environment.key}`;
    await givenApplication(server, { ...tenant, environmentId: environment.id }, { name });
    idsByKeys[name] = `${environment.project_id}/${environment.id}`;
  }
});

const inEnvironment = (environment: string | undefined) => (environment === undefined ? {} : { 'Gatehouse-Environment': environment });
const list = ({ client }: Pick<GivenToken, 'client'>, environment?: string) =>
  listApplications({ client, headers: inEnvironment(environment) });
/** Returns the environment that a call used, by the name of the application in it. */
const environmentUsedBy = async (token: Pick<GivenToken, 'client'>, environment?: string) =>
  dataOf(await list(token, environment)).items.map(({ name }) => name);

it('200: uses the environment that the header names, else the environment of the token, else the default of the organization', async () => {
  const { tenant, projectAdministrator, environmentAdministrator } = levels;
  expect(await environmentUsedBy(tenant.reader)).toEqual(['default/production']);
  expect(await environmentUsedBy(environmentAdministrator)).toEqual(['payroll/development']);
  for (const [name, byIds] of Object.entries(idsByKeys))
    for (const environment of [name, byIds, byIds.toUpperCase(), `payroll/${byIds.split('/')[1]}`]) {
      expect([environment, await environmentUsedBy(tenant.reader, environment)]).toEqual([environment, [name]]);
      expect([environment, await environmentUsedBy(projectAdministrator, environment)]).toEqual([environment, [name]]);
    }
  expect(await environmentUsedBy(environmentAdministrator, 'payroll/development')).toEqual(['payroll/development']);
  expect(await environmentUsedBy(tenant.reader, 'default/production')).toEqual(['default/production']);
});

it('200: a key of an older version that is the id of another project or environment does not hide it', async () => {
  const levels = await givenLevels(server);
  const { tenant, payroll, development, production } = levels;
  await givenApplication(server, { ...tenant, environmentId: development.id }, { name: 'development' });
  await server.db('environments').where({ id: production.id }).update({ key: development.id });
  await givenProjectWithIdAsKey(server, tenant, payroll.id);
  for (const project of spellingsOf(payroll.id))
    for (const environment of spellingsOf(development.id))
      expect(await environmentUsedBy(tenant.reader, `${project}/${environment}`)).toEqual(['development']);
});

it('404: responds in the same words to an unknown environment and one outside the scope of the token', async () => {
  const { tenant, projectAdministrator, environmentAdministrator } = levels;
  const notFound = (environment: string) => [404, `Environment with id ${environment} not found`];
  const foreign = await givenLevels(server);
  const foreignEnvironment = `payroll/${foreign.production.id}`;
  for (const environment of [
    'payroll/nowhere',
    'Payroll/production',
    'payroll/PRODUCTION',
    foreignEnvironment,
    'payroll%2Fproduction/x',
    '%/_',
  ])
    expect(messageOf(await list(tenant.reader, environment))).toEqual(notFound(environment));
  for (const environment of ['default/production', `default/${tenant.environmentId}`])
    for (const token of [projectAdministrator, environmentAdministrator])
      expect(messageOf(await list(token, environment))).toEqual(notFound(environment));
  expect(messageOf(await list(environmentAdministrator, 'payroll/production'))).toEqual(notFound('payroll/production'));
});

it('400: requires the header from a token of a project, unless the default environment is in its project', async () => {
  const { tenant, projectAdministrator } = levels;
  const message = "Is required: the organization's default environment is not in this token's project";
  expect(errorsOf(await list(projectAdministrator))).toEqual([400, [{ field: 'Gatehouse-Environment', message }]]);
  const body = { name: 'Nowhere' };
  expect((await createApplication({ client: projectAdministrator.client, body })).response?.status).toBe(400);
  expect(await server.db('applications').where({ name: 'Nowhere' })).toEqual([]);
  const ofDefault = dataOf(await createToken({ client: tenant.administrator.client, body: { name: 'Nightly', projectKey: 'default' } }));
  expect(await environmentUsedBy({ client: server.client(ofDefault.secret) })).toEqual(['default/production']);
});

it('400: names the header if its value is malformed', async () => {
  const { tenant } = levels;
  const refusal = async (environment: string) => {
    const headers = { Authorization: `Bearer ${tenant.reader.secret}`, 'Gatehouse-Environment': environment };
    const response = await contractFetch(`${server.url}/api/applications`, { headers });
    return [response.status, ((await response.json()) as ErrorBody).errors];
  };
  const overlong = 'x'.repeat(101);
  const malformed = [
    '',
    'default',
    'default/',
    '/production',
    '/',
    'default//production',
    'default/production/',
    'a/b/c',
    'default%2Fproduction',
  ];
  const withForbiddenCharacters = [
    'default /production',
    'default/prod uction',
    'default/production, payroll/production',
    'défaut/x',
    `${overlong}/a`,
    `a/${overlong}`,
  ];
  for (const environment of [...malformed, ...withForbiddenCharacters])
    expect([environment, ...(await refusal(environment))]).toEqual([
      environment,
      400,
      [{ field: 'Gatehouse-Environment', message: 'Must be projectKey/environmentKey' }],
    ]);
});

it('200: ignores the header for operations that are not about one environment', async () => {
  const { projectAdministrator } = levels;
  const headers = { Authorization: `Bearer ${projectAdministrator.secret}`, 'Gatehouse-Environment': 'nonsense' };
  for (const path of ['/v2/projects', '/api/tokens/current'])
    expect((await contractFetch(server.url + path, { headers })).status).toBe(200);
});

it('422: refuses an Idempotency-Key that was used for another environment', async () => {
  const tenant = await givenTenant(server);
  const { client } = tenant.writer;
  const key = randomUUID();
  const send = (environment: string) =>
    createApplication({ client, body: { name: 'Once' }, headers: { 'Idempotency-Key': key, ...inEnvironment(environment) } });
  const first = dataOf(await send('default/production'));
  expect(messageOf(await send('default/development'))).toEqual([
    422,
    'This Idempotency-Key was used for another request; a new request needs a new key',
  ]);
  expect((await list(tenant.reader, 'default/development')).data?.totalCount).toBe(0);
  // The environment is the same if its id names it.
  const again = await send(`default/${tenant.environmentId}`);
  expect([again.data, again.response?.headers.get('idempotency-replayed')]).toEqual([first, 'true']);
  const path = { projectKey: 'default', environmentKey: 'development' };
  expect((await createUser({ client, path, body: { key: 'ann' }, headers: { 'Idempotency-Key': key } })).response?.status).toBe(422);
});
