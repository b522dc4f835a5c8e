import { type Instant, isLater } from '../database/instants.ts';
import type { Actor, Caller } from '../handler.ts';
import type { TokenRow } from './store/token-rows.ts';
import type { TokenByHash } from './store/token-secrets.ts';

/**
 * Returns when a caller ends; null means never.
 *
 * A secret that a rotation has replaced ends with its grace period. An access token ends with its access key, because the holder of the key can
 * exchange it for the next access token.
 */
export function endOf({ kind, expires_at, secret_expires_at }: TokenByHash): Instant | null {
  if (kind === 'Access Key' || secret_expires_at === null) return expires_at;
  return isLater(expires_at, secret_expires_at) ? secret_expires_at : expires_at;
}

/** Returns the caller of a token, in the token's default environment. */
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
  endsAt: endOf(token),
});

/** Returns the actor that the API log records for a credential. */
export const actorOf = ({ kind, id, name, organization_id }: TokenRow): Actor => ({
  kind,
  tokenId: id,
  tokenName: name,
  organizationId: organization_id,
});

/** The actor of each failed call's error. Not a property of the error, because code that logs an error must not log the credential. */
const actorOfFailure = new WeakMap<object, Actor>();

/**
 * Tells the API log which credential a failed call used. The response does not reveal it.
 *
 * Returns the same error.
 */
export function aboutCredential<Failure extends object>(error: Failure, credential: TokenRow | undefined): Failure {
  if (credential) actorOfFailure.set(error, actorOf(credential));
  return error;
}

/** Returns the actor that `aboutCredential` recorded for this error. */
export const actorOfError = (error: unknown): Actor | undefined => actorOfFailure.get(error as object);
