import { invalid, notFound, orNotFound } from '../common/errors.ts';
import type { Db } from '../database/database.ts';
import type { Caller } from '../handler.ts';
import { type EnvironmentRow, findEnvironment } from '../organizations/store/environments.ts';
import { findProject } from '../organizations/store/projects.ts';
import { callerOfToken } from './caller.ts';
import type { TokenByHash } from './store/token-secrets.ts';

export const environmentHeader = 'Gatehouse-Environment';

/**
 * Returns the environment of a call: the one that the header `Gatehouse-Environment` names, otherwise the token's, otherwise the organization's
 * default.
 *
 * Throws 404 for an environment outside the token's scope, and 400 where a project's token must name one.
 */
export async function environmentIdOf(db: Db, token: TokenByHash, named: string | undefined): Promise<string> {
  const caller = callerOfToken(token);
  if (named === undefined) {
    if (token.level !== 'Project' || token.project_id === token.default_project_id) return caller.environmentId;
    throw invalid({
      field: environmentHeader,
      message: "Is required: the organization's default environment is not in this token's project",
    });
  }
  const [projectKey, environmentKey] = named.split('/') as [string, string];
  const environment = orNotFound(await findEnvironment(db, caller, projectKey, environmentKey), 'Environment', named, 'projects');
  return environment.id;
}

/** Returns the environment that a path names. Throws 404, for the project or the environment, if it is not in the caller's scope. */
export async function environmentOfPath(db: Db, caller: Caller, projectKey: string, environmentKey: string): Promise<EnvironmentRow> {
  const environment = await findEnvironment(db, caller, projectKey, environmentKey);
  if (environment) return environment;
  const project = await findProject(db, caller, projectKey);
  throw project ? notFound('Environment', environmentKey, 'projects') : notFound('Project', projectKey, 'projects');
}
