import { type Instant, toInstant } from '../../database/instants.ts';

export type Level = 'Organization' | 'Project' | 'Environment';
export type AccessLevel = 'Administrator' | 'Write' | 'Read';
export type Action = 'create' | 'read' | 'update' | 'delete' | 'download';
/** Allows an action on a resource. `fields` null means all fields. */
export interface Permission<Resource extends string = string> {
  resource: Resource;
  action: Action;
  fields: string[] | null;
}
export type CredentialKind = 'API Token' | 'Access Key';

/** A credential: an API token or an access key. */
export interface TokenRow {
  id: string;
  kind: CredentialKind;
  organization_id: string;
  project_id: string | null;
  environment_id: string | null;
  level: Level;
  access_level: AccessLevel;
  /** Null means everything that the access level may do. */
  permissions: Permission[] | null;
  name: string;
  secret_start: string;
  /** The secret of an access key or of a revealable token, encrypted with the server's key. Null for other tokens. */
  encrypted_secret: Buffer | null;
  access_key_id: string | null;
  is_replay_protected: boolean;
  created_by: string;
  /** The credential that created this one or, if it was deleted, the one that created that. Null if none of them is left. */
  creator_id: string | null;
  is_creator_deleted: boolean;
  created_at: Instant;
  expires_at: Instant | null;
  disabled_at: Instant | null;
  last_used_at: Instant | null;
}

/** The columns of a credential that decide who may change it. */
export type CredentialRights = Pick<TokenRow, 'kind' | 'name' | 'access_level' | 'permissions' | 'expires_at'>;

/** A credential with the keys of its project and environment. */
export interface TokenView extends TokenRow {
  project_key: string | null;
  environment_key: string | null;
}

/** A row as the database returns it: `permissions` is JSON text. */
export type StoredToken<Row> = Omit<Row, 'permissions'> & { permissions: string | null };
/** Parsed permissions by their text. Equal texts share one array, so that work for one set of permissions is done once. */
const parsedPermissions = new Map<string, Permission[]>();
const parsedPermissionsMax = 1_000;

/** Parses the text of a token's permissions. Null means everything that the access level may do. */
export function parsePermissions(text: string | null): Permission[] | null {
  if (text === null) return null;
  const known = parsedPermissions.get(text);
  if (known) return known;
  if (parsedPermissions.size >= parsedPermissionsMax) parsedPermissions.clear();
  const permissions: Permission[] = JSON.parse(text);
  parsedPermissions.set(text, permissions);
  return permissions;
}

export const parseTokenRow = <Row extends TokenRow>(row: StoredToken<Row>): Row =>
  ({
    ...row,
    permissions: parsePermissions(row.permissions),
    is_replay_protected: Boolean(row.is_replay_protected),
    is_creator_deleted: Boolean(row.is_creator_deleted),
  }) as unknown as Row;

/** Tells whether a credential is neither disabled nor expired. */
export const isUsable = ({ disabled_at, expires_at }: Pick<TokenRow, 'disabled_at' | 'expires_at'>, now: Date): boolean =>
  disabled_at === null && (expires_at === null || expires_at > toInstant(now));
