import type { Knex } from 'knex';
import type { Db } from '../../database/database.ts';
import { toInstant } from '../../database/instants.ts';
import type { Scope } from '../../organizations/store/scope.ts';
import type { TokenRow } from './token-rows.ts';
import { listTokens } from './tokens.ts';

export const safetyFindings = ['Never used', 'Idle', 'Never expires', 'Unrestricted', 'Creator deleted'] as const;
export type SafetyFinding = (typeof safetyFindings)[number];

const idleMs = 90 * 24 * 3_600_000;
const idleSince = (now: Date) => toInstant(new Date(now.getTime() - idleMs));

/** Tells whether a token was not used for 90 days. A token that was never used is idle 90 days after its creation. */
export const isIdle = ({ last_used_at, created_at }: TokenRow, now: Date): boolean => (last_used_at ?? created_at) < idleSince(now);

const conditions: Record<SafetyFinding, (query: Knex.QueryBuilder, now: Date) => void> = {
  'Never used': (query) => query.orWhereNull('tokens.last_used_at'),
  Idle: (query, now) => query.orWhereRaw('COALESCE(tokens.last_used_at, tokens.created_at) < ?', [idleSince(now)]),
  'Never expires': (query) => query.orWhereNull('tokens.expires_at'),
  Unrestricted: (query) => query.orWhere((both) => both.where('tokens.access_level', 'Administrator').whereNull('tokens.permissions')),
  'Creator deleted': (query) => query.orWhere('tokens.is_creator_deleted', true),
};

/** Returns usable tokens for which at least one of the findings is true. */
export const listUnsafeTokens = (
  db: Db,
  scope: Scope,
  now: Date,
  findings: readonly SafetyFinding[],
  slice: { limit: number; offset: number },
) =>
  listTokens(db, scope, 'API Token', {
    ...slice,
    filter: (query) => {
      query
        .whereNull('tokens.disabled_at')
        .where((open) => open.whereNull('tokens.expires_at').orWhere('tokens.expires_at', '>', toInstant(now)))
        .where((any) => {
          for (const finding of findings) conditions[finding](any, now);
        });
    },
  });
