import type {
  CreateEnvironmentData,
  CreateEnvironmentResponses,
  CreateOrganizationData,
  CreateOrganizationResponses,
  CreateProjectData,
  CreateProjectResponses,
  Environment,
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
  Organization,
  Project,
} from '../../../generated/types.gen.ts';
import { holdCaller } from '../../access/delegation.ts';
import { conflict, forbidden, notFound } from '../../common/errors.ts';
import { newTokenSecret } from '../../common/secret-format.ts';
import { inTransaction, isDuplicateKey } from '../../database/database.ts';
import { isoOf } from '../../database/instants.ts';
import { environmentOf, factsSliceOf, presentFactsPage } from '../../facts/facts.ts';
import { type Context, callerOf, doerOf, type Handler } from '../../handler.ts';
import { insertAdministrator } from '../../process/bootstrap.ts';
import * as store from '../store/environments.ts';
import {
  findOrganization,
  insertOrganization,
  listOrganizations as listOrganizationRows,
  type OrganizationRow,
} from '../store/organizations.ts';

const presentOrganization = ({ id, key, name, created_at }: OrganizationRow): Organization => ({
  id,
  key,
  name,
  created_at: isoOf(created_at),
});
const presentProject = ({ id, organization_id, key, name, created_at }: store.ProjectRow): Project => ({
  id,
  organization_id,
  key,
  name,
  created_at: isoOf(created_at),
});
const presentEnvironment = ({ project_id, ...row }: store.EnvironmentRow): Environment => ({
  ...presentProject(row),
  project_id,
});

/** A key that is taken is for the caller to change, whether it was there before or came at the same moment. */
async function unlessTaken<Result>(kind: string, key: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict(`${kind} ${key} exists already`);
    throw error;
  }
}

async function projectOf(context: Context, keyOrId: string): Promise<store.ProjectRow> {
  const project = await store.findProject(context.db, callerOf(context), keyOrId);
  if (!project) throw notFound('Project', keyOrId);
  return project;
}

export const listOrganizations: Handler<ListOrganizationsData, ListOrganizationsResponses> = async ({ query }, context) => {
  const { rows, totalCount } = await listOrganizationRows(context.db, callerOf(context), factsSliceOf(query));
  return { status: 200, body: presentFactsPage(rows.map(presentOrganization), totalCount, query) };
};

export const getOrganization: Handler<GetOrganizationData, GetOrganizationResponses> = async ({ path }, context) => {
  const row = await findOrganization(context.db, callerOf(context), path.organizationKey);
  if (!row) throw notFound('Organization', path.organizationKey);
  return { status: 200, body: presentOrganization(row) };
};

export const createOrganization: Handler<CreateOrganizationData, CreateOrganizationResponses> = async ({ body }, context) => {
  const caller = callerOf(context);
  if (!caller.isHost) throw forbidden('This token may not create organizations: only the organization that hosts the server may');
  if (caller.permissions) throw forbidden('This token may not create organizations: its administrator would have more rights than it has');
  const secret = newTokenSecret();
  const { organization, token } = await unlessTaken('Organization', body.key, () =>
    inTransaction(context.db, async (trx) => {
      await holdCaller({ ...context, db: trx });
      const made = await insertOrganization(trx, context.now, { organization: body.key, name: body.name ?? body.key });
      return { organization: made, token: await insertAdministrator(trx, context.now, made.id, secret, doerOf(context)) };
    }),
  );
  return { status: 201, body: { ...presentOrganization(organization), api_key_id: token.id, api_key_secret: secret } };
};

export const listProjects: Handler<ListProjectsData, ListProjectsResponses> = async ({ query }, context) => {
  const { rows, totalCount } = await store.listProjects(context.db, callerOf(context), factsSliceOf(query));
  return { status: 200, body: presentFactsPage(rows.map(presentProject), totalCount, query) };
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
  const { rows, totalCount } = await store.listEnvironments(context.db, callerOf(context), project.id, factsSliceOf(query));
  return { status: 200, body: presentFactsPage(rows.map(presentEnvironment), totalCount, query) };
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
