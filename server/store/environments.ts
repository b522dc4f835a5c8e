import type { Knex } from 'knex';
import type { Db } from './database.ts';
import { findByKeyOrId, isId, isKeyOrId } from './key-or-id.ts';

export interface Environment {
  id: string;
  project_id: string;
  organization_id: string;
}

const named = (table: string, keyOrId: string) => (query: Knex.QueryBuilder) =>
  isId(keyOrId) ? query.where(`${table}.key`, keyOrId).orWhere(`${table}.id`, keyOrId) : query.where(`${table}.key`, keyOrId);

export async function findEnvironment(
  db: Db,
  organizationId: string,
  projectKeyOrId: string,
  environmentKeyOrId: string,
): Promise<Environment | undefined> {
  if (!isKeyOrId(projectKeyOrId) || !isKeyOrId(environmentKeyOrId)) return undefined;
  return db('environments')
    .join('projects', 'projects.id', 'environments.project_id')
    .where('projects.organization_id', organizationId)
    .where(named('projects', projectKeyOrId))
    .where(named('environments', environmentKeyOrId))
    .orderByRaw('?? = ? DESC, ?? = ? DESC', ['projects.key', projectKeyOrId, 'environments.key', environmentKeyOrId])
    .first('environments.id', 'environments.project_id', 'projects.organization_id');
}

export const findProject = (db: Db, organizationId: string, keyOrId: string): Promise<{ id: string } | undefined> =>
  findByKeyOrId(() => db('projects').where({ organization_id: organizationId }), 'key', keyOrId);
