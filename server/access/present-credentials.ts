import type { AccessKey, Token } from '../../generated/types.gen.ts';
import { isoOf, isoOrNull } from '../database/instants.ts';
import { isUsable, type TokenRow, type TokenView } from './store/token-rows.ts';

export function statusOf(row: TokenRow, now: Date): Token['status'] {
  if (row.disabled_at !== null) return 'Disabled';
  return isUsable(row, now) ? 'Active' : 'Expired';
}

const presentCredential = (row: TokenView, now: Date) =>
  ({
    id: row.id,
    name: row.name,
    level: row.level,
    projectKey: row.project_key,
    environmentKey: row.environment_key,
    accessLevel: row.access_level,
    permissions: row.permissions as Token['permissions'],
    status: statusOf(row, now),
    createdDate: isoOf(row.created_at),
    createdBy: row.created_by,
    isCreatorDeleted: row.is_creator_deleted,
    expirationDate: isoOrNull(row.expires_at),
    lastUsedDate: isoOrNull(row.last_used_at),
  }) satisfies Partial<Token> & Partial<AccessKey>;

export const presentToken = (row: TokenView, now: Date): Token => ({
  ...presentCredential(row, now),
  kind: 'API Token',
  isRevealable: row.encrypted_secret !== null,
  secretStart: row.secret_start,
});

export const presentAccessKey = (row: TokenView, now: Date): AccessKey => ({
  ...presentCredential(row, now),
  kind: 'Access Key',
  accessKeyId: row.access_key_id as string,
  isReplayProtected: row.is_replay_protected,
});
