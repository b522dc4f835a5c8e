import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { createApplication, createToken, createUser, listApplications } from '../../generated/sdk.gen.ts';
import type { Error as ErrorBody } from '../../generated/types.gen.ts';
import { dataOf, errorsOf, messageOf } from '../support/api-results.ts';
import { contractFetch } from '../support/contract.ts';
import { type GivenToken, givenApplication, givenTenant } from '../support/given.ts';

import { givenLevels, type Levels } from '../support/given-levels.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

/** In each environment an application with its name. */
let levels: Levels;
const named: Record<string, string> = {};
beforeAll(async () => {
  levels = await givenLevels(server);
  const { tenant, development, production } = levels;
  await givenApplication(server, tenant, { name: 'default/production' });
  for (const place of [development, production]) {
    const name = `payroll/${place.key}`;
    await givenApplication(server, { ...tenant, environmentId: place.id }, { name });
    named[name] = `${place.project_id}/${place.id}`;
  }
});

const inEnvironment = (environment: string | undefined) => (environment === undefined ? {} : { 'Gatehouse-Environment': environment });
const list = ({ client }: Pick<GivenToken, 'client'>, environment?: string) =>
  listApplications({ client, headers: inEnvironment(environment) });
/** The environments that a call went to, by the names of what is in them. */
const wentTo = async (token: Pick<GivenToken, 'client'>, environment?: string) =>
  dataOf(await list(token, environment)).items.map(({ name }) => name);

it("200: calls go to the organization's default environment, to the token's own, or to the one that they name", async () => {
  const { tenant, projectAdministrator, environmentAdministrator } = levels;
  expect(await wentTo(tenant.reader)).toEqual(['default/production']);
  expect(await wentTo(environmentAdministrator)).toEqual(['payroll/development']);
  for (const [name, byIds] of Object.entries(named))
    for (const environment of [name, byIds, byIds.toUpperCase(), `payroll/${byIds.split('/')[1]}`]) {
      expect([environment, await wentTo(tenant.reader, environment)]).toEqual([environment, [name]]);
      expect([environment, await wentTo(projectAdministrator, environment)]).toEqual([environment, [name]]);
    }
  expect(await wentTo(environmentAdministrator, 'payroll/development')).toEqual(['payroll/development']);
  expect(await wentTo(tenant.reader, 'default/production')).toEqual(['default/production']);
});

it('404: an environment that is not there or not reached, in the same words', async () => {
  const { tenant, projectAdministrator, environmentAdministrator } = levels;
  const nowhere = (environment: string) => [404, `Environment with id ${environment} not found`];
  const foreign = await givenLevels(server);
  const theirs = `payroll/${foreign.production.id}`;
  for (const environment of ['payroll/nowhere', 'Payroll/production', 'payroll/PRODUCTION', theirs, 'payroll%2Fproduction/x', '%/_'])
    expect(messageOf(await list(tenant.reader, environment))).toEqual(nowhere(environment));
  for (const environment of ['default/production', `default/${tenant.environmentId}`])
    for (const token of [projectAdministrator, environmentAdministrator])
      expect(messageOf(await list(token, environment))).toEqual(nowhere(environment));
  expect(messageOf(await list(environmentAdministrator, 'payroll/production'))).toEqual(nowhere('payroll/production'));
});

it("400: a project's token must say which environment, unless the organization's default one is in its project", async () => {
  const { tenant, projectAdministrator } = levels;
  const message = "Is required: the organization's default environment is not in this token's project";
  expect(errorsOf(await list(projectAdministrator))).toEqual([400, [{ field: 'Gatehouse-Environment', message }]]);
  const body = { name: 'Nowhere' };
  expect((await createApplication({ client: projectAdministrator.client, body })).response?.status).toBe(400);
  expect(await server.db('applications').where({ name: 'Nowhere' })).toEqual([]);
  const ofDefault = dataOf(await createToken({ client: tenant.administrator.client, body: { name: 'Nightly', projectKey: 'default' } }));
  expect(await wentTo({ client: server.client(ofDefault.secret) })).toEqual(['default/production']);
});

it('400: what names no environment is refused by the name of the header', async () => {
  const { tenant } = levels;
  const refusal = async (environment: string) => {
    const headers = { Authorization: `Bearer ${tenant.reader.secret}`, 'Gatehouse-Environment': environment };
    const answer = await contractFetch(`${server.url}/api/applications`, { headers });
    return [answer.status, ((await answer.json()) as ErrorBody).errors];
  };
  const long = 'x'.repeat(101);
  const wrong = [
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
  const more = [
    'default /production',
    'default/prod uction',
    'default/production, payroll/production',
    'défaut/x',
    `${long}/a`,
    `a/${long}`,
  ];
  for (const environment of [...wrong, ...more])
    expect([environment, ...(await refusal(environment))]).toEqual([
      environment,
      400,
      [{ field: 'Gatehouse-Environment', message: 'Must be projectKey/environmentKey' }],
    ]);
});

it('200: the header is nothing to an operation that is not about one environment', async () => {
  const { projectAdministrator } = levels;
  const headers = { Authorization: `Bearer ${projectAdministrator.secret}`, 'Gatehouse-Environment': 'nonsense' };
  for (const path of ['/v2/projects', '/api/tokens/current'])
    expect((await contractFetch(server.url + path, { headers })).status).toBe(200);
});

it('422: the same Idempotency-Key for another environment is another request, and does nothing there', async () => {
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
  // By its id it is the same environment.
  const again = await send(`default/${tenant.environmentId}`);
  expect([again.data, again.response?.headers.get('idempotency-replayed')]).toEqual([first, 'true']);
  const path = { projectKey: 'default', environmentKey: 'development' };
  expect((await createUser({ client, path, body: { key: 'ann' }, headers: { 'Idempotency-Key': key } })).response?.status).toBe(422);
});
