import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { findByKeyOrId, isId, isKeyOrId } from '../../database/key-or-id.ts';
import type { Scope } from './scope.ts';

export interface ProjectRow {
  id: string;
  organization_id: string;
  key: string;
  name: string;
  created_at: Instant;
}
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
interface Slice {
  limit: number;
  offset: number;
}

/** What is numbered in each environment. */
export const sequences = ['application_imports', 'personnel_events', 'access_requests'] as const;
export const initialEnvironments = [
  { key: 'development', name: 'Development' },
  { key: 'production', name: 'Production' },
];

function projects(db: Db, { organizationId, projectId }: Scope): Knex.QueryBuilder {
  const query = db('projects').where('projects.organization_id', organizationId);
  return projectId === null ? query : query.where('projects.id', projectId);
}
function environments(db: Db, { organizationId, projectId, scopeEnvironmentId }: Scope): Knex.QueryBuilder {
  const query = db('environments')
    .join('projects', 'projects.id', 'environments.project_id')
    .where('projects.organization_id', organizationId);
  if (projectId !== null) query.where('projects.id', projectId);
  return scopeEnvironmentId === null ? query : query.where('environments.id', scopeEnvironmentId);
}

/** The one that has it as its key, or else the one that has it as its id, of whatever kind is asked for. */
const named = (query: Knex.QueryBuilder, table: string, keyOrId: string): Knex.QueryBuilder =>
  query
    .where((either) => {
      either.where(`${table}.key`, keyOrId);
      if (isId(keyOrId)) either.orWhere(`${table}.id`, keyOrId);
    })
    .orderByRaw('?? = ? DESC', [`${table}.key`, keyOrId])
    .limit(1);

/** The environment of these keys or ids, if it is one that the caller reaches. */
export async function findEnvironment(
  db: Db,
  reach: Scope,
  projectKeyOrId: string,
  environmentKeyOrId: string,
): Promise<EnvironmentRow | undefined> {
  if (!isKeyOrId(projectKeyOrId) || !isKeyOrId(environmentKeyOrId)) return undefined;
  // The project comes first, and the environment is one of it or none: two projects may answer to one text, as key and as id.
  const project = named(projects(db, reach), 'projects', projectKeyOrId).select('projects.id');
  return named(environments(db, reach).where('environments.project_id', project), 'environments', environmentKeyOrId).first(
    'environments.*',
    'projects.organization_id',
  );
}

export const findProject = (db: Db, reach: Scope, keyOrId: string): Promise<ProjectRow | undefined> =>
  findByKeyOrId(() => projects(db, reach), 'key', keyOrId);

async function pageOf<Row>(rows: () => Knex.QueryBuilder, table: string, columns: string[], { limit, offset }: Slice) {
  const found = await rows()
    .orderBy(`${table}.key`)
    .limit(limit)
    .offset(offset)
    .select(...columns);
  const [count] = await rows().count({ count: '*' });
  return { rows: found as Row[], totalCount: Number((count as { count: unknown }).count) };
}

export const listProjects = (db: Db, reach: Scope, slice: Slice) =>
  pageOf<ProjectRow>(() => projects(db, reach), 'projects', ['projects.*'], slice);

export const listEnvironments = (db: Db, reach: Scope, projectId: string, slice: Slice) =>
  pageOf<EnvironmentRow>(
    () => environments(db, reach).where('environments.project_id', projectId),
    'environments',
    ['environments.*', 'projects.organization_id'],
    slice,
  );

/** Throws a duplicate key when the key is taken. */
export async function insertProject(
  trx: Db,
  now: Date,
  project: Pick<ProjectRow, 'organization_id' | 'key' | 'name'> & { id?: string },
): Promise<ProjectRow> {
  const row = { id: randomUUID(), created_at: toInstant(now), ...project };
  await trx('projects').insert(row);
  return row;
}

/** Throws a duplicate key when the key is taken. */
export async function insertEnvironment(
  trx: Db,
  now: Date,
  { organization_id, ...environment }: Pick<EnvironmentRow, 'organization_id' | 'project_id' | 'key' | 'name'> & { id?: string },
): Promise<EnvironmentRow> {
  const row = { id: randomUUID(), created_at: toInstant(now), ...environment };
  await trx('environments').insert(row);
  await trx('sequences').insert(sequences.map((name) => ({ environment_id: row.id, name, value: 0 })));
  return { ...row, organization_id };
}
