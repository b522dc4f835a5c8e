import type { Environment, Organization, Project } from '../../generated/types.gen.ts';
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
