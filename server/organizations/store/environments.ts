import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { isId, isKeyOrId } from '../../database/key-or-id.ts';
import { hasRows, listByKey, type Slice } from './list-by-key.ts';
import { projectsInScope } from './projects.ts';
import type { Scope } from './scope.ts';
import { insertSequences } from './sequences.ts';

export interface Environment {
  id: string;
  project_id: string;
  organization_id: string;
}
export interface EnvironmentRow extends Environment {
  key: string;
  name: string;
  created_at: Instant;
}

/** The environments of a new project. */
export const initialEnvironments = [
  { key: 'development', name: 'Development' },
  { key: 'production', name: 'Production' },
];

function environmentsInScope(db: Db, { organizationId, projectId, scopeEnvironmentId }: Scope): Knex.QueryBuilder {
  const query = db('environments')
    .join('projects', 'projects.id', 'environments.project_id')
    .where('projects.organization_id', organizationId);
  if (projectId !== null) query.where('projects.id', projectId);
  return scopeEnvironmentId === null ? query : query.where('environments.id', scopeEnvironmentId);
}

/** Narrows a query to the row with this id, or, if there is none, to the row with this key; see `findByKeyOrId`. */
const withKeyOrId = (query: Knex.QueryBuilder, table: string, keyOrId: string): Knex.QueryBuilder => {
  if (!isId(keyOrId)) return query.where(`${table}.key`, keyOrId).limit(1);
  return query
    .where((either) => either.where(`${table}.key`, keyOrId).orWhere(`${table}.id`, keyOrId))
    .orderByRaw('?? = ? DESC', [`${table}.id`, keyOrId])
    .limit(1);
};

/**
 * Returns an environment by the keys or ids of its project and of itself, if it is in the scope.
 *
 * The project is chosen first, because a key of an older version can be the id of another project. The environment must be in the chosen project.
 */
export async function findEnvironment(
  db: Db,
  scope: Scope,
  projectKeyOrId: string,
  environmentKeyOrId: string,
): Promise<EnvironmentRow | undefined> {
  if (!isKeyOrId(projectKeyOrId) || !isKeyOrId(environmentKeyOrId)) return undefined;
  const project = withKeyOrId(projectsInScope(db, scope), 'projects', projectKeyOrId).select('projects.id');
  const environments = environmentsInScope(db, scope).where('environments.project_id', project);
  return withKeyOrId(environments, 'environments', environmentKeyOrId).first('environments.*', 'projects.organization_id');
}

interface EnvironmentKeys {
  organizationKey: string;
  projectKey: string;
  environmentKey: string;
  /** True for the default environment of the organization. */
  isDefault: boolean;
}

/** Returns the keys that lead to an environment. Throws if there is no such environment. */
export async function findKeysOfEnvironment(db: Db, id: string): Promise<EnvironmentKeys> {
  const row = await db('environments')
    .join('projects', 'projects.id', 'environments.project_id')
    .join('organizations', 'organizations.id', 'projects.organization_id')
    .where('environments.id', id)
    .first('organizations.key as organization', 'projects.key as project', 'environments.key as environment', 'default_environment_id');
  if (!row) throw new Error(`There is no environment ${id}`);
  const isDefault = row.default_environment_id.toLowerCase() === id.toLowerCase();
  return { organizationKey: row.organization, projectKey: row.project, environmentKey: row.environment, isDefault };
}

/** Returns the id of the organization that has an environment. Throws if there is no such environment. */
export async function findOrganizationIdOf(db: Db, environmentId: string): Promise<string> {
  const row: Pick<Environment, 'organization_id'> | undefined = await db('environments')
    .join('projects', 'projects.id', 'environments.project_id')
    .where('environments.id', environmentId)
    .first('projects.organization_id');
  if (!row) throw new Error(`There is no environment ${environmentId}`);
  return row.organization_id;
}

export const listEnvironments = (db: Db, scope: Scope, projectId: string, slice: Slice) =>
  listByKey<EnvironmentRow>(
    () => environmentsInScope(db, scope).where('environments.project_id', projectId),
    'environments',
    ['environments.*', 'projects.organization_id'],
    slice,
  );

/** Tells whether a project has at least this number of environments. */
export const hasEnvironments = (db: Db, project_id: string, count: number): Promise<boolean> =>
  hasRows(db('environments').where({ project_id }), count);

/** Adds an environment with its sequences. Throws a duplicate key error if the project has an environment with this key. */
export async function insertEnvironment(
  trx: Db,
  now: Date,
  { organization_id, ...environment }: Pick<EnvironmentRow, 'organization_id' | 'project_id' | 'key' | 'name'> & { id?: string },
): Promise<EnvironmentRow> {
  const row = { id: randomUUID(), created_at: toInstant(now), ...environment };
  await trx('environments').insert(row);
  await insertSequences(trx, row.id);
  return { ...row, organization_id };
}
