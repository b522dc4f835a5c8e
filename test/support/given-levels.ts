import { createProject, getEnvironment } from '../../generated/sdk.gen.ts';
import type { Environment, Project } from '../../generated/types.gen.ts';
import { findHostOrganization, type OrganizationRow } from '../../server/organizations/store/organizations.ts';
import { bootstrap } from '../../server/process/bootstrap.ts';
import { dataOf } from './api-results.ts';
import { type GivenToken, givenTenant, givenToken, type Tenant } from './given.ts';
import type { TestServer } from './server.ts';

export interface Levels {
  tenant: Tenant;
  payroll: Project;
  development: Environment;
  production: Environment;
  /** Administrators of less than the organization: of `payroll`, and of its `development`. */
  projectAdministrator: GivenToken;
  environmentAdministrator: GivenToken;
}

export const givenProject = async ({ administrator }: Tenant, key: string): Promise<Project> =>
  dataOf(await createProject({ client: administrator.client, body: { key } }));

/** An organization with a second project, `payroll`, in which its default environment is not. */
export async function givenLevels(server: TestServer): Promise<Levels> {
  const tenant = await givenTenant(server);
  const payroll = await givenProject(tenant, 'payroll');
  const environment = async (environmentKey: string) =>
    dataOf(await getEnvironment({ client: tenant.administrator.client, path: { projectKey: 'payroll', environmentKey } }));
  const [development, production] = [await environment('development'), await environment('production')];
  const token = (values: object) => givenToken(server, tenant.organization, { access_level: 'Administrator', ...values });
  return {
    tenant,
    payroll,
    development,
    production,
    projectAdministrator: await token({ level: 'Project', project_id: payroll.id }),
    environmentAdministrator: await token({ level: 'Environment', project_id: payroll.id, environment_id: development.id }),
  };
}

/** One environment, with tokens that reach nothing else. */
export async function givenEnvironment(
  server: TestServer,
  organization: OrganizationRow,
  { id, project_id }: Environment,
): Promise<Tenant> {
  const token = (access_level: 'Administrator' | 'Write' | 'Read') =>
    givenToken(server, organization, { access_level, level: 'Environment', project_id, environment_id: id });
  const [administrator, writer, reader] = [await token('Administrator'), await token('Write'), await token('Read')];
  return { organization, environmentId: id, administrator, writer, reader };
}

/** Two environments of one organization, each with tokens that reach it alone, and the tokens of the whole organization, which reach both. */
export async function givenTwoEnvironments(server: TestServer): Promise<Record<'here' | 'there' | 'whole', Tenant>> {
  const { tenant, development, production } = await givenLevels(server);
  return {
    whole: tenant,
    here: await givenEnvironment(server, tenant.organization, development),
    there: await givenEnvironment(server, tenant.organization, production),
  };
}

/** An administrator of the organization `default` that hosts the server, which is made here the first time, as by a server's first start. */
export async function givenHostToken(server: TestServer, values: object = {}): Promise<GivenToken> {
  await bootstrap(server.db, server.clock.now, undefined);
  const host = (await findHostOrganization(server.db)) as OrganizationRow;
  return givenToken(server, host, { access_level: 'Administrator', ...values });
}

export const keysOf = (answer: { data?: { data: { key: string }[] } | undefined }): string[] => dataOf(answer).data.map(({ key }) => key);

/** All that must never be so, whatever ran at once or broke off: what belongs to nothing, and what was made without what belongs to it. */
export async function levelInconsistencies({ db }: TestServer): Promise<string[]> {
  const faults: string[] = [];
  const [organizations, projects, environments, sequences, tokens] = await Promise.all([
    db('organizations').select(),
    db('projects').select(),
    db('environments').select(),
    db('sequences').select(),
    db('tokens').select(),
  ]);
  const has = (rows: { id: string }[], id: string) => rows.some((row) => row.id === id);
  for (const { key, default_environment_id } of organizations)
    if (!has(environments, default_environment_id)) faults.push(`organization ${key} without its default environment`);
  for (const { id, key, organization_id } of projects) {
    if (!has(organizations, organization_id)) faults.push(`project ${key} of no organization`);
    const keys = environments.filter(({ project_id }) => project_id === id).map((environment) => environment.key);
    if (!keys.includes('development') || !keys.includes('production')) faults.push(`project ${key} with ${keys.join()}`);
  }
  for (const { id, key, project_id } of environments) {
    if (!has(projects, project_id)) faults.push(`environment ${key} of no project`);
    const count = sequences.filter(({ environment_id }) => environment_id === id).length;
    if (count !== 3) faults.push(`environment ${key} with ${count} sequences`);
  }
  for (const { environment_id } of sequences)
    if (!has(environments, environment_id)) faults.push(`a sequence of no environment ${environment_id}`);
  for (const { name, organization_id } of tokens) if (!has(organizations, organization_id)) faults.push(`token ${name} of no organization`);
  return faults;
}
