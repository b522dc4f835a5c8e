import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { tooManyRequests } from './errors.ts';

const windowSeconds = 60;

/** Counts a call of somebody, a token or an address; answers the headers to send, or throws 429 when there were too many. */
export type CountCall = (who: string) => Promise<Record<string, string>>;

/** Counts in this process; 0 sets no limit. */
export function createRateLimit(perMinute: number): CountCall {
  if (perMinute === 0) return async () => ({ RateLimit: 'unlimited', 'RateLimit-Policy': 'unlimited' });
  const limiter = new RateLimiterMemory({ points: perMinute, duration: windowSeconds });
  const policy = `"default";q=${perMinute};w=${windowSeconds}`;
  const headersOf = ({ remainingPoints, msBeforeNext }: RateLimiterRes) => ({
    RateLimit: `"default";r=${Math.max(remainingPoints, 0)};t=${Math.ceil(msBeforeNext / 1000)}`,
    'RateLimit-Policy': policy,
  });
  return async (who) => {
    try {
      return headersOf(await limiter.consume(who));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const seconds = Math.ceil(refusal.msBeforeNext / 1000);
      const error = tooManyRequests(
        `More than ${perMinute} requests in ${windowSeconds} seconds; try again in ${seconds} second${seconds === 1 ? '' : 's'}`,
        seconds,
      );
      Object.assign(error.headers, headersOf(refusal));
      throw error;
    }
  };
}
