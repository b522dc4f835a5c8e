import type {
  CreateEnvironmentData,
  CreateEnvironmentResponses,
  CreateProjectData,
  CreateProjectResponses,
  GetEnvironmentData,
  GetEnvironmentResponses,
  GetOrganizationData,
  GetOrganizationResponses,
  GetProjectData,
  GetProjectResponses,
  ListEnvironmentsData,
  ListEnvironmentsResponses,
  ListOrganizationsData,
  ListOrganizationsResponses,
  ListProjectsData,
  ListProjectsResponses,
} from '../../../generated/types.gen.ts';
import { conflictOnDuplicateKey } from '../../common/conflicts.ts';
import { conflict, orNotFound } from '../../common/errors.ts';
import { presentV2Page, v2SliceOf } from '../../common/page.ts';
import { inTransaction } from '../../database/transactions.ts';
import { type Context, callerOf, environmentOf, type Handler } from '../../handler.ts';
import { presentEnvironment, presentOrganization, presentProject } from '../present-organizations.ts';
import { hasEnvironments, initialEnvironments, insertEnvironment, listEnvironments as listEnvironmentRows } from '../store/environments.ts';
import { findOrganization, listOrganizations as listOrganizationRows, lockOrganization } from '../store/organizations.ts';
import {
  findProject,
  hasProjects,
  insertProject,
  listProjects as listProjectRows,
  lockProject,
  type ProjectRow,
} from '../store/projects.ts';

async function projectOf(context: Context, keyOrId: string): Promise<ProjectRow> {
  return orNotFound(await findProject(context.db, callerOf(context), keyOrId), 'Project', keyOrId, 'projects');
}

/** Returns a 409 for an organization or a project that may not have more. Its lock, under which the rows are counted, makes the number exact. */
const maximumReached = (state: string) =>
  conflict(`The ${state}, and may not have more; the operator of this server can allow more`, [{ resource: 'projects', fields: [] }]);

export const listOrganizations: Handler<ListOrganizationsData, ListOrganizationsResponses> = async ({ query }, context) => {
  const { rows, totalCount } = await listOrganizationRows(context.db, callerOf(context), v2SliceOf(query));
  return { status: 200, body: presentV2Page(rows.map(presentOrganization), totalCount, query) };
};

export const getOrganization: Handler<GetOrganizationData, GetOrganizationResponses> = async ({ path }, context) => {
  const row = orNotFound(
    await findOrganization(context.db, callerOf(context), path.organizationKey),
    'Organization',
    path.organizationKey,
    'organizations',
  );
  return { status: 200, body: presentOrganization(row) };
};

export const listProjects: Handler<ListProjectsData, ListProjectsResponses> = async ({ query }, context) => {
  const { rows, totalCount } = await listProjectRows(context.db, callerOf(context), v2SliceOf(query));
  return { status: 200, body: presentV2Page(rows.map(presentProject), totalCount, query) };
};

export const getProject: Handler<GetProjectData, GetProjectResponses> = async ({ path }, context) => ({
  status: 200,
  body: presentProject(await projectOf(context, path.projectKey)),
});

export const createProject: Handler<CreateProjectData, CreateProjectResponses> = async ({ body: { key, name = key } }, context) => {
  const organization_id = callerOf(context).organizationId;
  const { projectsMax } = context;
  const project = await conflictOnDuplicateKey('Project', 'projects', key, () =>
    inTransaction(context.db, async (trx) => {
      await lockOrganization(trx, organization_id);
      if (await hasProjects(trx, organization_id, projectsMax)) throw maximumReached(`organization has ${projectsMax} projects`);
      const row = await insertProject(trx, context.now, { organization_id, key, name });
      for (const environment of initialEnvironments)
        await insertEnvironment(trx, context.now, { organization_id, project_id: row.id, ...environment });
      return row;
    }),
  );
  return { status: 201, body: presentProject(project) };
};

export const listEnvironments: Handler<ListEnvironmentsData, ListEnvironmentsResponses> = async ({ path, query }, context) => {
  const project = await projectOf(context, path.projectKey);
  const { rows, totalCount } = await listEnvironmentRows(context.db, callerOf(context), project.id, v2SliceOf(query));
  return { status: 200, body: presentV2Page(rows.map(presentEnvironment), totalCount, query) };
};

export const getEnvironment: Handler<GetEnvironmentData, GetEnvironmentResponses> = async (_request, context) => ({
  status: 200,
  body: presentEnvironment(environmentOf(context)),
});

export const createEnvironment: Handler<CreateEnvironmentData, CreateEnvironmentResponses> = async (
  { path, body: { key, name = key } },
  context,
) => {
  const { id: project_id, organization_id } = await projectOf(context, path.projectKey);
  const { environmentsMax } = context;
  const environment = await conflictOnDuplicateKey('Environment', 'projects', key, () =>
    inTransaction(context.db, async (trx) => {
      await lockProject(trx, project_id);
      if (await hasEnvironments(trx, project_id, environmentsMax)) throw maximumReached(`project has ${environmentsMax} environments`);
      return insertEnvironment(trx, context.now, { organization_id, project_id, key, name });
    }),
  );
  return { status: 201, body: presentEnvironment(environment) };
};
