import type { Environment, Organization, Project } from '../../generated/types.gen.ts';
import { conflict } from '../common/errors.ts';
import { isDuplicateKey } from '../database/database.ts';
import { isoOf } from '../database/instants.ts';
import type { EnvironmentRow, ProjectRow } from './store/environments.ts';
import type { OrganizationRow } from './store/organizations.ts';

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

/** Turns the database's duplicate key error into a 409 that names the key. Also catches a key that another request takes at the same moment. */
export async function unlessTaken<Result>(kind: string, key: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict(`${kind} ${key} exists already`);
    throw error;
  }
}
