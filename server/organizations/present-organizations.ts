import type { Environment, Organization, Project } from '../../generated/types.gen.ts';
import { conflict } from '../common/errors.ts';
import { isDuplicateKey } from '../database/database-errors.ts';
import { isoOf } from '../database/instants.ts';
import type { EnvironmentRow } from './store/environments.ts';
import type { OrganizationRow } from './store/organizations.ts';
import type { ProjectRow } from './store/projects.ts';

export const presentOrganization = ({ id, key, name, created_at }: OrganizationRow): Organization => ({
  id,
  key,
  name,
  created_at: isoOf(created_at),
});
export const presentProject = ({ id, organization_id, key, name, created_at }: ProjectRow): Project => ({
  id,
  organization_id,
  key,
  name,
  created_at: isoOf(created_at),
});
export const presentEnvironment = ({ project_id, ...row }: EnvironmentRow): Environment => ({
  ...presentProject(row),
  project_id,
});

/**
 * Runs `work` and turns a duplicate key error of the database into a 409 that names the key.
 *
 * No query before the insert could replace this: a concurrent request may insert the same key in between.
 */
export async function conflictOnDuplicateKey<Result>(kind: string, key: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict(`${kind} ${key} exists already`);
    throw error;
  }
}
