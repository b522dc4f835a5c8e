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
import { orNotFound } from '../../common/errors.ts';
import { presentV2Page, v2SliceOf } from '../../common/page.ts';
import { inTransaction } from '../../database/database.ts';
import { type Context, callerOf, type Handler } from '../../handler.ts';
import { environmentOf } from '../environment-of-path.ts';
import { presentEnvironment, presentOrganization, presentProject, unlessTaken } from '../present-organizations.ts';
import * as store from '../store/environments.ts';
import { findOrganization, listOrganizations as listOrganizationRows } from '../store/organizations.ts';

async function projectOf(context: Context, keyOrId: string): Promise<store.ProjectRow> {
  const project = orNotFound(await store.findProject(context.db, callerOf(context), keyOrId), 'Project', keyOrId);
  return project;
}

export const listOrganizations: Handler<ListOrganizationsData, ListOrganizationsResponses> = async ({ query }, context) => {
  const { rows, totalCount } = await listOrganizationRows(context.db, callerOf(context), v2SliceOf(query));
  return { status: 200, body: presentV2Page(rows.map(presentOrganization), totalCount, query) };
};

export const getOrganization: Handler<GetOrganizationData, GetOrganizationResponses> = async ({ path }, context) => {
  const row = orNotFound(await findOrganization(context.db, callerOf(context), path.organizationKey), 'Organization', path.organizationKey);
  return { status: 200, body: presentOrganization(row) };
};

export const listProjects: Handler<ListProjectsData, ListProjectsResponses> = async ({ query }, context) => {
  const { rows, totalCount } = await store.listProjects(context.db, callerOf(context), v2SliceOf(query));
  return { status: 200, body: presentV2Page(rows.map(presentProject), totalCount, query) };
};

export const getProject: Handler<GetProjectData, GetProjectResponses> = async ({ path }, context) => ({
  status: 200,
  body: presentProject(await projectOf(context, path.projectKey)),
});

export const createProject: Handler<CreateProjectData, CreateProjectResponses> = async ({ body: { key, name = key } }, context) => {
  const organization_id = callerOf(context).organizationId;
  const project = await unlessTaken('Project', key, () =>
    inTransaction(context.db, async (trx) => {
      const made = await store.insertProject(trx, context.now, { organization_id, key, name });
      for (const environment of store.initialEnvironments)
        await store.insertEnvironment(trx, context.now, { organization_id, project_id: made.id, ...environment });
      return made;
    }),
  );
  return { status: 201, body: presentProject(project) };
};

export const listEnvironments: Handler<ListEnvironmentsData, ListEnvironmentsResponses> = async ({ path, query }, context) => {
  const project = await projectOf(context, path.projectKey);
  const { rows, totalCount } = await store.listEnvironments(context.db, callerOf(context), project.id, v2SliceOf(query));
  return { status: 200, body: presentV2Page(rows.map(presentEnvironment), totalCount, query) };
};

export const getEnvironment: Handler<GetEnvironmentData, GetEnvironmentResponses> = async ({ path }, context) => ({
  status: 200,
  body: presentEnvironment(await environmentOf(context, path)),
});

export const createEnvironment: Handler<CreateEnvironmentData, CreateEnvironmentResponses> = async (
  { path, body: { key, name = key } },
  context,
) => {
  const { id: project_id, organization_id } = await projectOf(context, path.projectKey);
  const environment = await unlessTaken('Environment', key, () =>
    inTransaction(context.db, (trx) => store.insertEnvironment(trx, context.now, { organization_id, project_id, key, name })),
  );
  return { status: 201, body: presentEnvironment(environment) };
};
