import { randomUUID } from 'node:crypto';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { findByKeyOrId } from '../../database/key-or-id.ts';
import { initialEnvironments, insertEnvironment } from './environments.ts';
import { listByKey, type Slice } from './list-by-key.ts';
import { insertProject } from './projects.ts';

export interface OrganizationRow {
  id: string;
  key: string;
  name: string;
  default_environment_id: string;
  /** True for the organization that hosts the server. It may create other organizations and sees the logged calls that have no known caller. */
  is_host: boolean;
  created_at: Instant;
}

interface Viewer {
  organizationId: string;
  isHost: boolean;
}

/** The host organization sees all organizations, any other one sees only itself. */
const organizationsVisibleTo = (db: Db, { organizationId, isHost }: Viewer) =>
  isHost ? db('organizations') : db('organizations').where({ id: organizationId });

export const findHostOrganization = (db: Db): Promise<OrganizationRow | undefined> =>
  db<OrganizationRow>('organizations').where({ is_host: true }).first();

export const hasSeveralOrganizations = async (db: Db): Promise<boolean> => (await db('organizations').limit(2).select('id')).length > 1;

export const findOrganization = (db: Db, viewer: Viewer, keyOrId: string): Promise<OrganizationRow | undefined> =>
  findByKeyOrId(() => organizationsVisibleTo(db, viewer), 'key', keyOrId);

export const listOrganizations = (db: Db, viewer: Viewer, slice: Slice) =>
  listByKey<OrganizationRow>(() => organizationsVisibleTo(db, viewer), 'organizations', ['*'], slice);

/** Locks an organization until the transaction ends, for operations that must not run concurrently, such as creating a token and revoking all. */
export const lockOrganization = async (trx: Db, id: string): Promise<void> => {
  await trx('organizations').where({ id }).forUpdate().first('id');
};

interface NewOrganization {
  key: string;
  name?: string;
  isHost?: boolean;
}

const newIds = () => ({ organization: randomUUID() as string, project: randomUUID() as string, environment: randomUUID() as string });

/**
 * Adds an organization with a project `default`, whose environment `production` becomes the organization's default environment.
 *
 * The name defaults to the key. `ids` are the ids of the organization, its project and its default environment. Throws a duplicate key error if
 * another organization has this key.
 */
export async function insertOrganization(
  trx: Db,
  now: Date,
  { key, name = key, isHost = false }: NewOrganization,
  ids = newIds(),
): Promise<OrganizationRow> {
  const row = {
    id: ids.organization,
    key,
    name,
    default_environment_id: ids.environment,
    is_host: isHost,
    created_at: toInstant(now),
  };
  await trx('organizations').insert(row);
  const project = await insertProject(trx, now, { id: ids.project, organization_id: row.id, key: 'default', name: 'default' });
  for (const environment of initialEnvironments)
    await insertEnvironment(trx, now, {
      organization_id: row.id,
      project_id: project.id,
      ...environment,
      ...(environment.key === 'production' && { id: ids.environment }),
    });
  return row;
}
