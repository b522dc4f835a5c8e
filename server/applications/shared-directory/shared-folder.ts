import type { Db } from '../../database/database.ts';
import { findKeysOfEnvironment } from '../../organizations/store/environments.ts';
import { hasSeveralOrganizations } from '../../organizations/store/organizations.ts';
import { SharedFileError, type SharedFolder } from './open-shared-file.ts';

/**
 * The owners of the files in the shared directory: all environments, each with its folder `organization key/project key/environment key`, or only
 * the default environment of the only organization, without such folders.
 */
export const sharedDirectoryLayouts = ['environment-folders', 'default-environment-only'] as const;
export type SharedDirectoryLayout = (typeof sharedDirectoryLayouts)[number];

/** Returns the folder that an environment's schedules read from. Keys never change and are never used again. Throws `SharedFileError`. */
export async function sharedFolderOf(db: Db, layout: SharedDirectoryLayout, environmentId: string): Promise<SharedFolder> {
  const { organizationKey, projectKey, environmentKey, isDefault } = await findKeysOfEnvironment(db, environmentId);
  if (layout === 'environment-folders') return { parts: [organizationKey, projectKey, environmentKey], closedPart: null };
  // The server also checks this at its start and when it creates an organization. Another process may have another setting.
  if (!isDefault || (await hasSeveralOrganizations(db)))
    throw new SharedFileError('this server has shared files only for the default environment of a single organization; upload the files');
  return { parts: [], closedPart: organizationKey };
}
