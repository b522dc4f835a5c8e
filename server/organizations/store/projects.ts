import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { findByKeyOrId } from '../../database/key-or-id.ts';
import { hasRows, listByKey, type Slice } from './list-by-key.ts';
import type { Scope } from './scope.ts';

export interface ProjectRow {
  id: string;
  organization_id: string;
  key: string;
  name: string;
  created_at: Instant;
}

/** Starts a query of the projects in a scope. */
export function projectsInScope(db: Db, { organizationId, projectId }: Scope): Knex.QueryBuilder {
  const query = db('projects').where('projects.organization_id', organizationId);
  return projectId === null ? query : query.where('projects.id', projectId);
}

export const findProject = (db: Db, scope: Scope, keyOrId: string): Promise<ProjectRow | undefined> =>
  findByKeyOrId(() => projectsInScope(db, scope), 'key', keyOrId);

export const listProjects = (db: Db, scope: Scope, slice: Slice) =>
  listByKey<ProjectRow>(() => projectsInScope(db, scope), 'projects', ['projects.*'], slice);

/** Tells whether an organization has at least this number of projects. */
export const hasProjects = (db: Db, organization_id: string, count: number): Promise<boolean> =>
  hasRows(db('projects').where({ organization_id }), count);

/** Locks a project until the transaction ends, so that no other transaction creates an environment in it. */
export const lockProject = async (trx: Db, id: string): Promise<void> => {
  await trx('projects').where({ id }).forUpdate().first('id');
};

/** Throws a duplicate key error if the organization has a project with this key. */
export async function insertProject(
  trx: Db,
  now: Date,
  project: Pick<ProjectRow, 'organization_id' | 'key' | 'name'> & { id?: string },
): Promise<ProjectRow> {
  const row = { id: randomUUID(), created_at: toInstant(now), ...project };
  await trx('projects').insert(row);
  return row;
}
