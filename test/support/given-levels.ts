import { createProject, getEnvironment } from '../../generated/sdk.gen.ts';
import type { Environment, Project } from '../../generated/types.gen.ts';
import { findHostOrganization, type OrganizationRow } from '../../server/organizations/store/organizations.ts';
import { bootstrap } from '../../server/process/bootstrap.ts';
import { dataOf } from './api-results.ts';
import { type GivenToken, givenTenant, givenToken, type Tenant } from './given.ts';
import type { TestServer } from './server.ts';

/** An organization with a second project, and tokens that are limited to a project or an environment. */
export interface Levels {
  tenant: Tenant;
  payroll: Project;
  /** The environments of `payroll`. */
  development: Environment;
  production: Environment;
  /** Administrator tokens limited to the project `payroll` and to its environment `development`. */
  projectAdministrator: GivenToken;
  environmentAdministrator: GivenToken;
}

/** Creates a project through the API, with its two environments. Returns the project. */
export const givenProject = async ({ administrator }: Tenant, key: string): Promise<Project> =>
  dataOf(await createProject({ client: administrator.client, body: { key } }));

/** Creates a project whose key is the id given, which only older versions allowed. Returns the project. */
export async function givenProjectWithIdAsKey(server: TestServer, tenant: Tenant, key: string): Promise<Project> {
  const project = await givenProject(tenant, 'lookalike');
  await server.db('projects').where({ id: project.id }).update({ key });
  return { ...project, key };
}

/**
 * Creates an organization (see `givenTenant`) with a second project `payroll`, through the API, and two administrator tokens of smaller scope.
 *
 * Returns the organization as `tenant`, the project, its environments, and the tokens `projectAdministrator` and `environmentAdministrator`.
 */
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

/**
 * Creates three tokens whose scope is one existing environment, inserted directly.
 *
 * Returns them like `givenTenant`, so that a test can use the environment as if it were an organization of its own.
 */
export async function givenEnvironment(
  server: TestServer,
  organization: OrganizationRow,
  { id, key, project_id }: Environment,
  projectKey: string,
): Promise<Tenant> {
  const token = (access_level: 'Administrator' | 'Write' | 'Read') =>
    givenToken(server, organization, { access_level, level: 'Environment', project_id, environment_id: id });
  const [administrator, writer, reader] = [await token('Administrator'), await token('Write'), await token('Read')];
  return { organization, environmentId: id, sharedFolder: `${organization.key}/${projectKey}/${key}`, administrator, writer, reader };
}

/**
 * Creates an organization with the project `payroll` (see `givenLevels`), and tokens for each of its two environments (see `givenEnvironment`).
 *
 * Returns `whole`, with tokens of the organization's scope, and `here` and `there`, with tokens of one environment's scope.
 */
export async function givenTwoEnvironments(server: TestServer): Promise<Record<'here' | 'there' | 'whole', Tenant>> {
  const { tenant, development, production } = await givenLevels(server);
  return {
    whole: tenant,
    here: await givenEnvironment(server, tenant.organization, development, 'payroll'),
    there: await givenEnvironment(server, tenant.organization, production, 'payroll'),
  };
}

/**
 * Creates an administrator token of the organization `default`, which hosts the server; `values` overrides columns. Returns the token.
 *
 * The first call also creates that organization, as the first start of a server does.
 */
export async function givenHostToken(server: TestServer, values: object = {}): Promise<GivenToken> {
  await bootstrap(server.db, server.clock.now, undefined);
  const host = (await findHostOrganization(server.db)) as OrganizationRow;
  return givenToken(server, host, { access_level: 'Administrator', ...values });
}

/** Returns the keys of the items of a list. */
export const keysOf = (result: { data?: { data: { key: string }[] } | undefined }): string[] => dataOf(result).data.map(({ key }) => key);

/**
 * Describes each inconsistency between organizations, projects, environments, sequences and tokens: rows without a parent, and missing children.
 *
 * The result must be empty, even after concurrent or interrupted writes.
 */
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
    if (!has(environments, default_environment_id)) faults.push(`organization ${key} has no default environment`);
  for (const { id, key, organization_id } of projects) {
    if (!has(organizations, organization_id)) faults.push(`project ${key} has no organization`);
    const keys = environments.filter(({ project_id }) => project_id === id).map((environment) => environment.key);
    if (!keys.includes('development') || !keys.includes('production')) faults.push(`project ${key} has the environments ${keys.join()}`);
  }
  for (const { id, key, project_id } of environments) {
    if (!has(projects, project_id)) faults.push(`environment ${key} has no project`);
    const count = sequences.filter(({ environment_id }) => environment_id === id).length;
    if (count !== 3) faults.push(`environment ${key} has ${count} sequences`);
  }
  for (const { environment_id } of sequences)
    if (!has(environments, environment_id)) faults.push(`a sequence has no environment ${environment_id}`);
  for (const { name, organization_id } of tokens)
    if (!has(organizations, organization_id)) faults.push(`token ${name} has no organization`);
  return faults;
}
