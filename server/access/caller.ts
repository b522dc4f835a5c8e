import { invalid, orNotFound } from '../common/errors.ts';
import type { Db } from '../database/database.ts';
import type { Actor, Caller } from '../handler.ts';
import { findEnvironment } from '../organizations/store/environments.ts';
import type { TokenRow } from './store/token-rows.ts';
import type { TokenByHash } from './store/token-secrets.ts';

/** The caller that a token makes, in the environment that it means without saying so. */
export const callerOfToken = (token: TokenByHash): Caller => ({
  kind: token.kind,
  tokenId: token.id,
  tokenName: token.name,
  level: token.level,
  accessLevel: token.access_level,
  permissions: token.permissions,
  isHost: token.is_host,
  organizationId: token.organization_id,
  projectId: token.project_id,
  scopeEnvironmentId: token.environment_id,
  environmentId: token.environment_id ?? token.default_environment_id,
  secretHash: token.secret_hash,
});

/** Whose a call is, for the log. */
export const actorOf = ({ kind, id, name, organization_id }: TokenRow): Actor => ({
  kind,
  tokenId: id,
  tokenName: name,
  organizationId: organization_id,
});

export const environmentHeader = 'Gatehouse-Environment';

/** The environment that a call is about: the one it names, if the caller reaches it, or else the token's, or the organization's default one. */
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
  const environment = orNotFound(await findEnvironment(db, caller, projectKey, environmentKey), 'Environment', named);
  return environment.id;
}
