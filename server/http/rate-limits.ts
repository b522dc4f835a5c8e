import { tooManyRequests } from '../common/errors.ts';
import type { Db } from '../database/database.ts';
import type { Config } from '../process/config.ts';
import { countedAddress } from './client-address.ts';
import { createQuotaBlocks, type Left } from './quota-blocks.ts';
import { createRateCounter } from './store/rate-counter.ts';

const windowSeconds = 60;

/** What an answer tells of a limit. */
export type LimitHeaders = Record<'RateLimit' | 'RateLimit-Policy', string>;

interface RateLimit {
  /** Without counting. */
  look: (who: string) => LimitHeaders;
  /** Counts one of somebody's; throws 429 when there were too many. */
  count: (who: string) => Promise<LimitHeaders>;
}
export interface RateLimits {
  /** By a token's id. */
  requests: RateLimit;
  /** By an address. */
  failures: RateLimit;
}

interface Limit {
  /** Names the count in the database and the policy in the headers. */
  name: string;
  /** What there were too many of. */
  things: string;
  perMinute: number;
}

const unlimited: LimitHeaders = { RateLimit: 'unlimited', 'RateLimit-Policy': 'unlimited' };

function createRateLimit(db: Db, { name, things, perMinute }: Limit): RateLimit {
  if (perMinute === 0) return { look: () => unlimited, count: async () => unlimited };
  const leases = createQuotaBlocks(createRateCounter(db, name, perMinute, windowSeconds), perMinute, windowSeconds * 1000);
  const secondsOf = ({ endsInMs }: Left) => Math.ceil(endsInMs / 1000);
  const headersOf = (now: Left): LimitHeaders => ({
    RateLimit: `"${name}";r=${now.left};t=${secondsOf(now)}`,
    'RateLimit-Policy': `"${name}";q=${perMinute};w=${windowSeconds}`,
  });

  async function count(who: string): Promise<LimitHeaders> {
    const taken = await leases.take(who);
    if (taken.isAllowed) return headersOf(taken);
    const seconds = secondsOf(taken);
    const wait = `${seconds} second${seconds === 1 ? '' : 's'}`;
    const error = tooManyRequests(`More than ${perMinute} ${things} in ${windowSeconds} seconds; try again in ${wait}`, seconds);
    Object.assign(error.headers, headersOf(taken));
    throw error;
  }
  return { look: (who) => headersOf(leases.look(who)), count };
}

/** Two limits, each 0 for none: of requests of one token, and of requests without a good token from one address. */
export function createRateLimits(
  db: Db,
  { rateLimitPerMinute, failedAuthenticationsPerMinute }: Pick<Config, 'rateLimitPerMinute' | 'failedAuthenticationsPerMinute'>,
): RateLimits {
  const requests = createRateLimit(db, { name: 'default', things: 'requests', perMinute: rateLimitPerMinute });
  const failures = { name: 'failed-authentications', things: 'failed authentications', perMinute: failedAuthenticationsPerMinute };
  const { look, count } = createRateLimit(db, failures);
  return {
    requests,
    failures: { look: (address) => look(countedAddress(address)), count: async (address) => count(countedAddress(address)) },
  };
}
