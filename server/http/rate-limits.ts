import { tooManyRequests } from '../common/errors.ts';
import type { Context } from '../handler.ts';
import { countedAddress } from './client-address.ts';
import { createQuotaBlocks, type Quota } from './quota-blocks.ts';
import { createRateCounter } from './store/rate-counter.ts';

const windowSeconds = 60;

const pluralize = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The headers of a response that tell the state of a limit. */
export type LimitHeaders = Record<'RateLimit' | 'RateLimit-Policy', string>;

interface RateLimit {
  /** Returns the state without counting. */
  look: (id: string) => LimitHeaders;
  /** Counts one request. Throws 429 beyond the limit. */
  take: (id: string) => Promise<LimitHeaders>;
}
export interface RateLimits {
  /** Requests of one token or access key, by its id. */
  requests: RateLimit;
  /** Failed authentications of one address. */
  failures: RateLimit;
}

export interface RateLimitSettings {
  rateLimitPerMinute: number;
  failedAuthenticationsPerMinute: number;
}

interface Limit {
  /** Name of the count in the database and of the policy in the headers. */
  name: string;
  /** The counted thing in the singular, for the message of the 429. */
  noun: string;
  perMinute: number;
}

const unlimited: LimitHeaders = { RateLimit: 'unlimited', 'RateLimit-Policy': 'unlimited' };

function createRateLimit(db: Context['db'], { name, noun, perMinute }: Limit): RateLimit {
  if (perMinute === 0) return { look: () => unlimited, take: async () => unlimited };
  const blocks = createQuotaBlocks(createRateCounter(db, name, perMinute, windowSeconds), perMinute, windowSeconds * 1000);
  const secondsOf = ({ endsInMs }: Quota) => Math.ceil(endsInMs / 1000);
  const headersOf = (quota: Quota): LimitHeaders => ({
    RateLimit: `"${name}";r=${quota.left};t=${secondsOf(quota)}`,
    'RateLimit-Policy': `"${name}";q=${perMinute};w=${windowSeconds}`,
  });

  async function take(id: string): Promise<LimitHeaders> {
    const taken = await blocks.take(id);
    if (taken.isAllowed) return headersOf(taken);
    const seconds = secondsOf(taken);
    const message = `More than ${pluralize(perMinute, noun)} in ${windowSeconds} seconds; try again in ${pluralize(seconds, 'second')}`;
    const error = tooManyRequests(message, seconds);
    Object.assign(error.headers, headersOf(taken));
    throw error;
  }
  return { look: (id) => headersOf(blocks.look(id)), take };
}

/** Creates the two limits: requests of one token, and failed authentications of one address. A limit of 0 means no limit. */
export function createRateLimits(db: Context['db'], settings: RateLimitSettings): RateLimits {
  const requests = createRateLimit(db, { name: 'default', noun: 'request', perMinute: settings.rateLimitPerMinute });
  const failures = createRateLimit(db, {
    name: 'failed-authentications',
    noun: 'failed authentication',
    perMinute: settings.failedAuthenticationsPerMinute,
  });
  return {
    requests,
    failures: {
      look: (address) => failures.look(countedAddress(address)),
      take: async (address) => failures.take(countedAddress(address)),
    },
  };
}
